import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import { ToolError } from '../core/tool-error.ts';

/** The locks that one run holds. */
export interface FileLocks {
  /**
   * Takes the lock of a file, as a file beside it, for as long as the run lasts. A lock that a dead process of this machine left
   * behind is taken over.
   *
   * @param path of what is locked, absolute
   * @throws ToolError `state-in-use` if another process holds it, `state-unwritable` if it cannot be made
   */
  take(path: string): Promise<void>;
  /** Gives all of them back. */
  release(): Promise<void>;
}

/** Who holds a lock: what its file says. */
interface Holder {
  readonly pid: number;
  readonly machine: string;
}

/** Makes the locks of one run. */
export function createFileLocks(): FileLocks {
  const held: string[] = [];
  return {
    async take(path) {
      const file = `${resolve(path)}.lock`;
      if (held.includes(file)) return;
      await mkdir(dirname(file), { recursive: true }).catch((error: unknown) => {
        throw unwritable(file, error);
      });
      if (!(await tryCreate(file)) && !(await takeOver(file))) {
        throw inUse(path, file, await readHolder(file));
      }
      held.push(file);
    },
    async release() {
      for (const file of held.splice(0)) await rm(file, { force: true });
    },
  };
}

/** False if there is such a file: `wx` leaves it to the file system who is first. */
async function tryCreate(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    const holder: Holder = { pid: process.pid, machine: hostname() };
    await handle.writeFile(JSON.stringify(holder)).finally(() => handle.close());
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw unwritable(file, error);
  }
}

/**
 * Removes the lock of a dead process and takes its place. Only who holds a second lock does so, or one of two that find the same
 * dead process would remove the fresh lock of the other.
 */
async function takeOver(file: string): Promise<boolean> {
  const second = `${file}.takeover`;
  if (!(await tryCreate(second))) return false;
  try {
    const holder = await readHolder(file);
    const isStale = holder !== undefined && holder.machine === hostname() && !isRunning(holder.pid);
    if (!isStale) return false;
    await rm(file, { force: true });
    return await tryCreate(file);
  } finally {
    await rm(second, { force: true });
  }
}

/** Undefined where it is not written yet, or gone. */
async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    const data = JSON.parse(await readFile(file, 'utf8')) as Partial<Holder> | null;
    const { pid, machine } = data ?? {};
    return typeof pid === 'number' && typeof machine === 'string' ? { pid, machine } : undefined;
  } catch {
    return undefined;
  }
}

/** Signal 0 is sent to nobody: it only says whether there is such a process, be it somebody else's. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

function inUse(path: string, file: string, holder: Holder | undefined): ToolError {
  const who = holder === undefined ? 'another process' : `process ${holder.pid} of "${holder.machine}"`;
  return new ToolError('state-in-use', `"${path}" is in use by ${who}`, {
    hint: `wait for it to end, or stop it; if there is none, delete "${file}"`,
  });
}

function unwritable(file: string, error: unknown): ToolError {
  const reason = codeOf(error) ?? String(error);
  return new ToolError('state-unwritable', `cannot write "${file}" (${reason})`, {
    cause: error,
    hint: 'check the permissions and the free space of its folder',
  });
}

/** Without `instanceof`: errors of Node's own modules are of another realm where code runs in a sandbox. */
function codeOf(error: unknown): string | undefined {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : undefined;
}
