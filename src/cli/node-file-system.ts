import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve as resolvePath } from 'node:path';
import type { FileSystem } from '../core/file-system.ts';
import { compareText } from '../core/diagnostic.ts';
import { ToolError } from '../core/tool-error.ts';

/** The real file system. Paths are absolute or relative to `base`. */
export function createNodeFileSystem(base: string): FileSystem {
  const resolve = (path: string): string => resolvePath(base, path);
  return {
    async readFile(path) {
      try {
        return await readFile(resolve(path));
      } catch (error) {
        throw unreadable(path, error);
      }
    },
    async readFileIfExists(path) {
      try {
        return await readFile(resolve(path));
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return undefined;
        throw unreadable(path, error);
      }
    },
    async listFiles(path) {
      try {
        const files = await walk(toSlashes(path), resolve, new Set());
        return [...files].sort(compareText);
      } catch (error) {
        throw unreadable(path, error);
      }
    },
    async writeFileAtomic(path, content) {
      const target = resolve(path);
      const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
      try {
        await mkdir(dirname(target), { recursive: true });
        await writeFile(temporary, content, { flush: true });
        await rename(temporary, target);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw new ToolError('state-unwritable', `cannot write "${path}" (${describe(error)})`, {
          cause: error,
          hint: 'check the permissions and the free space of its folder',
        });
      }
    },
    async removeFile(path) {
      try {
        await rm(resolve(path), { force: true });
      } catch (error) {
        throw new ToolError('state-unwritable', `cannot remove "${path}" (${describe(error)})`, {
          cause: error,
          hint: 'check the permissions of its folder',
        });
      }
    },
  };
}

/**
 * Follows symbolic links, each real folder once, so that a cycle ends and nothing linked is silently left out. A link that
 * leads nowhere is listed as a file: reading it will say so. A folder that cannot be read fails the whole.
 */
async function walk(
  path: string,
  resolve: (path: string) => string,
  seen: Set<string>,
): Promise<readonly string[]> {
  const absolute = resolve(path);
  if (!(await stat(absolute)).isDirectory()) return [path];
  const real = await realpath(absolute);
  if (seen.has(real)) return [];
  seen.add(real);
  const found: string[] = [];
  for (const entry of await readdir(absolute, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const below = path === '.' ? entry.name : `${path.replace(/\/$/, '')}/${entry.name}`;
    // A plain file needs no second look; of a thousand files that is most of the time.
    const isLeaf = entry.isFile() || (entry.isSymbolicLink() && !(await isThere(resolve(below))));
    found.push(...(isLeaf ? [below] : await walk(below, resolve, seen)));
  }
  return found;
}

async function isThere(absolute: string): Promise<boolean> {
  return await stat(absolute).then(
    () => true,
    (error: unknown) => errorCode(error) !== 'ENOENT',
  );
}

function toSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}

function unreadable(path: string, error: unknown): ToolError {
  const isMissing = errorCode(error) === 'ENOENT';
  return new ToolError(
    isMissing ? 'file-missing' : 'file-unreadable',
    `cannot read "${path}" (${describe(error)})`,
    {
      cause: error,
      hint: isMissing ? 'check the spelling of the path' : 'check its permissions',
    },
  );
}

/** Reads the code without `instanceof`: errors of Node's own modules are of another realm where code runs in a sandbox. */
function errorCode(error: unknown): string | undefined {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file',
  ELOOP: 'a symbolic link leads to itself',
};

function describe(error: unknown): string {
  const code = errorCode(error);
  return (code !== undefined && reasons[code]) || code || String(error);
}
