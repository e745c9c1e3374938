import type { Drift } from '../plan/find-drift.ts';
import type { Plan } from '../plan/plan.ts';

/** What was changed in the workspace, for machines. */
export function renderDriftJson(
  { environment, workspaceId }: Pick<Plan, 'environment' | 'workspaceId'>,
  drift: readonly Drift[],
): string {
  return `${JSON.stringify({ formatVersion: 1, environment, workspaceId, drift }, undefined, 2)}\n`;
}
