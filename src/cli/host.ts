import type { FileSystem } from '../core/file-system.ts';
import type { FileLocks } from './file-locks.ts';
import type { GitResult } from './run-git.ts';

/** A text stream that the tool writes to. */
export interface Output {
  write(text: string): void;
  /** True if a person watches: colours and rewritten lines make sense. */
  readonly isTerminal: boolean;
  /** Width in columns; 80 where there is no terminal. */
  readonly columns: number;
}

/** Everything the tool takes from the machine it runs on. `createNodeHost` gives the real one, tests give their own. */
export interface Host {
  /** The files, with relative paths taken from `base`; errors name paths as they were given. */
  fileSystem(base: string): FileSystem;
  /** Working directory, absolute, with forward slashes. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The result. */
  readonly stdout: Output;
  /** Everything else: progress, questions, errors. */
  readonly stderr: Output;
  /** True if a question can be asked. */
  readonly canAsk: boolean;
  /** Asks for `yes`, or for that word to be typed. Only called if `canAsk`. */
  confirm(question: string, word?: string): Promise<boolean>;
  /** Aborts when the user interrupts (Ctrl-C) or the system asks the process to end. */
  readonly signal: AbortSignal;
  now(): Date;
  /** What this run alone may write; `main` gives it back at the end. */
  readonly locks: FileLocks;
  /** Runs git in a folder. Rejects with a ToolError only if it cannot be started. */
  git(args: readonly string[], cwd: string): Promise<GitResult>;
}
