import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

/** A built clone of this repository as a workflow's job has it after checkout and install, with its own git history. */
export interface Checkout {
  readonly path: string;
  read(file: string): string;
  write(file: string, content: string): void;
  /** Commits everything to the branch that is checked out. */
  commit(message: string): void;
  git(...args: readonly string[]): string;
  /** Goes back to the main branch as it was made. */
  reset(): void;
  /** Removes a file. */
  delete(file: string): void;
  remove(): void;
}

/** What a clone has not, and what no job needs. */
const left = new Set(['node_modules', 'dist', '.git', '.kustodian', 'coverage']);

const identity = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

/** Makes one under the system's temporary folder. Dependencies are those of this repository; `dist` is built anew. */
export function createCheckout(): Checkout {
  const root = resolve('.');
  const path = mkdtempSync(join(tmpdir(), 'kustodian-checkout-'));
  const env = { PATH: process.env['PATH'], HOME: path, ...identity };
  const run = (command: string, args: readonly string[]): string =>
    execFileSync(command, args, { cwd: path, encoding: 'utf8', env });
  const git = (...args: readonly string[]): string => run('git', args).trim();
  const commit = (message: string): void => {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
  };

  cpSync(root, path, {
    recursive: true,
    filter: (source) => source === root || resolve(source, '..') !== root || !left.has(basename(source)),
  });
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  run('npm', ['run', '-s', 'build']);
  git('init', '--quiet', '--initial-branch', 'main');
  writeFileSync(join(path, '.git/info/exclude'), 'node_modules\n.npm\n');
  commit('everything');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  git('tag', 'start');

  return {
    path,
    read: (file) => readFileSync(join(path, file), 'utf8'),
    write: (file, content) => {
      writeFileSync(join(path, file), content);
    },
    delete: (file) => {
      rmSync(join(path, file));
    },
    commit,
    git,
    reset: () => {
      git('checkout', '--quiet', '--force', 'main');
      git('reset', '--quiet', '--hard', 'start');
      git('update-ref', 'refs/remotes/origin/main', 'HEAD');
      git('clean', '-fdxq', '-e', 'dist', '-e', 'node_modules');
    },
    remove: () => {
      rmSync(path, { recursive: true });
    },
  };
}
