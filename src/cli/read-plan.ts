import { completePlan } from '../deploy/complete-plan.ts';
import { readWorkspace } from '../deploy/read-workspace.ts';
import { targetName, type Environment } from '../detection/config.ts';
import type { AcknowledgedDrift } from '../plan/acknowledge-drift.ts';
import type { LiveWorkspace } from '../plan/live-workspace.ts';
import { planChanges } from '../plan/plan-changes.ts';
import type { PlanLimit } from '../plan/plan-input.ts';
import type { Plan } from '../plan/plan.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import type { DesiredState } from './desired-state.ts';
import { headCommit } from './head-commit.ts';
import type { Host } from './host.ts';
import { createQueryInspector } from './inspect-query.ts';
import type { Project } from './project.ts';
import type { Target } from './target-options.ts';

/** A plan, with the look at the workspace that it was made from. */
export interface ReadPlan {
  readonly plan: Plan;
  readonly live: LiveWorkspace;
  /** The edits in the workspace that kustodian.yaml says are known. */
  readonly acknowledgedDrift?: readonly AcknowledgedDrift[];
}

/** What the user asked for, and the part of the repository that it is about; all of it, without a limit. */
export type PlanOptions = Omit<Target, 'environment' | 'workspace' | 'credential'> & {
  readonly limit?: PlanLimit | undefined;
};

/** Reads the workspace and plans what it takes to make it as described. */
export async function readPlan(
  host: Host,
  project: Project,
  environment: Environment,
  store: ContentStore,
  state: DesiredState,
  options: PlanOptions,
): Promise<ReadPlan> {
  const { adopt, prune, enableAutoDisabled, allowBrokenAutomation, liftHolds, limit } = options;
  const { signal } = host;
  const live = await readWorkspace(store, { signal, expectedId: environment.workspaceId });
  const { desired, unselected, holds, acknowledgedDrift, warnings } = state;
  const planned = planChanges({
    environment: targetName(environment),
    workspaceId: store.workspaceId,
    owner: project.config.owner,
    desired,
    unselected,
    live,
    adopt,
    prune: prune ? environment.prune : undefined,
    holds,
    now: liftHolds ? undefined : host.now(),
    enableAutoDisabled,
    commit: await headCommit(host, project),
    limit,
  });
  const plan = await completePlan(planned, store, {
    allowBrokenAutomation,
    signal,
    preflight: options.preflight
      ? { live, limits: environment.limits, inspect: createQueryInspector(state.schema) }
      : undefined,
  });
  return { plan: { ...plan, warnings: [...plan.warnings, ...warnings] }, live, acknowledgedDrift };
}
