import { ToolError } from '../core/tool-error.ts';
import type { Environment } from '../detection/config.ts';
import type { PlanLimit } from '../plan/plan-input.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import { loadDesiredStates } from './desired-state.ts';
import { forEachTarget, type TargetResult } from './for-each-target.ts';
import type { Host } from './host.ts';
import { openStore } from './open-store.ts';
import { findContentFiles, toRootPath, type Project } from './project.ts';
import { readPlan, type ReadPlan } from './read-plan.ts';
import type { Target } from './target-options.ts';

/** The plan for a workspace, with the workspace that it was made from. */
export interface PlannedTarget {
  readonly environment: Environment;
  readonly planned: ReadPlan;
  readonly store: ContentStore;
}

/**
 * Validates the repository once, then reads every workspace and plans what it takes to make it as described. Undefined where
 * the repository has errors: they are on stderr then, and no workspace was looked at.
 *
 * @param paths files and folders that the plan is limited to; none for the whole repository
 */
export async function planTargets(
  host: Host,
  project: Project,
  environments: readonly Environment[],
  access: Target & { readonly forWriting: boolean },
  paths: readonly string[] = [],
): Promise<readonly TargetResult<PlannedTarget>[] | undefined> {
  const limit = await readLimit(host, project, paths, access);
  const states = await loadDesiredStates(host, project, environments);
  if (states === undefined) return undefined;
  return await forEachTarget(environments, async (environment) => {
    const store = await openStore(host, project, environment, access);
    const state = states.get(environment);
    if (state === undefined) throw new TypeError(`"${environment.name}" was not prepared`);
    const planned = await readPlan(host, project, environment, store, state, { ...access, limit });
    return { environment, store, planned };
  });
}

/**
 * The part of the repository that paths name; undefined for all of it, where there are none.
 *
 * @throws ToolError `usage` with `--prune`: a part never tells what is no longer wanted
 */
async function readLimit(
  host: Host,
  project: Project,
  paths: readonly string[],
  { prune }: Target,
): Promise<PlanLimit | undefined> {
  if (paths.length === 0) return undefined;
  if (prune) {
    throw new ToolError('usage', '--prune does not go with paths', {
      hint: 'what is limited to paths removes nothing: leave the paths out, or --prune',
    });
  }
  const files = new Set(await findContentFiles(host, project, paths));
  return { paths: paths.map((path) => toRootPath(host, project, path)), includes: (file) => files.has(file) };
}
