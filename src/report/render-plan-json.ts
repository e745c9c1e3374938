import type { Plan } from '../plan/plan.ts';

/** A plan as it is: what a saved plan holds and `--format json` prints. Its `formatVersion` is the contract's. */
export function renderPlanJson(plan: Plan): string {
  return `${JSON.stringify(plan, undefined, 2)}\n`;
}
