import { ToolError } from '../core/tool-error.ts';
import type { Host } from './host.ts';
import type { Project } from './project.ts';

/**
 * The files below the root that differ from where the current branch left another: committed or not, tracked or new, but not
 * deleted. Relative to the root.
 *
 * @param ref a branch, tag or commit, such as `origin/main`
 * @throws ToolError `usage` if the root is in no git repository, or if git does not know `ref` or what the two have in common
 */
export async function findChangedFiles(
  host: Host,
  { root }: Project,
  ref: string,
): Promise<readonly string[]> {
  const git = async (args: readonly string[], message: string, hint: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await host.git(args, root);
    if (exitCode === 0) return stdout;
    const [reason = ''] = stderr.trim().split('\n', 1);
    throw new ToolError('usage', reason === '' ? message : `${message} (${reason})`, { hint });
  };
  await git(
    ['rev-parse', '--git-dir'],
    `"${root}" is in no git repository`,
    'leave --changed-since out, or run in a clone',
  );
  const commit = await git(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`],
    `git knows no commit "${ref}"`,
    `fetch it: git fetch origin; a branch of the remote is named like origin/main`,
  );
  const base = await git(
    ['merge-base', commit.trim(), 'HEAD'],
    `git finds no common ancestor of "${ref}" and the current commit`,
    'the clone may be shallow: fetch the whole history (fetch-depth: 0 of actions/checkout)',
  );
  const changed = await git(
    ['diff', '--name-only', '--no-renames', '--diff-filter=d', '--relative', '-z', base.trim(), '--'],
    `git cannot compare the files with "${ref}"`,
    'check the repository: git status',
  );
  const untracked = await git(
    ['ls-files', '--others', '--exclude-standard', '-z'],
    'git cannot list the new files',
    'check the repository: git status',
  );
  return `${changed}${untracked}`.split('\0').filter((file) => file !== '');
}
