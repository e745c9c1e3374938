import { isJsonObject } from '../core/json.ts';
import type { LiveResource } from '../sentinel/resource.ts';
import { isAutoDisabledName } from './auto-disabled.ts';
import type { LiveWorkspace } from './live-workspace.ts';
import type { Change, FieldDiff, ManagedKind, Plan } from './plan.ts';

/**
 * What somebody did to a resource of ours: `edited`; `disabled`, whatever else was edited; `auto-disabled`, by the service after
 * failures; or `deleted` (or never made, by a run that stopped after its metadata).
 */
export type DriftType = 'edited' | 'disabled' | 'auto-disabled' | 'deleted';

/** A resource that is no longer as we left it. */
export interface Drift {
  readonly type: DriftType;
  readonly kind: ManagedKind;
  readonly name: string;
  readonly displayName: string;
  /** The detection's id. */
  readonly detection: string;
  /** The detection's file. */
  readonly file: string;
  /** Without a cause where it is not known what was applied last; empty for `deleted`. */
  readonly fields: readonly FieldDiff[];
  /** When it was last written, if the workspace says so. */
  readonly changedAt?: string;
  /** By whom, if the workspace says so. */
  readonly changedBy?: string;
  /** Somebody knows of it, for a time. */
  readonly acknowledged?: { readonly reason: string; readonly until: string };
}

/** What of a plan undoes what was done in the workspace. What is only pending here is left out. */
export function findDrift(plan: Plan, live: LiveWorkspace): readonly Drift[] {
  return plan.changes.flatMap((change) => toDrift(change, live));
}

function toDrift(change: Change, live: LiveWorkspace): Drift[] {
  const { kind, displayName } = change;
  if ((change.action === 'create' || change.action === 'held') && change.isMissing === true) {
    const { name, detection } = change;
    const { id, file } = detection;
    const base = { type: 'deleted' as const, kind, name, displayName, detection: id, file, fields: [] };
    return [{ ...base, ...knownByHold(change) }];
  }
  const name = change.action === 'replace' ? change.replaces.name : change.name;
  const fields = driftedFields(change);
  if (fields.length === 0) return [];
  if (change.detection === undefined) return [];
  const { id, file } = change.detection;
  const base = { type: typeOf(fields), kind, name, displayName, detection: id, file, fields };
  return [{ ...base, ...lastWrite(findLive(kind, name, live)), ...knownByHold(change) }];
}

/** Whoever holds an alert rule as it is knows how it is. */
function knownByHold(change: Change): Pick<Drift, 'acknowledged'> {
  if (change.action !== 'held' || change.by !== 'hold' || change.until === undefined) return {};
  return { acknowledged: { reason: change.reason, until: change.until } };
}

/** The fields that were not changed here alone, of what is ours and described. */
function driftedFields(change: Change): readonly FieldDiff[] {
  switch (change.action) {
    case 'update':
      return change.adopts ? [] : change.fields.filter(isNotPending);
    case 'replace':
    case 'blocked':
      return change.fields.filter(isNotPending);
    case 'held':
      return change.wouldBe === 'update' || change.wouldBe === 'replace'
        ? change.fields.filter(isNotPending)
        : [];
    case 'create':
    case 'disable':
    case 'delete':
    case 'forget':
    case 'no-op':
    case 'not-ours':
    case 'orphan':
      return [];
  }
}

function isNotPending({ pointer, cause }: FieldDiff): boolean {
  return cause !== 'pending' && pointer !== '/kind';
}

function typeOf(fields: readonly FieldDiff[]): DriftType {
  const enabled = fields.find(({ pointer }) => pointer === '/properties/enabled');
  if (enabled?.live !== false) return 'edited';
  const displayName = fields.find(({ pointer }) => pointer === '/properties/displayName')?.live;
  return isAutoDisabledName(displayName) ? 'auto-disabled' : 'disabled';
}

function findLive(kind: ManagedKind, name: string, live: LiveWorkspace): LiveResource | undefined {
  const resources = kind === 'alertRule' ? live.alertRules : live.savedSearches;
  return resources.find((resource) => resource.name === name);
}

function lastWrite(resource: LiveResource | undefined): Pick<Drift, 'changedAt' | 'changedBy'> {
  const { properties, systemData } = resource?.body ?? {};
  const changedAt = isJsonObject(properties) ? properties['lastModifiedUtc'] : undefined;
  const changedBy = isJsonObject(systemData) ? systemData['lastModifiedBy'] : undefined;
  return {
    ...(typeof changedAt === 'string' ? { changedAt } : {}),
    ...(typeof changedBy === 'string' ? { changedBy } : {}),
  };
}
