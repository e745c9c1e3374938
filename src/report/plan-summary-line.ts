import type { PlanSummary } from '../plan/summarise-plan.ts';

/** The counts of a plan in words: `2 to create, 1 to update, 9 unchanged, 3 not ours`. Zero counts are left out. */
export function planSummaryLine(summary: PlanSummary): string {
  const counts: readonly (readonly [number, string])[] = [
    [summary.create, 'to create'],
    [summary.update, 'to update'],
    [summary.replace, 'to replace'],
    [summary.disable, 'to disable'],
    [summary.delete, 'to delete'],
    [summary.forget, 'to forget'],
    [summary.drifted, 'changed in the workspace'],
    [summary.collisions, 'in collision'],
    [summary.blocked, 'blocked'],
    [summary.held, 'held'],
    [summary.leftOff, 'left off'],
    [summary.unchanged, 'unchanged'],
    [summary.orphans, 'no longer wanted'],
    [summary.notOurs, 'not ours'],
  ];
  const parts = [
    ...(summary.writes === 0 ? ['no changes'] : []),
    ...counts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`),
  ];
  return parts.join(', ');
}
