import type { Plan } from '../plan/plan.ts';
import { formatPlan, type PlanSet } from '../plan/plan-set.ts';

/** A plan as it is: what a saved plan holds and `--format json` prints. Its `formatVersion` is the contract's. */
export function renderPlanJson(plan: Plan | PlanSet): string {
  return formatPlan(plan);
}
