import type { ChangeOutcome } from './plan.ts';

/** How many changes of each sort an apply brought about. */
export interface OutcomeSummary {
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly disabled: number;
  readonly deleted: number;
  /** Metadata that marked nothing. */
  readonly forgotten: number;
  /** All of the above: what was written. */
  readonly applied: number;
  readonly unchanged: number;
  /** Written, but shown otherwise at the end. */
  readonly unverified: number;
  readonly failed: number;
  readonly refused: number;
  readonly skipped: number;
  /** Left as they are, by a hold or since the service switched them off. */
  readonly held: number;
  /** Ours, but no longer wanted; left alone. */
  readonly orphans: number;
  /** In the workspace only; left alone. */
  readonly notOurs: number;
  /** True if everything that the repository describes is now in the workspace as described, but for what is held. */
  readonly complete: boolean;
}

/** Counts what became of a plan's changes. Every outcome is counted once. */
export function summariseOutcomes(outcomes: readonly ChangeOutcome[]): OutcomeSummary {
  const count = (predicate: (outcome: ChangeOutcome) => boolean) => outcomes.filter(predicate).length;
  const applied = (action: ChangeOutcome['change']['action']) =>
    count(({ status, change }) => status === 'applied' && change.action === action);
  const unverified = count(({ status }) => status === 'unverified');
  const failed = count(({ status }) => status === 'failed');
  const refused = count(({ status }) => status === 'refused');
  const skipped = count(({ status }) => status === 'skipped');
  return {
    created: applied('create'),
    updated: applied('update'),
    replaced: applied('replace'),
    disabled: applied('disable'),
    deleted: applied('delete'),
    forgotten: applied('forget'),
    applied: count(({ status }) => status === 'applied'),
    unchanged: count(({ change }) => change.action === 'no-op'),
    unverified,
    failed,
    refused,
    skipped,
    held: count(({ change }) => change.action === 'held'),
    orphans: count(({ change }) => change.action === 'orphan'),
    notOurs: count(({ change }) => change.action === 'not-ours' && change.detection === undefined),
    complete: unverified + failed + refused + skipped === 0,
  };
}
