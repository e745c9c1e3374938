import { ToolError } from '../core/tool-error.ts';
import type { Plan } from './plan.ts';
import { summarisePlan, type PlanSummary } from './summarise-plan.ts';

/** How much a deploy may change. */
export interface PlanLimits {
  /** Most resources that are deleted, disabled or replaced: taken away, or out of action. */
  readonly deletes: number;
  /** Most resources that are written or deleted; undefined: any number. */
  readonly changes?: number | undefined;
}

/** Deletes that go without saying. */
export const defaultMaxDeletes = 10;

/** @throws ToolError `limit-exceeded` if the plan holds more than may be changed: then nothing of it may be done */
export function checkLimits(plan: Plan, { deletes, changes }: PlanLimits): void {
  const summary = summarisePlan(plan);
  if (summary.removals > deletes) {
    throw new ToolError(
      'limit-exceeded',
      `the plan removes ${summary.removals} resources (${describeRemovals(summary)}), more than ${deletes}`,
      { hint: `look at the plan; if it is right, allow it with --max-deletes ${summary.removals}` },
    );
  }
  if (changes !== undefined && summary.writes > changes) {
    throw new ToolError('limit-exceeded', `the plan has ${summary.writes} changes, more than ${changes}`, {
      hint: `look at the plan; if it is right, allow it with --max-changes ${summary.writes}`,
    });
  }
}

function describeRemovals(summary: PlanSummary): string {
  const counts: readonly (readonly [string, number])[] = [
    ['deleted', summary.delete],
    ['disabled', summary.disable],
    ['replaced', summary.replace],
  ];
  return counts
    .filter(([, count]) => count > 0)
    .map(([verb, count]) => `${count} ${verb}`)
    .join(', ');
}
