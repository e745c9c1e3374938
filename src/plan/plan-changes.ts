import { compareText } from '../core/diagnostic.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';
import { buildMetadata, metadataName, toResourceId } from '../sentinel/metadata.ts';
import type { LiveResource, Metadata } from '../sentinel/resource.ts';
import { announcedState, announceWrite, formatAppliedState, hashFields } from './applied-state.ts';
import { attributeFields, editedFields } from './attribute-fields.ts';
import { createBasisReader, type BasisReader } from './basis.ts';
import { canonicalForm } from './canonical-form.ts';
import { diffFields } from './diff-fields.ts';
import type { LiveWorkspace } from './live-workspace.ts';
import {
  appliedFieldsOf,
  contentIdOf,
  findOwnMetadata,
  saysTheSame,
  sourceIdOf,
  toIdKey,
} from './metadata.ts';
import type { Change, DesiredResource, FieldDiff, ManagedKind, MetadataWrite, Plan } from './plan.ts';

/** What a plan is made of. */
export interface PlanInput {
  readonly environment: string;
  /** ARM id of the workspace that `live` was read from. */
  readonly workspaceId: string;
  /** The owner id of kustodian.yaml. */
  readonly owner: string;
  readonly desired: readonly DesiredResource[];
  readonly live: LiveWorkspace;
  /** Take over resources that are described here but are not ours. */
  readonly adopt?: boolean;
  /** Delete what is ours but no longer described, instead of listing it. */
  readonly prune?: boolean;
  /** The commit that `desired` comes from, to be kept with what is applied. On its own it is no reason to write. */
  readonly commit?: string;
}

/**
 * Compares what the repository describes with what the workspace holds. Resources that nobody describes are listed: alert
 * rules of any kind, and saved searches that are hunting queries or ours. With `prune`, those that are ours are deleted.
 *
 * @throws ToolError `content-invalid` if two detections describe the same resource
 */
export function planChanges(input: PlanInput): Plan {
  const workspace = indexWorkspace(input);
  const described = new Set<string>();
  const desired = input.desired.map((resource) => ({ ...resource, name: locate(resource, workspace) }));
  const changes = desired.map((resource) => {
    const key = toKey(resource.kind, resource.name);
    if (described.has(key)) throw describedTwice(resource, desired);
    described.add(key);
    return planDescribed(resource, workspace, input);
  });
  for (const [key, { kind, live }] of workspace.resources) {
    if (!described.has(key)) changes.push(...planUndescribed(kind, live, workspace, input));
  }
  return {
    formatVersion: 1,
    environment: input.environment,
    workspaceId: input.workspaceId,
    owner: input.owner,
    changes: changes.sort((a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name)),
  };
}

interface IndexedWorkspace {
  readonly resources: ReadonlyMap<string, { readonly kind: ManagedKind; readonly live: LiveResource }>;
  /** By `toIdKey` of the resource that each describes. */
  readonly ownMetadata: ReadonlyMap<string, LiveResource>;
  readonly metadataByName: ReadonlyMap<string, LiveResource>;
  readonly readBasis: BasisReader;
  /** Names of the live resources that our metadata marks, by kind and id of the detection. */
  readonly ownNames: ReadonlyMap<string, readonly string[]>;
}

function indexWorkspace({ live, owner, workspaceId }: PlanInput): IndexedWorkspace {
  const ofKind = (kind: ManagedKind, resources: readonly LiveResource[]) =>
    resources.map((resource) => [toKey(kind, resource.name), { kind, live: resource }] as const);
  const resources = new Map([
    ...ofKind('alertRule', live.alertRules),
    ...ofKind('savedSearch', live.savedSearches),
  ]);
  const ownMetadata = findOwnMetadata(live.metadata, owner);
  const ownNames = new Map<string, string[]>();
  for (const { kind, live: resource } of resources.values()) {
    const own = ownMetadata.get(toIdKey(toResourceId(workspaceId, kind, resource.name)));
    const id = own === undefined ? undefined : contentIdOf(own);
    if (id === undefined) continue;
    const key = toKey(kind, id);
    ownNames.set(key, [...(ownNames.get(key) ?? []), resource.name].sort(compareText));
  }
  return {
    resources,
    ownMetadata,
    metadataByName: new Map(live.metadata.map((resource) => [resource.name.toLowerCase(), resource])),
    ownNames,
    readBasis: createBasisReader(live),
  };
}

/**
 * The name of a detection's resource: the one that our metadata gives, since a resource may have got another name than the
 * detection asks for; else the name asked for, in the workspace's casing.
 */
function locate({ kind, name, detection }: DesiredResource, workspace: IndexedWorkspace): string {
  const ownNames = workspace.ownNames.get(toKey(kind, detection.id)) ?? [];
  const live = workspace.resources.get(toKey(kind, name))?.live;
  if (live !== undefined && (ownNames.length === 0 || ownNames.includes(live.name))) return live.name;
  return ownNames[0] ?? name;
}

