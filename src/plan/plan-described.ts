import type { JsonObject } from '../core/json.ts';
import { toResourceId } from '../sentinel/metadata.ts';
import type { LiveResource } from '../sentinel/resource.ts';
import { hashFields } from './applied-state.ts';
import { attributeFields } from './attribute-fields.ts';
import { deriveName } from './derive-name.ts';
import { diffFields } from './diff-fields.ts';
import { holdChange } from './hold-change.ts';
import { findLive, type IndexedWorkspace } from './index-workspace.ts';
import { appliedFieldsOf, toIdKey } from './metadata.ts';
import type { PlanInput } from './plan-input.ts';
import { planMetadata } from './plan-metadata.ts';
import { toRemoval } from './plan-removal.ts';
import type { Change, DesiredResource, FieldDiff, ManagedKind } from './plan.ts';

/** What it takes to make one resource as described. `resource.name` is the name that it has, or is to get. */
export function planDescribed(
  resource: DesiredResource,
  workspace: IndexedWorkspace,
  input: PlanInput,
): Change {
  const { kind, name } = resource;
  const live = findLive(workspace, kind, name);
  const own = workspace.ownMetadata.get(toIdKey(toResourceId(input.workspaceId, kind, name)));
  return holdChange(compare(resource, { live, own }, workspace, input), { live, own }, input);
}

interface Subject {
  readonly live: LiveResource | undefined;
  readonly own: LiveResource | undefined;
}

function compare(
  resource: DesiredResource,
  { live, own }: Subject,
  workspace: IndexedWorkspace,
  input: PlanInput,
): Change {
  const { kind, name, displayName, detection } = resource;
  const body = { ...resource.body } as JsonObject;
  const base = { kind, name, displayName, detection };
  const fields = live === undefined ? [] : compareFields(kind, live, body, own);
  if (live !== undefined && own === undefined) {
    const owner = workspace.otherOwners.get(toIdKey(toResourceId(input.workspaceId, kind, name)));
    if (owner !== undefined || input.adopt !== true) {
      return { ...base, action: 'not-ours', ...(owner === undefined ? {} : { owner }), fields };
    }
  }
  if (live !== undefined && own !== undefined && fields.length === 0) return { ...base, action: 'no-op' };
  if (live !== undefined && live.body['kind'] !== body['kind'] && kind === 'alertRule') {
    return own === undefined
      ? { ...base, action: 'blocked', reason: kindChangeReason(live, body), fields }
      : replace(resource, { live, own }, fields, workspace, input);
  }
  const metadata = planMetadata(resource, live, own, workspace, input);
  if (metadata.type === 'taken') return { ...base, action: 'blocked', reason: metadata.reason, fields };
  const basis = workspace.readBasis(kind, name, metadata.write.name);
  const write = { body, metadata: metadata.write, basis };
  if (live === undefined) return { ...base, action: 'create', ...write, isMissing: own !== undefined };
  return {
    ...base,
    action: 'update',
    ...write,
    ...(live.etag === undefined ? {} : { etag: live.etag }),
    fields,
    adopts: own === undefined,
  };
}

/** Under a name of its own: the service changes no kind, and keeps the name of what was deleted back for a day. */
function replace(
  resource: DesiredResource,
  { live, own }: { readonly live: LiveResource; readonly own: LiveResource },
  fields: readonly FieldDiff[],
  workspace: IndexedWorkspace,
  input: PlanInput,
): Change {
  const { kind, displayName, detection } = resource;
  let name = deriveName(live.name);
  while (findLive(workspace, kind, name) !== undefined) name = deriveName(name);
  const marker = workspace.ownMetadata.get(toIdKey(toResourceId(input.workspaceId, kind, name)));
  const metadata = planMetadata({ ...resource, name }, undefined, marker, workspace, input);
  if (metadata.type === 'taken') {
    const { reason } = metadata;
    return { action: 'blocked', kind, name: live.name, displayName, detection, reason, fields };
  }
  return {
    action: 'replace',
    kind,
    name,
    displayName,
    detection,
    body: { ...resource.body } as JsonObject,
    metadata: metadata.write,
    basis: workspace.readBasis(kind, name, metadata.write.name),
    fields,
    replaces: toRemoval(kind, live, own, workspace),
  };
}

/** The differences that a write would remove, and who made them. */
function compareFields(
  kind: ManagedKind,
  live: LiveResource,
  body: JsonObject,
  own: LiveResource | undefined,
): readonly FieldDiff[] {
  const fields = diffFields(kind, live.body, body);
  if (own === undefined || fields.length === 0) return fields;
  return attributeFields(
    fields,
    appliedFieldsOf(own, live),
    hashFields(kind, live.body),
    hashFields(kind, body),
  );
}

function kindChangeReason(live: LiveResource, desired: JsonObject): string {
  return (
    `its kind is ${JSON.stringify(live.body['kind'])} in the workspace and ${JSON.stringify(desired['kind'])} here, ` +
    'and it is not ours to replace; give the detection a new id, or delete the alert rule in the workspace'
  );
}
