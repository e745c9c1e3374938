import { createHash } from 'node:crypto';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { FileSystem } from '../core/file-system.ts';
import { isJsonArray, isJsonObject } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';

/** Remembers what was found in a file of certain bytes, so that binding its query is not done again for nothing. */
export interface FindingsCache {
  /** What was found in these bytes under this name, or undefined if that is not known. */
  get(file: string, bytes: Uint8Array): readonly Diagnostic[] | undefined;
  set(file: string, bytes: Uint8Array, diagnostics: readonly Diagnostic[]): void;
  /**
   * Keeps what this run asked for or found. What it did not touch is forgotten, unless the run was for a part of the files. A
   * place that cannot be written is no error.
   */
  save(options?: { readonly keepOthers: boolean }): Promise<void>;
}

/** Where the cache is kept, below the root of the repository. */
export const cacheFile = '.kustodian/cache/findings.json';

/** Remembers nothing: for runs that shall not, and for tests. */
export const noCache: FindingsCache = {
  get: () => undefined,
  set: () => undefined,
  save: () => Promise.resolve(),
};

type Entries = Readonly<Record<string, readonly Diagnostic[]>>;

/**
 * Opens the cache. One that was written by another tool or for another schema, is damaged or cannot be read, counts as empty.
 *
 * @param salt tells tool and schema apart from others: their versions or digests
 */
export async function openFindingsCache(fs: FileSystem, salt: string): Promise<FindingsCache> {
  const known = await readEntries(fs, salt);
  const used = new Map<string, readonly Diagnostic[]>();
  let hasNew = false;
  return {
    get(file, bytes) {
      const key = keyOf(file, bytes);
      const entry = known[key];
      if (entry !== undefined) used.set(key, entry);
      return entry;
    },
    set(file, bytes, diagnostics) {
      used.set(keyOf(file, bytes), diagnostics);
      hasNew = true;
    },
    async save({ keepOthers } = { keepOthers: false }) {
      if (!hasNew && (keepOthers || used.size === Object.keys(known).length)) return;
      const entries = { ...(keepOthers ? known : {}), ...Object.fromEntries(used) };
      const content = JSON.stringify({ salt, digest: digestOf(entries), entries });
      try {
        await fs.writeFileAtomic(cacheFile, content);
      } catch (error) {
        if (!(error instanceof ToolError)) throw error;
      }
    },
  };
}

async function readEntries(fs: FileSystem, salt: string): Promise<Entries> {
  try {
    const bytes = await fs.readFileIfExists(cacheFile);
    const content: unknown = bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
    if (!isJsonObject(content) || content['salt'] !== salt) return {};
    const { entries } = content;
    if (!isJsonObject(entries) || content['digest'] !== digestOf(entries)) return {};
    return Object.values(entries).every(isJsonArray) ? (entries as unknown as Entries) : {};
  } catch (error) {
    if (error instanceof ToolError || isSyntaxError(error)) return {};
    throw error;
  }
}

function isSyntaxError(error: unknown): boolean {
  return error instanceof Error && error.name === 'SyntaxError';
}

function keyOf(file: string, bytes: Uint8Array): string {
  return createHash('sha256').update(`${file}\n`).update(bytes).digest('hex');
}

function digestOf(entries: object): string {
  return createHash('sha256').update(JSON.stringify(entries)).digest('hex');
}
