import { isJsonObject, type JsonObject } from '../core/json.ts';
import { toResourceId } from '../sentinel/metadata.ts';
import type { LiveResource } from '../sentinel/resource.ts';
import { announceDisabling, hashFields, type RememberedHold } from './applied-state.ts';
import { editedFields } from './attribute-fields.ts';
import { canonicalForm } from './canonical-form.ts';
import { diffFields } from './diff-fields.ts';
import { holdChange } from './hold-change.ts';
import type { IndexedWorkspace } from './index-workspace.ts';
import { appliedFieldsOf, contentIdOf, parentIdOf, toIdKey, versionOf } from './metadata.ts';
import type { PlanInput } from './plan-input.ts';
import { toWrite, type MetadataContext } from './plan-metadata.ts';
import type { Change, Delete, DetectionRef, Disable, Forget, ManagedKind, Removal } from './plan.ts';

/** A resource that nobody describes: ours, or just there. */
export function planUndescribed(
  kind: ManagedKind,
  live: LiveResource,
  workspace: IndexedWorkspace,
  input: PlanInput,
): Change[] {
  const properties = isJsonObject(live.body['properties']) ? live.body['properties'] : {};
  const base = { kind, name: live.name, displayName: displayNameOf(live) };
  const parentId = toResourceId(input.workspaceId, kind, live.name);
  const own = workspace.ownMetadata.get(toIdKey(parentId));
  if (own === undefined) {
    if (kind === 'savedSearch' && !isHuntingQuery(properties)) return [];
    const owner = workspace.otherOwners.get(toIdKey(parentId));
    return [{ ...base, action: 'not-ours', ...(owner === undefined ? {} : { owner }), fields: [] }];
  }
  const id = contentIdOf(own) ?? live.name;
  const unselected = input.unselected?.find((one) => one.id.toLowerCase() === id.toLowerCase());
  const detection = unselected ?? { id, file: '' };
  const reason = unselected === undefined ? 'not-described' : 'not-selected';
  const isDisabled = kind === 'alertRule' && properties['enabled'] === false;
  const isLeft = input.prune === undefined || (input.prune === 'disable' && isDisabled);
  if (isLeft) return [{ ...base, action: 'orphan', detection, reason, isDisabled }];
  const change =
    input.prune === 'disable' && kind === 'alertRule'
      ? planDisable(live, own, { detection, reason }, workspace, input)
      : planDelete(kind, live, own, { detection, reason }, workspace);
  return [holdChange(change, { live, own }, input)];
}

/** Why a resource of ours goes, and which detection it was made for. */
export type RemovalCause<Reason> = { readonly detection: DetectionRef; readonly reason: Reason };

/** The deletion of a resource of ours. */
export function planDelete(
  kind: ManagedKind,
  live: LiveResource,
  own: LiveResource,
  cause: RemovalCause<Delete['reason']>,
  workspace: IndexedWorkspace,
): Delete {
  const displayName = displayNameOf(live);
  return { action: 'delete', kind, displayName, ...cause, ...toRemoval(kind, live, own, workspace) };
}

/**
 * Switches an alert rule of ours off and touches nothing else of it: an edit that was made in the workspace stays, and stays
 * known as one.
 *
 * @param hold remembered on the workspace, so that the next deploy does not switch it on again
 */
export function planDisable(
  live: LiveResource,
  own: LiveResource,
  { detection, reason }: RemovalCause<Disable['reason']>,
  workspace: IndexedWorkspace,
  context: MetadataContext,
  hold?: RememberedHold,
): Disable {
  const body = disable(live.body);
  const hashes = hashFields('alertRule', live.body);
  const applied = appliedFieldsOf(own, live);
  const version = versionOf(own);
  const marked = { id: detection.id, file: '', ...(version === undefined ? {} : { version }) };
  const { name, etag } = live;
  // Metadata from before there were hashes stays as it is: it cannot remember a part.
  const metadata =
    applied === undefined
      ? { name: own.name, body: own.body as unknown as Disable['metadata']['body'], isThere: true }
      : toWrite({
          kind: 'alertRule',
          name,
          detection: marked,
          fields: announceDisabling(applied, hashes),
          etag,
          current: own,
          context,
          hold,
        });
  return {
    action: 'disable',
    kind: 'alertRule',
    name,
    displayName: displayNameOf(live),
    detection,
    reason,
    body,
    ...(etag === undefined ? {} : { etag }),
    metadata,
    basis: workspace.readBasis('alertRule', name, own.name),
    fields: diffFields('alertRule', live.body, body),
    edited: editedFields(applied, hashes),
  };
}

/** What it takes to delete a resource of ours. */
export function toRemoval(
  kind: ManagedKind,
  live: LiveResource,
  own: LiveResource,
  workspace: IndexedWorkspace,
): Removal {
  return {
    name: live.name,
    ...(live.etag === undefined ? {} : { etag: live.etag }),
    basis: workspace.readBasis(kind, live.name, own.name),
    metadata: { name: own.name },
    ...(kind === 'alertRule' ? { disabledBody: disable(live.body) } : {}),
    edited: editedFields(appliedFieldsOf(own, live), hashFields(kind, live.body)),
  };
}

/** The metadata of ours that marks nothing any more. @param isWanted true for what is to be made again */
export function planForgetting(
  workspace: IndexedWorkspace,
  { workspaceId }: PlanInput,
  isWanted: (kind: ManagedKind, name: string, detectionId: string) => boolean,
): Forget[] {
  const parents = (['alertRule', 'savedSearch'] as const).map(
    (kind) => [kind, toIdKey(toResourceId(workspaceId, kind, ''))] as const,
  );
  return [...workspace.ownMetadata].flatMap(([key, own]): Forget[] => {
    const kind = parents.find(([, parent]) => key.startsWith(`${parent}/`))?.[0];
    if (kind === undefined || workspace.liveIds.has(key)) return [];
    const name = (parentIdOf(own) ?? '').split('/').at(-1) ?? '';
    const id = contentIdOf(own) ?? name;
    if (isWanted(kind, name, id)) return [];
    return [
      {
        action: 'forget',
        kind,
        name,
        displayName: name,
        detection: { id, file: '' },
        metadata: { name: own.name },
        basis: workspace.readBasis(kind, name, own.name),
      },
    ];
  });
}

/** The display name that the workspace shows; the resource name if there is none. */
export function displayNameOf({ name, body }: LiveResource): string {
  const { displayName } = isJsonObject(body['properties']) ? body['properties'] : {};
  return typeof displayName === 'string' ? displayName : name;
}

function disable(body: JsonObject): JsonObject {
  const { properties, ...rest } = canonicalForm('alertRule', body);
  return { ...rest, properties: { ...(isJsonObject(properties) ? properties : {}), enabled: false } };
}

/** A workspace also keeps built-in searches and functions as saved searches: those are nobody's detections. */
function isHuntingQuery({ category, functionAlias }: JsonObject): boolean {
  const isFunction = typeof functionAlias === 'string' && functionAlias !== '';
  return typeof category === 'string' && category.toLowerCase() === 'hunting queries' && !isFunction;
}
