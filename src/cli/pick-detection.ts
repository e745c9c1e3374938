import { nearestName } from '../core/nearest-name.ts';
import { ToolError } from '../core/tool-error.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';

/**
 * The detection of that id or name.
 *
 * @throws ToolError `usage` if there is none, or more than one
 */
export function pickDetection(all: readonly LoadedDetection[], wanted: string): LoadedDetection {
  const same = (text: string): boolean => text.toLowerCase() === wanted.toLowerCase();
  const found = all.filter(({ detection }) => same(detection.id) || same(detection.name));
  if (found.length === 1 && found[0] !== undefined) return found[0];
  if (found.length > 1) {
    throw new ToolError('usage', `"${wanted}" names ${found.length} detections`, {
      hint: `name one by its file: ${found.map(({ file }) => file).join(', ')}`,
    });
  }
  const names = all.flatMap(({ detection }) => [detection.id, detection.name]);
  const nearest = nearestName(wanted, names);
  throw new ToolError('usage', `there is no detection "${wanted}"`, {
    hint: nearest === undefined ? 'name it by its file, its id or its name' : `did you mean "${nearest}"?`,
  });
}
