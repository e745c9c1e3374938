import { createHash } from 'node:crypto';
import { join } from 'node:path/posix';
import type { FileSystem } from '../core/file-system.ts';
import { isJsonArray, isJsonObject, type JsonValue } from '../core/json.ts';
import { mapBounded } from '../core/map-bounded.ts';
import { ToolError } from '../core/tool-error.ts';
import type { TemplateFile } from '../compile/arm-template-files.ts';

/** The list of what a build wrote, in its folder: another build removes by it what is no longer described. */
export const manifestFile = 'index.json';

/** What became of the files of earlier builds. Paths are relative to the folder. */
export interface WrittenBuild {
  readonly removed: readonly string[];
  /** No longer described, but changed by someone since they were built. */
  readonly kept: readonly string[];
}

/**
 * Writes templates and their manifest into a folder. Of an earlier build it removes what this one does not write again,
 * and only files that still are as they were built. The manifest comes last, so that a run which stops in between can be repeated.
 *
 * @throws ToolError `usage` if the folder has an index.json that is no manifest of a build; nothing is written then
 */
export async function writeBuild(
  fs: FileSystem,
  folder: string,
  environment: string,
  files: readonly TemplateFile[],
): Promise<WrittenBuild> {
  const earlier = await readManifest(fs, folder);
  const written = new Set(files.map(({ path }) => path));
  const removed: string[] = [];
  const kept: string[] = [];
  for (const { path, sha256 } of earlier.filter((file) => !written.has(file.path))) {
    const bytes = await fs.readFileIfExists(join(folder, path));
    if (bytes === undefined) continue;
    if (digest(bytes) === sha256) {
      await fs.removeFile(join(folder, path));
      removed.push(path);
    } else {
      kept.push(path);
    }
  }
  await mapBounded(files, 8, ({ path, content }) => fs.writeFileAtomic(join(folder, path), content));
  await fs.writeFileAtomic(join(folder, manifestFile), renderManifest(environment, files));
  return { removed, kept };
}

const generator = 'kustodian build';

function renderManifest(environment: string, files: readonly TemplateFile[]): string {
  const manifest = {
    generator,
    formatVersion: 1,
    environment,
    files: files.map(({ path, content, detections }) => ({ path, sha256: digest(content), detections })),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

interface BuiltFile {
  readonly path: string;
  readonly sha256: string;
}

async function readManifest(fs: FileSystem, folder: string): Promise<readonly BuiltFile[]> {
  const path = join(folder, manifestFile);
  const bytes = await fs.readFileIfExists(path);
  if (bytes === undefined) return [];
  const manifest = parseJson(new TextDecoder().decode(bytes));
  if (!isJsonObject(manifest) || manifest['generator'] !== generator || !isJsonArray(manifest['files'])) {
    throw new ToolError('usage', `"${path}" was not written by kustodian build; nothing was written`, {
      hint: 'name an empty folder with --out, or remove that file',
    });
  }
  return manifest['files'].flatMap(toBuiltFile);
}

/** Anyone may have written the manifest: entries that lead out of the folder, or are none, do not count. */
function toBuiltFile(entry: JsonValue): readonly BuiltFile[] {
  if (!isJsonObject(entry)) return [];
  const { path, sha256 } = entry;
  if (typeof path !== 'string' || typeof sha256 !== 'string') return [];
  const isOurs = /^(detections\/.+|combined-\d+)\.json$/.test(path) && !path.split(/[/\\]/).includes('..');
  return isOurs ? [{ path, sha256 }] : [];
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
