import { ToolError } from '../core/tool-error.ts';
import type { Host } from './host.ts';
import type { Project } from './project.ts';

/**
 * The commit that is checked out, shortened, with `-dirty` behind it if files differ from it. Undefined where there is no git
 * or no repository: nothing depends on it.
 */
export async function headCommit(host: Host, { root }: Project): Promise<string | undefined> {
  try {
    const args = ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'];
    const { exitCode, stdout } = await host.git(args, root);
    return exitCode === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}
