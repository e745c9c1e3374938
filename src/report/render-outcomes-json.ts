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
    outcomes: outcomes.map(({ change, status, reason, rewritten, renamedTo, durationMs }) => ({
      action: change.action,
      kind: change.kind,
      name: change.name,
      displayName: change.displayName,
      ...fileOf(change),
      status,
      reason,
      rewritten,
      renamedTo,
      durationMs,
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function fileOf({ detection }: Change): { readonly file?: string } {
  return detection === undefined || detection.file === '' ? {} : { file: detection.file };
}
