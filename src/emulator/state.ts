import type { JsonObject, JsonValue } from '../core/json.ts';

/** Collections of a workspace. Children (actions, watchlist items) are named `parent/child`. */
export const collectionNames = [
  'alertRules',
  'actions',
  'automationRules',
  'metadata',
  'savedSearches',
  'tables',
  'watchlists',
  'watchlistItems',
] as const;
export type CollectionName = (typeof collectionNames)[number];

/** Who writes: shown in the `systemData` of resources. */
export interface Principal {
  /** Client id or user principal name. */
  readonly name: string;
  readonly type: 'Application' | 'User';
  readonly objectId: string;
  readonly tenantId: string;
}

/** A resource as it is kept: what every api-version's answer is made from. */
export interface StoredResource {
  readonly name: string;
  /** Whole ARM id, as the resource's own kind casts it. */
  readonly id: string;
  readonly kind?: string;
  readonly etag?: string;
  readonly createdAt: string;
  readonly lastModifiedAt: string;
  readonly createdBy: Principal;
  readonly lastModifiedBy: Principal;
  readonly properties: JsonObject;
}

/** A workspace and all that is in it. Keys of the maps are lower-case names; their order is that of creation. */
export interface Workspace {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  /** The workspace's own GUID, which error messages of the service name. */
  readonly customerId: string;
  readonly location: string;
  readonly createdAt: string;
  /** When Microsoft Sentinel was enabled on it; undefined if it is not. */
  onboardedAt: string | undefined;
  readonly collections: Readonly<Record<CollectionName, Map<string, StoredResource>>>;
  /** When alert rules were deleted, by lower-case name. */
  readonly deletedAlertRules: Map<string, string>;
}

/** A deployment of a template that has run. */
export interface Deployment {
  readonly id: string;
  readonly time: string;
  /** One a resource that was tried. */
  readonly steps: readonly DeploymentStep[];
}

/** The answer to the write of one resource; its body only if it failed. */
export interface DeploymentStep {
  readonly id: string;
  readonly status: number;
  readonly body: JsonValue;
}

/** Everything that the emulator keeps. */
export interface State {
  /** Counts writes, over restarts too. */
  sequence: number;
  /** By `workspaceKey`. */
  readonly workspaces: Map<string, Workspace>;
  /** Long-running operations by id. They are not kept over restarts. */
  readonly operations: Map<string, { readonly startTime: string; readonly endTime: string }>;
  /** By subscription, resource group and name. They are not kept over restarts either. */
  readonly deployments: Map<string, Deployment>;
}

/** A state as plain JSON, as it is written to a file. */
export interface Snapshot {
  readonly formatVersion: 1;
  readonly sequence: number;
  readonly workspaces: readonly WorkspaceSnapshot[];
}

/** A workspace as plain JSON. Empty collections are left out. */
export interface WorkspaceSnapshot extends Pick<
  Workspace,
  'subscriptionId' | 'resourceGroup' | 'name' | 'customerId' | 'location' | 'createdAt'
> {
  readonly onboardedAt?: string;
  readonly collections: Readonly<Partial<Record<CollectionName, readonly StoredResource[]>>>;
  readonly deletedAlertRules?: Readonly<Record<string, string>>;
}

/** ARM compares names without case. */
export function workspaceKey(subscriptionId: string, resourceGroup: string, name: string): string {
  return `${subscriptionId}/${resourceGroup}/${name}`.toLowerCase();
}

/** Adds a workspace with nothing in it. */
export function addWorkspace(
  state: State,
  workspace: Omit<Workspace, 'collections' | 'deletedAlertRules'>,
): Workspace {
  const added = {
    ...workspace,
    collections: emptyCollections(),
    deletedAlertRules: new Map<string, string>(),
  };
  state.workspaces.set(workspaceKey(added.subscriptionId, added.resourceGroup, added.name), added);
  return added;
}

/** The state as plain JSON. */
export function toSnapshot(state: State): Snapshot {
  return {
    formatVersion: 1,
    sequence: state.sequence,
    workspaces: [...state.workspaces.values()].map(
      ({ collections, deletedAlertRules, onboardedAt, ...rest }) => ({
        ...rest,
        ...(onboardedAt === undefined ? {} : { onboardedAt }),
        collections: Object.fromEntries(
          collectionNames
            .filter((name) => collections[name].size > 0)
            .map((name) => [name, [...collections[name].values()]]),
        ),
        ...(deletedAlertRules.size === 0 ? {} : { deletedAlertRules: Object.fromEntries(deletedAlertRules) }),
      }),
    ),
  };
}

/** The state that a snapshot describes. */
export function fromSnapshot(snapshot: Snapshot): State {
  const state: State = {
    sequence: snapshot.sequence,
    workspaces: new Map(),
    operations: new Map(),
    deployments: new Map(),
  };
  for (const { collections, deletedAlertRules = {}, onboardedAt, ...rest } of snapshot.workspaces) {
    const workspace = addWorkspace(state, { ...rest, onboardedAt });
    for (const collection of collectionNames) {
      for (const resource of collections[collection] ?? []) {
        workspace.collections[collection].set(keyOf(collection, resource), resource);
      }
    }
    for (const [name, at] of Object.entries(deletedAlertRules)) workspace.deletedAlertRules.set(name, at);
  }
  return state;
}

/** The key of a child holds its parent's name, which the id tells. */
function keyOf(collection: CollectionName, { id, name }: StoredResource): string {
  if (collection !== 'actions' && collection !== 'watchlistItems') return name.toLowerCase();
  return childKey(id.split('/').at(-3) ?? '', name);
}

/** Key of a resource below another one of the workspace. */
export function childKey(parent: string, name: string): string {
  return `${parent}/${name}`.toLowerCase();
}

function emptyCollections(): Record<CollectionName, Map<string, StoredResource>> {
  return {
    alertRules: new Map(),
    actions: new Map(),
    automationRules: new Map(),
    metadata: new Map(),
    savedSearches: new Map(),
    tables: new Map(),
    watchlists: new Map(),
    watchlistItems: new Map(),
  };
}
