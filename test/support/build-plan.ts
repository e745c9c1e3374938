import type { JsonObject } from '../../src/core/json.ts';
import type {
  Blocked,
  Change,
  Create,
  Delete,
  MetadataWrite,
  NoOp,
  NotOurs,
  Orphan,
  Plan,
  Update,
} from '../../src/plan/plan.ts';
import { buildMetadata, toResourceId } from '../../src/sentinel/metadata.ts';
import { fakeWorkspaceId } from './fake-content-store.ts';

const detection = { id: 'd1', file: 'detections/execution/d1.yaml', version: '1.0.0' };
const body: JsonObject = { kind: 'Scheduled', properties: { displayName: 'Any', severity: 'Low' } };

/** A plan for staging of these changes. */
export function buildPlan(changes: readonly Change[]): Plan {
  return {
    formatVersion: 1,
    environment: 'staging',
    workspaceId: fakeWorkspaceId,
    owner: 'contoso-soc',
    changes,
  };
}

function buildMetadataWrite(name: string): MetadataWrite {
  const parentId = toResourceId(fakeWorkspaceId, 'alertRule', name);
  const body = buildMetadata({ owner: 'contoso-soc', kind: 'alertRule', parentId, detection });
  return { name: `kustodian-alertRule-${name}`, body, isThere: false };
}

export function buildCreate(properties: Partial<Create> = {}): Create {
  const name = 'd1';
  return {
    action: 'create',
    kind: 'alertRule',
    name,
    displayName: 'New detection',
    detection,
    body,
    metadata: buildMetadataWrite(name),
    basis: {},
    isMissing: false,
    ...properties,
  };
}

export function buildUpdate(properties: Partial<Update> = {}): Update {
  return {
    action: 'update',
    kind: 'alertRule',
    name: 'd2',
    displayName: 'Changed detection',
    detection: { ...detection, id: 'd2', file: 'detections/execution/d2.yaml' },
    body,
    etag: '"1"',
    metadata: buildMetadataWrite('d2'),
    basis: { resource: 'r', metadata: 'm' },
    fields: [{ pointer: '/properties/severity', live: 'High', desired: 'Low' }],
    adopts: false,
    ...properties,
  };
}

const base = { kind: 'alertRule', detection } as const;
const noOp: NoOp = { ...base, action: 'no-op', name: 'd3', displayName: 'Unchanged detection' };
const collision: NotOurs = {
  ...base,
  action: 'not-ours',
  name: 'd4',
  displayName: 'Colliding detection',
  fields: [{ pointer: '/properties/enabled', live: false, desired: true }],
};
const blocked: Blocked = {
  ...base,
  action: 'blocked',
  name: 'd5',
  displayName: 'Blocked detection',
  reason: 'its kind changed',
  fields: [{ pointer: '/kind', live: 'Scheduled', desired: 'NRT' }],
};
const deletion: Delete = {
  action: 'delete',
  kind: 'alertRule',
  name: 'd7',
  displayName: 'Removed detection',
  etag: '"7"',
  basis: { resource: 'r', metadata: 'm' },
  metadata: { name: 'kustodian-alertRule-d7' },
  disabledBody: { kind: 'Scheduled', properties: { displayName: 'Removed detection', enabled: false } },
  edited: ['/properties/severity'],
};
const orphan: Orphan = { action: 'orphan', kind: 'savedSearch', name: 'd6', displayName: 'Orphan' };
const notOurs: NotOurs = {
  action: 'not-ours',
  kind: 'alertRule',
  name: 'BuiltInFusion',
  displayName: 'Fusion',
  fields: [],
};

/** One change of each sort. */
export const allChanges = {
  create: buildCreate(),
  update: buildUpdate(),
  delete: deletion,
  noOp,
  collision,
  blocked,
  orphan,
  notOurs,
};
