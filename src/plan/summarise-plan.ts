import type { Change, Plan, WriteChange } from './plan.ts';

/** How many changes of each sort a plan holds. */
export interface PlanSummary {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly disable: number;
  readonly delete: number;
  /** Metadata that marks nothing any more and is deleted. */
  readonly forget: number;
  /** Everything that writes. */
  readonly writes: number;
  /** Everything that takes a resource away or out of action: deletes, disables, and what replaces leave behind. */
  readonly removals: number;
  /** How many undo what somebody did in the workspace: an edit, or a deletion. */
  readonly drifted: number;
  readonly unchanged: number;
  /** Described here, but in the workspace and not ours. */
  readonly collisions: number;
  readonly blocked: number;
  /** Left as they are because of a hold. */
  readonly held: number;
  /** Left off, since the service switched them off. */
  readonly leftOff: number;
  /** Ours, but no longer wanted, and left alone. */
  readonly orphans: number;
  /** In the workspace only. */
  readonly notOurs: number;
}

/** Counts a plan's changes. A plan has something to apply if `writes > 0`; `collisions + blocked` will be refused. */
export function summarisePlan(plan: Pick<Plan, 'changes'>): PlanSummary {
  const count = (predicate: (change: Change) => boolean) => plan.changes.filter(predicate).length;
  const having = (wanted: Change['action']) => count(({ action }) => action === wanted);
  return {
    create: having('create'),
    update: having('update'),
    replace: having('replace'),
    disable: having('disable'),
    delete: having('delete'),
    forget: having('forget'),
    writes: count(isWrite),
    removals: count(({ action }) => action === 'delete' || action === 'disable' || action === 'replace'),
    drifted: count(isDrifted),
    unchanged: having('no-op'),
    collisions: count((change) => change.action === 'not-ours' && change.detection !== undefined),
    blocked: having('blocked'),
    held: count((change) => change.action === 'held' && change.by === 'hold'),
    leftOff: count((change) => change.action === 'held' && change.by === 'auto-disabled'),
    orphans: having('orphan'),
    notOurs: count((change) => change.action === 'not-ours' && change.detection === undefined),
  };
}

/** True if a change writes to the workspace. */
export function isWrite(change: Change): change is WriteChange {
  switch (change.action) {
    case 'create':
    case 'update':
    case 'replace':
    case 'disable':
    case 'delete':
    case 'forget':
      return true;
    case 'no-op':
    case 'not-ours':
    case 'blocked':
    case 'held':
    case 'orphan':
      return false;
  }
}

/** True if a change undoes what somebody did in the workspace, or would: an edit, or a deletion. */
export function isDrifted(change: Change): boolean {
  switch (change.action) {
    case 'create':
      return change.isMissing;
    case 'update':
    case 'replace':
    case 'blocked':
    case 'held':
      if (change.action === 'held' && change.isMissing === true) return true;
      return change.fields.some(({ cause }) => cause === 'drift' || cause === 'conflict');
    case 'delete':
    case 'disable':
      return change.edited.length > 0;
    case 'forget':
    case 'no-op':
    case 'not-ours':
    case 'orphan':
      return false;
  }
}
