import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FileSystem } from '../../src/core/file-system.ts';
import { createNodeFileSystem } from '../../src/cli/node-file-system.ts';
import { createFileLocks } from '../../src/cli/file-locks.ts';
import type { Host } from '../../src/cli/host.ts';
import { main } from '../../src/cli/main.ts';
import { runGit, type GitResult } from '../../src/cli/run-git.ts';

/** A folder of its own under the system's temporary folder, removed by `remove`. */
export interface TestFolder {
  readonly path: string;
  write(file: string, content: string | Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

/** Makes a folder holding the given files. */
export async function createTestFolder(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), 'kustodian-test-'));
  const write = async (file: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), content);
  };
  for (const [file, content] of Object.entries(files)) await write(file, content);
  return { path, write, remove: () => rm(path, { recursive: true, force: true }) };
}

/** What a person at a terminal would have: by default none. */
export interface TestHostOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The answer to a question, or what is typed; undefined means that there is nobody to ask. */
  readonly answer?: boolean | string;
  readonly signal?: AbortSignal;
  /** Told of everything that the run prints on standard output, as it comes. */
  readonly onOutput?: (text: string) => void;
  /** Makes a terminal of stderr, and is told what is written there, when it is. */
  readonly watch?: (text: string) => void;
  /** Wraps the real file system, to make it fail. */
  readonly wrapFileSystem?: (fs: FileSystem) => FileSystem;
}

/** How a run of the CLI ended. */
export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly questions: readonly string[];
}

/** What git says where there is no repository: to start it for that takes longer than the rest of a run. */
const outsideOfRepository: GitResult = {
  exitCode: 128,
  stdout: '',
  stderr: 'fatal: not a git repository (or any of the parent directories): .git\n',
};

function isInRepository(folder: string): boolean {
  return existsSync(join(folder, '.git')) || (dirname(folder) !== folder && isInRepository(dirname(folder)));
}

/** Runs the CLI in this process, in a folder, with a clock that stands still. */
export async function runCli(argv: readonly string[], options: TestHostOptions): Promise<CliRun> {
  let stdout = '';
  let stderr = '';
  const questions: string[] = [];
  const host: Host = {
    fileSystem: (base) => (options.wrapFileSystem ?? ((fs) => fs))(createNodeFileSystem(base)),
    cwd: options.cwd,
    env: options.env ?? {},
    stdout: {
      write: (text) => {
        stdout += text;
        options.onOutput?.(text);
      },
      isTerminal: false,
      columns: 80,
    },
    stderr: {
      write: (text) => {
        stderr += text;
        options.watch?.(text);
      },
      isTerminal: options.watch !== undefined,
      columns: 80,
    },
    canAsk: options.answer !== undefined,
    confirm: (question, word) => {
      questions.push(word === undefined ? question : `${question} [${word}]`);
      return Promise.resolve(options.answer === (word ?? true));
    },
    signal: options.signal ?? new AbortController().signal,
    now: () => new Date('2026-01-02T03:04:05.678Z'),
    git: (args, cwd) => (isInRepository(cwd) ? runGit(args, cwd) : Promise.resolve(outsideOfRepository)),
    locks: createFileLocks(),
  };
  const exitCode = await main(argv, host);
  return { exitCode, stdout, stderr, questions };
}
