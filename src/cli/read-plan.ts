import { readWorkspace } from '../deploy/read-workspace.ts';
import { targetName, type Environment } from '../detection/config.ts';
import type { LiveWorkspace } from '../plan/live-workspace.ts';
import { planChanges } from '../plan/plan-changes.ts';
import type { Plan } from '../plan/plan.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import type { DesiredResource } from '../sentinel/desired-resource.ts';
import { headCommit } from './head-commit.ts';
import type { Host } from './host.ts';
import type { Project } from './project.ts';

/** A plan, with the look at the workspace that it was made from. */
export interface ReadPlan {
  readonly plan: Plan;
  readonly live: LiveWorkspace;
}

/** Reads the workspace and plans what it takes to make it as described. */
export async function readPlan(
  host: Host,
  project: Project,
  environment: Environment,
  store: ContentStore,
  desired: readonly DesiredResource[],
  { adopt, prune }: { readonly adopt: boolean; readonly prune: boolean },
): Promise<ReadPlan> {
  const live = await readWorkspace(store, host.signal);
  const commit = await headCommit(host, project);
  const plan = planChanges({
    environment: targetName(environment),
    workspaceId: store.workspaceId,
    owner: project.config.owner,
    desired,
    live,
    adopt,
    prune: prune ? 'delete' : undefined,
    ...(commit === undefined ? {} : { commit }),
  });
  return { plan, live };
}
