import { createInterface } from 'node:readline/promises';
import { createFileLocks } from './file-locks.ts';
import type { Host, Output } from './host.ts';
import { createNodeFileSystem } from './node-file-system.ts';
import { runGit } from './run-git.ts';

/** The machine as it is. Installs the handlers for Ctrl-C and termination: the first asks to stop, a second ends at once. */
export function createNodeHost(): Host {
  const abort = new AbortController();
  const interrupt = (): void => {
    if (abort.signal.aborted) process.exit(130);
    abort.abort();
    process.stderr.write('\ninterrupted: finishing what is under way; press Ctrl-C again to stop at once\n');
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    fileSystem: createNodeFileSystem,
    cwd: process.cwd().replaceAll('\\', '/'),
    env: process.env,
    stdout: toOutput(process.stdout),
    stderr: toOutput(process.stderr),
    canAsk: process.stdin.isTTY && process.stderr.isTTY,
    signal: abort.signal,
    now: () => new Date(),
    git: runGit,
    locks: createFileLocks(),
    async confirm(question, word) {
      const prompt = createInterface({ input: process.stdin, output: process.stderr });
      prompt.on('SIGINT', interrupt);
      try {
        const wanted = word === undefined ? '[y/N]' : `Type ${word} to go on:`;
        const answer = await prompt.question(`${question} ${wanted} `, { signal: abort.signal });
        return word === undefined ? /^\s*y(es)?\s*$/i.test(answer) : answer.trim() === word;
      } catch {
        return false;
      } finally {
        prompt.close();
      }
    },
  };
}

function toOutput(stream: NodeJS.WriteStream): Output {
  // A reader that goes away early (`kustodian list | head`) is no error.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  return {
    write: (text) => {
      stream.write(text);
    },
    isTerminal: stream.isTTY,
    get columns() {
      return stream.isTTY ? stream.columns : 80;
    },
  };
}
