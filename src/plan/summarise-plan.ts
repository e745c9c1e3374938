import type { Change, Plan, WriteChange } from './plan.ts';

/** How many changes of each sort a plan holds. */
export interface PlanSummary {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  /** Everything that writes: creates, updates and deletes. */
  readonly writes: number;
  /** How many undo what somebody did in the workspace: an edit, or a deletion. */
  readonly drifted: number;
  readonly unchanged: number;
  /** Described here, but in the workspace and not ours. */
  readonly collisions: number;
  readonly blocked: number;
  /** Ours, but no longer described. */
  readonly orphans: number;
  /** In the workspace only. */
  readonly notOurs: number;
}

/** Counts a plan's changes. A plan has something to apply if `writes > 0`; `collisions + blocked` will be refused. */
export function summarisePlan(plan: Plan): PlanSummary {
  const count = (predicate: (change: Change) => boolean) => plan.changes.filter(predicate).length;
  return {
    create: count((change) => change.action === 'create'),
    update: count((change) => change.action === 'update'),
    delete: count((change) => change.action === 'delete'),
    writes: count(isWrite),
    drifted: count(isDrifted),
    unchanged: count((change) => change.action === 'no-op'),
    collisions: count((change) => change.action === 'not-ours' && change.detection !== undefined),
    blocked: count((change) => change.action === 'blocked'),
    orphans: count((change) => change.action === 'orphan'),
    notOurs: count((change) => change.action === 'not-ours' && change.detection === undefined),
  };
}

/** True if a change writes to the workspace. */
export function isWrite(change: Change): change is WriteChange {
  return change.action === 'create' || change.action === 'update' || change.action === 'delete';
}

/** True if a change undoes what somebody did in the workspace: an edit, or a deletion. */
export function isDrifted(change: Change): boolean {
  switch (change.action) {
    case 'create':
      return change.isMissing;
    case 'update':
    case 'blocked':
      return change.fields.some(({ cause }) => cause === 'drift' || cause === 'conflict');
    case 'delete':
      return change.edited.length > 0;
    case 'no-op':
    case 'not-ours':
    case 'orphan':
      return false;
  }
}