/** Resource names are equal whatever their case. */
function toKey(kind: ManagedKind, name: string): string {
  return `${kind}/${name.toLowerCase()}`;
}

function planDescribed(resource: DesiredResource, workspace: IndexedWorkspace, input: PlanInput): Change {
  const { kind, name, displayName, detection } = resource;
  const live = workspace.resources.get(toKey(kind, name))?.live;
  const body = { ...resource.body } as JsonObject;
  const base = { kind, name, displayName, detection };
  const own = workspace.ownMetadata.get(toIdKey(toResourceId(input.workspaceId, kind, name)));
  const fields = live === undefined ? [] : compareFields(kind, live, body, own);
  if (live !== undefined && own === undefined && input.adopt !== true) {
    return { ...base, action: 'not-ours', fields };
  }
  if (live !== undefined && own !== undefined && fields.length === 0) return { ...base, action: 'no-op' };
  if (live !== undefined && live.body['kind'] !== body['kind'] && kind === 'alertRule') {
    return { ...base, action: 'blocked', reason: kindChangeReason(live, body), fields };
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

type MetadataPlan =
  | { readonly type: 'write'; readonly write: MetadataWrite }
  | { readonly type: 'taken'; readonly reason: string };

function planMetadata(
  { kind, name, detection, body }: DesiredResource,
  live: LiveResource | undefined,
  own: LiveResource | undefined,
  workspace: IndexedWorkspace,
  { owner, workspaceId, commit }: PlanInput,
): MetadataPlan {
  const ourName = metadataName(kind, name);
  const current = own ?? workspace.metadataByName.get(ourName.toLowerCase());
  if (current !== undefined && sourceIdOf(current) !== owner) {
    return { type: 'taken', reason: metadataTakenReason(current, owner) };
  }
  const fields = announceWrite(
    own === undefined ? undefined : appliedFieldsOf(own, live),
    live === undefined ? undefined : hashFields(kind, live.body),
    hashFields(kind, { ...body } as JsonObject),
  );
  const parentId = toResourceId(workspaceId, kind, name);
  const { properties } = buildMetadata({ owner, kind, parentId, detection });
  const customVersion = formatAppliedState(announcedState(fields, { commit, etag: live?.etag }));
  const metadata: Metadata = { properties: { ...properties, customVersion } };
  const isThere = current !== undefined && saysTheSame(current, metadata);
  return { type: 'write', write: { name: current?.name ?? ourName, body: metadata, isThere } };
}

function planUndescribed(
  kind: ManagedKind,
  live: LiveResource,
  workspace: IndexedWorkspace,
  { workspaceId, prune }: PlanInput,
): Change[] {
  const properties = isJsonObject(live.body['properties']) ? live.body['properties'] : {};
  const { displayName } = properties;
  const base = {
    kind,
    name: live.name,
    displayName: typeof displayName === 'string' ? displayName : live.name,
  };
  const own = workspace.ownMetadata.get(toIdKey(toResourceId(workspaceId, kind, live.name)));
  if (own !== undefined && prune !== true) return [{ ...base, action: 'orphan' }];
  if (own !== undefined) {
    return [
      {
        ...base,
        action: 'delete',
        ...(live.etag === undefined ? {} : { etag: live.etag }),
        basis: workspace.readBasis(kind, live.name, own.name),
        metadata: { name: own.name },
        ...(kind === 'alertRule' ? { disabledBody: disable(live.body) } : {}),
        edited: editedFields(appliedFieldsOf(own, live), hashFields(kind, live.body)),
      },
    ];
  }
  if (kind === 'savedSearch' && !isHuntingQuery(properties)) return [];
  return [{ ...base, action: 'not-ours', fields: [] }];
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

function kindChangeReason(live: LiveResource, desired: JsonObject): string {
  return (
    `its kind is ${JSON.stringify(live.body['kind'])} in the workspace and ${JSON.stringify(desired['kind'])} here, ` +
    'and the service does not change a kind; give the detection a new id, or delete the alert rule in the workspace ' +
    'and deploy again once the service lets its name be used anew (about a day)'
  );
}

function metadataTakenReason(metadata: LiveResource, owner: string): string {
  const source = sourceIdOf(metadata);
  const whose =
    source === undefined ? 'names no repository as its source' : `belongs to the owner "${source}"`;
  return (
    `the metadata resource "${metadata.name}" ${whose}, not to "${owner}"; deploy from that owner's repository, ` +
    'or delete that metadata resource'
  );
}

function describedTwice(resource: DesiredResource, desired: readonly DesiredResource[]): ToolError {
  const key = toKey(resource.kind, resource.name);
  const files = desired
    .filter((other) => toKey(other.kind, other.name) === key)
    .map((other) => `"${other.detection.file}"`);
  return new ToolError(
    'content-invalid',
    `resource name "${resource.name}" is described by ${files.join(' and ')}`,
    { hint: 'give each detection an id of its own' },
  );
}
