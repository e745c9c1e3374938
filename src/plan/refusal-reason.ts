import type { Change } from './plan.ts';

/** Why a change of the plan will be refused, and what the user can do about it; undefined if it will not be. */
export function refusalReason(change: Change): string | undefined {
  if (change.action === 'blocked') return change.reason;
  if (change.action !== 'not-ours' || change.detection === undefined) return undefined;
  return change.owner === undefined
    ? 'the workspace has one of this name that this repository did not make; adopt it with --adopt, or give the detection another id'
    : `the workspace has one of this name that belongs to the owner "${change.owner}"; give the detection another id, or remove it in the repository of that owner`;
}
