import type { PlanSummary } from '../plan/summarise-plan.ts';

/** The counts of a plan in words: `2 to create, 1 to update, 9 unchanged, 3 not ours`. Zero counts are left out. */
export function planSummaryLine(summary: PlanSummary): string {
  const { create, update, drifted, unchanged, collisions, blocked, orphans, notOurs } = summary;
  const parts = [
    ...(summary.writes === 0 ? ['no changes'] : []),
    ...countIn(create, 'to create'),
    ...countIn(update, 'to update'),
    ...countIn(summary.delete, 'to delete'),
    ...countIn(drifted, 'changed in the workspace'),
    ...countIn(collisions, 'in collision'),
    ...countIn(blocked, 'blocked'),
    ...countIn(unchanged, 'unchanged'),
    ...countIn(orphans, 'no longer described'),
    ...countIn(notOurs, 'not ours'),
  ];
  return parts.join(', ');
}

function countIn(count: number, words: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${words}`];
}
