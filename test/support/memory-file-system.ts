import type { FileSystem } from '../../src/core/file-system.ts';
import { ToolError } from '../../src/core/tool-error.ts';

/** A file system of texts in memory; written files appear in `files`. */
export function createMemoryFileSystem(
  content: Readonly<Record<string, string>>,
): FileSystem & { readonly files: Map<string, string> } {
  const files = new Map(Object.entries(content));
  const readFileIfExists = (path: string): Promise<Uint8Array | undefined> => {
    const text = files.get(path);
    return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text));
  };
  return {
    files,
    readFileIfExists,
    readFile: async (path) => {
      const bytes = await readFileIfExists(path);
      if (bytes === undefined) throw new ToolError('file-missing', `cannot read "${path}"`);
      return bytes;
    },
    listFiles: (path) => Promise.resolve([...files.keys()].filter((file) => file.startsWith(path)).sort()),
    writeFileAtomic: (path, text) => {
      files.set(path, text);
      return Promise.resolve();
    },
    removeFile: (path) => {
      files.delete(path);
      return Promise.resolve();
    },
  };
}
