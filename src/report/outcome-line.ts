import type { Change, ChangeOutcome } from '../plan/plan.ts';
import type { OutcomeSummary } from '../plan/summarise-outcomes.ts';

/** What became of a change, in a word; undefined where nothing was to do. */
export function outcomeWord({ change, status }: ChangeOutcome): string | undefined {
  switch (status) {
    case 'applied':
      return appliedWord(change);
    case 'unchanged':
      return undefined;
    default:
      return status;
  }
}

function appliedWord(change: Change): string {
  switch (change.action) {
    case 'create':
      return 'created';
    case 'update':
      return change.adopts ? 'adopted' : 'updated';
    case 'replace':
      return 'replaced';
    case 'disable':
      return 'disabled';
    case 'delete':
      return 'deleted';
    case 'forget':
      return 'forgotten';
    case 'no-op':
    case 'not-ours':
    case 'blocked':
    case 'held':
    case 'orphan':
      return 'unchanged';
  }
}

/** The counts of an apply in words: `2 created, 1 updated, 9 unchanged`. Zero counts are left out. */
export function outcomeSummaryLine(summary: OutcomeSummary): string {
  const counts: readonly (readonly [number, string])[] = [
    [summary.created, 'created'],
    [summary.updated, 'updated'],
    [summary.replaced, 'replaced'],
    [summary.disabled, 'disabled'],
    [summary.deleted, 'deleted'],
    [summary.forgotten, 'forgotten'],
    [summary.unverified, 'unverified'],
    [summary.failed, 'failed'],
    [summary.refused, 'refused'],
    [summary.skipped, 'skipped'],
    [summary.unchanged, 'unchanged'],
    [summary.held, 'held'],
    [summary.orphans, 'no longer wanted'],
    [summary.notOurs, 'not ours'],
  ];
  const words = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return (summary.applied === 0 && summary.complete ? ['no changes', ...words] : words).join(', ');
}
