import { execFile } from 'node:child_process';
import { ToolError } from '../core/tool-error.ts';

/** What a run of git came to. */
export interface GitResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const mostBytes = 64 * 1024 * 1024;

/**
 * Runs git in a folder. What git itself refuses is a result, not an error.
 *
 * @throws ToolError `usage` if git cannot be started
 */
export function runGit(args: readonly string[], cwd: string): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    execFile('git', args, { cwd, maxBuffer: mostBytes }, (error, stdout, stderr) => {
      if (error === null || typeof error.code === 'number') {
        resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
        return;
      }
      const cause = new ToolError('usage', `git cannot be run (${error.code ?? error.message})`, {
        cause: error,
        hint: 'install git, or leave --changed-since out',
      });
      reject(cause);
    });
  });
}
