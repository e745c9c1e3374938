import { isJsonObject } from '../core/json.ts';
import type { LiveResource } from '../sentinel/resource.ts';
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
  /** The detection's file. */
  readonly file: string;
  /** Without a cause where it is not known what was applied last; empty for `deleted`. */
  readonly fields: readonly FieldDiff[];
  /** When it was last written, if the workspace says so. */
  readonly changedAt?: string;
  /** By whom, if the workspace says so. */
  readonly changedBy?: string;
}

/**
 * What the service adds to the display name of an alert rule that it disabled. Source:
 * learn.microsoft.com/azure/sentinel/troubleshoot-analytics-rules.
 */
const autoDisabledPrefix = 'AUTO DISABLED';

/** What of a plan undoes what was done in the workspace. What is only pending here is left out. */
export function findDrift(plan: Plan, live: LiveWorkspace): readonly Drift[] {
  return plan.changes.flatMap((change) => toDrift(change, live));
}

function toDrift(change: Change, live: LiveWorkspace): Drift[] {
  const { kind, name, displayName } = change;
  if (change.action === 'create' && change.isMissing) {
    return [{ type: 'deleted', kind, name, displayName, file: change.detection.file, fields: [] }];
  }
  if (change.action !== 'blocked' && (change.action !== 'update' || change.adopts)) return [];
  const fields = change.fields.filter(({ cause }) => cause !== 'pending');
  if (fields.length === 0) return [];
  const type = typeOf(fields);
  const base = { type, kind, name, displayName, file: change.detection.file, fields };
  return [{ ...base, ...lastWrite(findLive(kind, name, live)) }];
}

function typeOf(fields: readonly FieldDiff[]): DriftType {
  const enabled = fields.find(({ pointer }) => pointer === '/properties/enabled');
  if (enabled?.live !== false) return 'edited';
  const displayName = fields.find(({ pointer }) => pointer === '/properties/displayName')?.live;
  const isByService = typeof displayName === 'string' && displayName.startsWith(autoDisabledPrefix);
  return isByService ? 'auto-disabled' : 'disabled';
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
