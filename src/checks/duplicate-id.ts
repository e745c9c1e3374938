import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { CorpusCheck } from './check.ts';
import { quote } from './quote.ts';

/** No two detections are the same resource in the workspace. */
export const duplicateId: CorpusCheck = {
  id: 'duplicate-id',
  severity: 'error',
  summary: 'No two detections that alert have the same id, nor do two hunting queries.',
  rationale:
    'The id is the name of the resource, in which case does not count: the second would overwrite the first at every ' +
    'deployment.',
  examples: {
    good: ['id: 0d6d4c1e-5a60-4f0c-8f3a-0c5d7b9a1e2f\n---\nid: 9b1c7f52-3f0a-4b87-9a3e-6f1d2c4b5a60'],
    bad: ['id: 0d6d4c1e-5a60-4f0c-8f3a-0c5d7b9a1e2f\n---\nid: 0D6D4C1E-5A60-4F0C-8F3A-0C5D7B9A1E2F'],
  },
  check(all, report) {
    const first = new Map<string, LoadedDetection>();
    for (const loaded of all) {
      const { id, kind } = loaded.detection;
      const resource = `${kind === 'Hunting' ? 'savedSearch' : 'alertRule'}/${id.toLowerCase()}`;
      const earlier = first.get(resource);
      if (earlier === undefined) {
        first.set(resource, loaded);
      } else {
        report(loaded, '/id', `id ${quote(id)} is already that of ${earlier.file}`, {
          hint: 'give this detection a new GUID',
          related: { loaded: earlier, pointer: '/id', message: 'first used here' },
        });
      }
    }
  },
};
