import { compareText } from '../core/diagnostic.ts';
import { toResourceId } from '../sentinel/metadata.ts';
import type { LiveResource } from '../sentinel/resource.ts';
import { createBasisReader, type BasisReader } from './basis.ts';
import type { LiveWorkspace } from './live-workspace.ts';
import { contentIdOf, findOtherOwners, findOwnMetadata, toIdKey } from './metadata.ts';
import type { DesiredResource, ManagedKind } from './plan.ts';

/** A look at a workspace, made ready for the questions that a plan asks of it. */
export interface IndexedWorkspace {
  /** Live resources by `resourceKey`. */
  readonly resources: ReadonlyMap<string, { readonly kind: ManagedKind; readonly live: LiveResource }>;
  /** By `toIdKey` of the resource that each describes, live or not. */
  readonly ownMetadata: ReadonlyMap<string, LiveResource>;
  readonly metadataByName: ReadonlyMap<string, LiveResource>;
  /** Other owners that keep a resource with this tool, by its `toIdKey`. */
  readonly otherOwners: ReadonlyMap<string, string>;
  readonly readBasis: BasisReader;
  /** `toIdKey`s of the live resources. */
  readonly liveIds: ReadonlySet<string>;
  /** Names of the live resources that our metadata marks, by kind and id of the detection. */
  readonly ownNames: ReadonlyMap<string, readonly string[]>;
}

/** @param owner the owner id of kustodian.yaml, which says what is ours */
export function indexWorkspace(live: LiveWorkspace, owner: string, workspaceId: string): IndexedWorkspace {
  const ofKind = (kind: ManagedKind, resources: readonly LiveResource[]) =>
    resources.map((resource) => [resourceKey(kind, resource.name), { kind, live: resource }] as const);
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
    const key = resourceKey(kind, id);
    ownNames.set(key, [...(ownNames.get(key) ?? []), resource.name].sort(compareText));
  }
  return {
    resources,
    ownMetadata,
    metadataByName: new Map(live.metadata.map((resource) => [resource.name.toLowerCase(), resource])),
    otherOwners: findOtherOwners(live.metadata, owner),
    ownNames,
    readBasis: createBasisReader(live),
    liveIds: new Set(
      [...resources.values()].map(({ kind, live: resource }) =>
        toIdKey(toResourceId(workspaceId, kind, resource.name)),
      ),
    ),
  };
}

/** Resource names are equal whatever their case. */
export function resourceKey(kind: ManagedKind, name: string): string {
  return `${kind}/${name.toLowerCase()}`;
}

/** The live resource of a name. */
export function findLive(
  workspace: IndexedWorkspace,
  kind: ManagedKind,
  name: string,
): LiveResource | undefined {
  return workspace.resources.get(resourceKey(kind, name))?.live;
}

/**
 * The names of a detection's resources: first the one that the detection is kept in, then those that it has left behind.
 * Our metadata gives them, since a resource may have got another name than the detection asks for; without any, it is the
 * name asked for, in the workspace's casing. After a replace that was cut short there are two: the one of the right kind counts.
 */
export function locate(
  { kind, name, detection, body }: DesiredResource,
  workspace: IndexedWorkspace,
): readonly [string, ...string[]] {
  const ownNames = workspace.ownNames.get(resourceKey(kind, detection.id)) ?? [];
  const asked = findLive(workspace, kind, name)?.name;
  const wantedKind = 'kind' in body ? body.kind : undefined;
  const fits = (own: string) => findLive(workspace, kind, own)?.body['kind'] === wantedKind;
  const ranked = [...ownNames].sort(
    (a, b) =>
      Number(kind === 'alertRule' && fits(b)) - Number(kind === 'alertRule' && fits(a)) ||
      Number(b === asked) - Number(a === asked),
  );
  const [first, ...rest] = ranked;
  return first === undefined ? [asked ?? name] : [first, ...rest];
}
