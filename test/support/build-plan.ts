import type { JsonObject } from '../../src/core/json.ts';
import type {
  Blocked,
  Change,
  Create,
  Delete,
  Disable,
  Forget,
  Held,
  MetadataWrite,
  NoOp,
  NotOurs,
  Orphan,
  Plan,
  Replace,
  Update,
} from '../../src/plan/plan.ts';
import { buildMetadata, toResourceId } from '../../src/sentinel/metadata.ts';
import { fakeWorkspaceId } from './fake-content-store.ts';

const detection = { id: 'd1', file: 'detections/execution/d1.yaml', version: '1.0.0' };
const body: JsonObject = { kind: 'Scheduled', properties: { displayName: 'Any', severity: 'Low' } };

/** A plan for staging of these changes. */
export function buildPlan(changes: readonly Change[]): Plan {
  return {
    formatVersion: 2,
    environment: 'staging',
    workspaceId: fakeWorkspaceId,
    owner: 'contoso-soc',
    changes,
    warnings: [],
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
  detection: { id: 'd7', file: '' },
  reason: 'not-described',
  edited: ['/properties/severity'],
};
const replacement: Replace = {
  ...base,
  action: 'replace',
  name: 'd8-2',
  displayName: 'Replaced detection',
  body: { kind: 'NRT', properties: { displayName: 'Replaced detection' } },
  metadata: buildMetadataWrite('d8-2'),
  basis: {},
  fields: [{ pointer: '/kind', cause: 'pending', live: 'Scheduled', desired: 'NRT' }],
  replaces: {
    name: 'd8',
    etag: '"8"',
    basis: { resource: 'r', metadata: 'm' },
    metadata: { name: 'kustodian-alertRule-d8' },
    disabledBody: { kind: 'Scheduled', properties: { displayName: 'Replaced detection', enabled: false } },
    edited: [],
    pointedAtBy: [{ type: 'automation-rule', name: 'a1', displayName: 'Assign to the night shift' }],
  },
};
const disabling: Disable = {
  action: 'disable',
  kind: 'alertRule',
  name: 'd9',
  displayName: 'Retired detection',
  detection: { id: 'd9', file: 'detections/execution/d9.yaml' },
  reason: 'not-selected',
  body: { kind: 'Scheduled', properties: { displayName: 'Retired detection', enabled: false } },
  etag: '"9"',
  metadata: buildMetadataWrite('d9'),
  basis: { resource: 'r', metadata: 'm' },
  fields: [{ pointer: '/properties/enabled', live: true, desired: false }],
  edited: [],
};
const forgetting: Forget = {
  action: 'forget',
  kind: 'alertRule',
  name: 'd10',
  displayName: 'd10',
  detection: { id: 'd10', file: '' },
  metadata: { name: 'kustodian-alertRule-d10' },
  basis: { metadata: 'm' },
};
const held: Held = {
  ...base,
  action: 'held',
  name: 'd11',
  displayName: 'Held detection',
  wouldBe: 'update',
  by: 'hold',
  reason: 'floods the queue',
  until: '2026-12-01T00:00:00.000Z',
  heldBy: 'configuration',
  fields: [{ pointer: '/properties/enabled', cause: 'drift', live: false, desired: true }],
};
const leftOff: Held = {
  ...base,
  action: 'held',
  name: 'd12',
  displayName: 'Auto-disabled detection',
  wouldBe: 'update',
  by: 'auto-disabled',
  reason: 'the service switched it off',
  fields: [{ pointer: '/properties/enabled', cause: 'drift', live: false, desired: true }],
};
const orphan: Orphan = {
  action: 'orphan',
  kind: 'savedSearch',
  name: 'd6',
  displayName: 'Orphan',
  detection: { id: 'd6', file: '' },
  reason: 'not-described',
  isDisabled: false,
};
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
  replace: replacement,
  disable: disabling,
  delete: deletion,
  forget: forgetting,
  held,
  leftOff,
  noOp,
  collision,
  blocked,
  orphan,
  notOurs,
};
