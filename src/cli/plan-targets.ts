import type { Environment } from '../detection/config.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import { loadDesiredStates } from './desired-state.ts';
import { forEachTarget, type TargetResult } from './for-each-target.ts';
import type { Host } from './host.ts';
import { openStore } from './open-store.ts';
import type { Project } from './project.ts';
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
 */
export async function planTargets(
  host: Host,
  project: Project,
  environments: readonly Environment[],
  access: Target & { readonly forWriting: boolean },
): Promise<readonly TargetResult<PlannedTarget>[] | undefined> {
  const desired = await loadDesiredStates(host, project, environments);
  if (desired === undefined) return undefined;
  return await forEachTarget(environments, async (environment) => {
    const store = await openStore(host, project, environment, access);
    const wanted = desired.get(environment) ?? [];
    return { environment, store, planned: await readPlan(host, project, environment, store, wanted, access) };
  });
}
