import { compileSchema } from '../core/json-schema.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';
import type { DesiredResource, DetectionRef } from '../sentinel/desired-resource.ts';
import type { LiveResource } from '../sentinel/resource.ts';
import { canonicalForm } from './canonical-form.ts';
import type { LiveWorkspace } from './live-workspace.ts';
import { contentIdOf } from './metadata.ts';
import { planChanges } from './plan-changes.ts';
import type { ManagedKind, Plan, WriteChange } from './plan.ts';
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
    entries: changes.filter(isWrite).map((change) => toEntry(change, live)),
  };
}

function toEntry(change: WriteChange, live: LiveWorkspace): SnapshotEntry {
  const { kind, name } = change;
  const resource = findByName(resourcesOf(kind, live), name);
  const properties = resource?.body['properties'];
  const displayName = isJsonObject(properties) ? properties['displayName'] : undefined;
  return {
    kind,
    name,
    displayName: typeof displayName === 'string' ? displayName : change.displayName,
    detection: change.action === 'delete' ? detectionOf(change, live) : change.detection,
    ...(resource === undefined ? {} : { body: canonicalForm(kind, resource.body) }),
  };
}

/** A resource that is no longer described has no file, but its metadata still names its detection. */
function detectionOf({ name, metadata }: WriteChange, live: LiveWorkspace): DetectionRef {
  const own = findByName(live.metadata, metadata.name);
  return { id: (own === undefined ? undefined : contentIdOf(own)) ?? name, file: '' };
}

function resourcesOf(kind: ManagedKind, live: LiveWorkspace): readonly LiveResource[] {
  return kind === 'alertRule' ? live.alertRules : live.savedSearches;
}

function findByName(resources: readonly LiveResource[], name: string): LiveResource | undefined {
  return resources.find((resource) => resource.name.toLowerCase() === name.toLowerCase());
}

/** Plans to bring what a snapshot holds back to what it was, and to delete what was not there. All else is left alone. */
export function planRollback(snapshot: Snapshot, live: LiveWorkspace): Plan {
  const { environment, workspaceId, owner, entries } = snapshot;
  const isTouched = (kind: ManagedKind, name: string) =>
    entries.some((entry) => entry.kind === kind && entry.name.toLowerCase() === name.toLowerCase());
  return planChanges({
    environment,
    workspaceId,
    owner,
    desired: entries.flatMap(toDesired),
    live: {
      alertRules: live.alertRules.filter(({ name }) => isTouched('alertRule', name)),
      savedSearches: live.savedSearches.filter(({ name }) => isTouched('savedSearch', name)),
      metadata: live.metadata,
    },
    prune: true,
  });
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
