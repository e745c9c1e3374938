import { compileSchema } from '../core/json-schema.ts';
import type { JsonObject } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';
import type { DesiredResource, DetectionRef } from '../sentinel/desired-resource.ts';
import { toResourceId } from '../sentinel/metadata.ts';
import type { LiveResource } from '../sentinel/resource.ts';
import type { RememberedHold } from './applied-state.ts';
import { canonicalForm } from './canonical-form.ts';
import type { LiveWorkspace } from './live-workspace.ts';
import { indexWorkspace } from './index-workspace.ts';
import { contentIdOf, toIdKey } from './metadata.ts';
import { planChanges } from './plan-changes.ts';
import { displayNameOf } from './plan-removal.ts';
import type { Change, ManagedKind, Plan, WriteChange } from './plan.ts';
import { isWrite } from './summarise-plan.ts';

/** A resource as it was before an apply. */
export interface SnapshotEntry {
  readonly kind: ManagedKind;
  readonly name: string;
  readonly displayName: string;
  readonly detection: DetectionRef;
  /** What to send to get it back; absent if the workspace did not have it. */
  readonly body?: JsonObject;
}

/** Everything that an apply was about to touch, as it was before. */
export interface Snapshot {
  readonly formatVersion: 1;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly environment: string;
  readonly workspaceId: string;
  readonly owner: string;
  readonly entries: readonly SnapshotEntry[];
}

/** Takes a snapshot of what a plan would touch, from the look at the workspace that it was made from. */
export function takeSnapshot(plan: Plan, live: LiveWorkspace, takenAt: Date): Snapshot {
  const { environment, workspaceId, owner, changes } = plan;
  return {
    formatVersion: 1,
    takenAt: takenAt.toISOString(),
    environment,
    workspaceId,
    owner,
    entries: changes.filter(isWrite).flatMap((change) => toEntries(change, live)),
  };
}

/** A replace touches two resources. Metadata that marks nothing is no loss. */
function toEntries(change: WriteChange, live: LiveWorkspace): readonly SnapshotEntry[] {
  switch (change.action) {
    case 'forget':
      return [];
    case 'replace':
      return [toEntry(change, change.name, live), toEntry(change, change.replaces.name, live)];
    default:
      return [toEntry(change, change.name, live)];
  }
}

function toEntry(
  { kind, detection, ...change }: WriteChange,
  name: string,
  live: LiveWorkspace,
): SnapshotEntry {
  const resource = findByName(resourcesOf(kind, live), name);
  return {
    kind,
    name,
    displayName: resource === undefined ? change.displayName : displayNameOf(resource),
    detection,
    ...(resource === undefined ? {} : { body: canonicalForm(kind, resource.body) }),
  };
}

function resourcesOf(kind: ManagedKind, live: LiveWorkspace): readonly LiveResource[] {
  return kind === 'alertRule' ? live.alertRules : live.savedSearches;
}

function findByName(resources: readonly LiveResource[], name: string): LiveResource | undefined {
  return resources.find((resource) => resource.name.toLowerCase() === name.toLowerCase());
}

/**
 * Plans to bring what a snapshot holds back to what it was, and to delete what was not there. All else is left alone. What was
 * made under another name than the plan said is known by its detection.
 *
 * @param remember a hold that keeps what comes back as it is then
 */
export function planRollback(snapshot: Snapshot, live: LiveWorkspace, remember?: RememberedHold): Plan {
  const { environment, workspaceId, owner, entries } = snapshot;
  const { ownMetadata } = indexWorkspace(live, owner, workspaceId);
  const isTouched = (kind: ManagedKind, name: string) => {
    const own = ownMetadata.get(toIdKey(toResourceId(workspaceId, kind, name)));
    const id = own === undefined ? undefined : contentIdOf(own);
    return entries.some(
      (entry) =>
        entry.kind === kind && (entry.name.toLowerCase() === name.toLowerCase() || entry.detection.id === id),
    );
  };
  // Metadata of ours that marks something else must not look as if it marked nothing.
  const untouched = new Set(
    [...live.alertRules, ...live.savedSearches]
      .filter(({ kind, name }) => !isTouched(kind as ManagedKind, name))
      .map(({ kind, name }) => toIdKey(toResourceId(workspaceId, kind as ManagedKind, name)))
      .flatMap((key) => ownMetadata.get(key)?.name ?? []),
  );
  const plan = planChanges({
    environment,
    workspaceId,
    owner,
    desired: entries.flatMap(toDesired),
    live: {
      alertRules: live.alertRules.filter(({ name }) => isTouched('alertRule', name)),
      savedSearches: live.savedSearches.filter(({ name }) => isTouched('savedSearch', name)),
      metadata: live.metadata.filter(({ name }) => !untouched.has(name)),
    },
    prune: 'delete',
    remember,
  });
  return { ...plan, changes: plan.changes.map((change) => explainRemoval(change, entries)) };
}

/** No detection is looked at, so what goes is not "no longer described": it was not there before. */
function explainRemoval(change: Change, entries: readonly SnapshotEntry[]): Change {
  if (change.action !== 'delete' || change.reason !== 'not-described') return change;
  const entry = entries.find(
    ({ kind, detection }) => kind === change.kind && detection.id === change.detection.id,
  );
  return { ...change, reason: 'rolled-back', detection: entry?.detection ?? change.detection };
}

function toDesired({ body, ...entry }: SnapshotEntry): DesiredResource[] {
  // The service gave this body, so it is one that it takes.
  return body === undefined ? [] : [{ ...entry, body: body as unknown as DesiredResource['body'] }];
}

/**
 * Reads a snapshot.
 *
 * @param file for messages
 * @throws ToolError `state-damaged` if the text is no snapshot of this version
 */
export function parseSnapshot(text: string, file: string): Snapshot {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    data = undefined;
  }
  const [violation] = validate(data);
  if (violation === undefined) return data as Snapshot;
  throw new ToolError(
    'state-damaged',
    `"${file}" is no snapshot: "${violation.pointer}" ${violation.message}`,
    {
      hint: 'snapshots are the files below .kustodian/snapshots',
    },
  );
}

const text = { type: 'string', minLength: 1 } as const;

const validate = compileSchema({
  type: 'object',
  required: ['formatVersion', 'takenAt', 'environment', 'workspaceId', 'owner', 'entries'],
  properties: {
    formatVersion: { const: 1 },
    takenAt: text,
    environment: text,
    workspaceId: text,
    owner: text,
    entries: {
      type: 'array',
      items: {
        type: 'object',
        required: ['kind', 'name', 'displayName', 'detection'],
        properties: {
          kind: { enum: ['alertRule', 'savedSearch'] },
          name: text,
          displayName: { type: 'string' },
          detection: { type: 'object', required: ['id', 'file'] },
          body: { type: 'object', required: ['properties'] },
        },
      },
    },
  },
});
