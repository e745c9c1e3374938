import { ToolError } from '../core/tool-error.ts';
import { targetName, type Environment } from '../detection/config.ts';
import { parseSnapshot, takeSnapshot, type Snapshot } from '../plan/snapshot.ts';
import { summarisePlan } from '../plan/summarise-plan.ts';
import type { Host } from './host.ts';
import type { Project } from './project.ts';
import type { ReadPlan } from './read-plan.ts';

/** @param target as `targetName` gives it; no name of an environment holds a dot */
function folderOf(target: string): string {
  return `.kustodian/snapshots/${target.replace('/', '.')}`;
}

/**
 * Keeps what a plan is about to touch, below the root of the project; nothing where it touches nothing.
 *
 * @returns the file, relative to the root
 */
export async function saveSnapshot(
  host: Host,
  { fs }: Project,
  { plan, live }: ReadPlan,
): Promise<string | undefined> {
  if (summarisePlan(plan).writes === 0) return undefined;
  const snapshot = takeSnapshot(plan, live, host.now());
  const file = `${folderOf(plan.environment)}/${snapshot.takenAt.replaceAll(':', '-')}.json`;
  await fs.writeFileAtomic(file, `${JSON.stringify(snapshot, undefined, 2)}\n`);
  host.stderr.write(`kept what is about to change in ${file}\n`);
  return file;
}

/**
 * Reads a snapshot of an environment: the given file, else the newest.
 *
 * @param file relative to the working directory
 * @throws ToolError `file-missing` if there is none, `state-damaged` if it is none, `usage` if it is of another target
 */
export async function loadSnapshot(
  host: Host,
  { fs, config }: Project,
  environment: Environment,
  file: string | undefined,
): Promise<Snapshot> {
  const target = targetName(environment);
  const path = file ?? (await newest(fs, target));
  const bytes = await (file === undefined ? fs : host.fileSystem(host.cwd)).readFile(path);
  const snapshot = parseSnapshot(new TextDecoder().decode(bytes), path);
  if (snapshot.environment !== target || snapshot.owner !== config.owner) {
    throw new ToolError(
      'usage',
      `"${path}" is a snapshot of environment "${snapshot.environment}" and owner "${snapshot.owner}", ` +
        `not of "${target}" and "${config.owner}"`,
    );
  }
  return snapshot;
}

async function newest(fs: Project['fs'], environment: string): Promise<string> {
  const files = await fs.listFiles(folderOf(environment)).catch((error: unknown) => {
    if (error instanceof ToolError && error.code === 'file-missing') return [];
    throw error;
  });
  const last = files.filter((file) => file.endsWith('.json')).at(-1);
  if (last !== undefined) return last;
  throw new ToolError('file-missing', `there is no snapshot of environment "${environment}"`, {
    hint: `a deploy keeps one in ${folderOf(environment)} before it writes; give the file of one that you kept elsewhere`,
  });
}
