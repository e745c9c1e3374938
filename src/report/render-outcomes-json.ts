import type { Change, ChangeOutcome, Plan } from '../plan/plan.ts';
import { summariseOutcomes } from '../plan/summarise-outcomes.ts';

/** What an apply did, for machines: every change once, in the plan's order, without the bodies. */
export function renderOutcomesJson(
  plan: Pick<Plan, 'environment' | 'workspaceId'>,
  outcomes: readonly ChangeOutcome[],
): string {
  const report = {
    formatVersion: 1,
    environment: plan.environment,
    workspaceId: plan.workspaceId,
    summary: summariseOutcomes(outcomes),
    outcomes: outcomes.map(({ change, status, reason, rewritten, durationMs }) => ({
      action: change.action,
      kind: change.kind,
      name: change.name,
      displayName: change.displayName,
      ...fileOf(change),
      status,
      reason,
      rewritten,
      durationMs,
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function fileOf(change: Change): { readonly file?: string } {
  if (change.action === 'orphan' || change.action === 'delete' || change.detection === undefined) return {};
  return { file: change.detection.file };
}
