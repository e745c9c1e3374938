import type { ChangeOutcome } from './plan.ts';

/** How many changes of each sort an apply brought about. */
export interface OutcomeSummary {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly refused: number;
  readonly skipped: number;
  /** Ours, but no longer described; left alone. */
  readonly orphans: number;
  /** In the workspace only; left alone. */
  readonly notOurs: number;
  /** True if everything that the repository describes is now in the workspace as described. */
  readonly complete: boolean;
}

/** Counts what became of a plan's changes. Every outcome is counted once. */
export function summariseOutcomes(outcomes: readonly ChangeOutcome[]): OutcomeSummary {
  const count = (predicate: (outcome: ChangeOutcome) => boolean) => outcomes.filter(predicate).length;
  const failed = count(({ status }) => status === 'failed');
  const refused = count(({ status }) => status === 'refused');
  const skipped = count(({ status }) => status === 'skipped');
  return {
    created: count(({ status, change }) => status === 'applied' && change.action === 'create'),
    updated: count(({ status, change }) => status === 'applied' && change.action === 'update'),
    deleted: count(({ status, change }) => status === 'applied' && change.action === 'delete'),
    unchanged: count(({ change }) => change.action === 'no-op'),
    failed,
    refused,
    skipped,
    orphans: count(({ change }) => change.action === 'orphan'),
    notOurs: count(({ change }) => change.action === 'not-ours' && change.detection === undefined),
    complete: failed + refused + skipped === 0,
  };
}
