import type { ChangeOutcome } from '../plan/plan.ts';
import type { OutcomeSummary } from '../plan/summarise-outcomes.ts';

/** What became of a change, in a word; undefined where nothing was to do. */
export function outcomeWord({ change, status }: ChangeOutcome): string | undefined {
  switch (status) {
    case 'applied':
      if (change.action === 'create') return 'created';
      if (change.action === 'delete') return 'deleted';
      return change.action === 'update' && change.adopts ? 'adopted' : 'updated';
    case 'unchanged':
      return undefined;
    default:
      return status;
  }
}

/** The counts of an apply in words: `2 created, 1 updated, 9 unchanged`. Zero counts are left out. */
export function outcomeSummaryLine(summary: OutcomeSummary): string {
  const counts: readonly (readonly [number, string])[] = [
    [summary.created, 'created'],
    [summary.updated, 'updated'],
    [summary.deleted, 'deleted'],
    [summary.failed, 'failed'],
    [summary.refused, 'refused'],
    [summary.skipped, 'skipped'],
    [summary.unchanged, 'unchanged'],
    [summary.orphans, 'no longer described'],
    [summary.notOurs, 'not ours'],
  ];
  const { created, updated, deleted, complete } = summary;
  const words = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return (created + updated + deleted === 0 && complete ? ['no changes', ...words] : words).join(', ');
}
