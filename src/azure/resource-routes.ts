import { savedSearchApiVersion } from '../sentinel/api-versions.ts';
import type { ResourceKind } from '../sentinel/resource.ts';

/** Which workspace, by the names that make up its ARM id. */
export interface WorkspaceAddress {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Name of the Log Analytics workspace. */
  readonly workspace: string;
}

/** ARM id of a workspace. */
export function workspaceResourceId(address: WorkspaceAddress): string {
  const { subscriptionId, resourceGroup, workspace } = address;
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.OperationalInsights/workspaces/${workspace}`;
}

/** What a kind of resource is called, and where it lives below the workspace. */
export interface ResourceRoute {
  readonly singular: string;
  readonly plural: string;
  /** Path of the collection below the workspace. */
  readonly collection: string;
  readonly provider: 'Microsoft.SecurityInsights' | 'Microsoft.OperationalInsights';
  /** The least built-in role that may read it, and the least that may write it. */
  readonly readerRole: string;
  readonly writerRole: string;
}

const sentinelRoles = {
  readerRole: 'Microsoft Sentinel Reader',
  writerRole: 'Microsoft Sentinel Contributor',
};

/** The routes by kind. */
export const resourceRoutes: Readonly<Record<ResourceKind, ResourceRoute>> = Object.freeze({
  alertRule: {
    singular: 'alert rule',
    plural: 'alert rules',
    collection: '/providers/Microsoft.SecurityInsights/alertRules',
    provider: 'Microsoft.SecurityInsights',
    ...sentinelRoles,
  },
  metadata: {
    singular: 'metadata',
    plural: 'metadata',
    collection: '/providers/Microsoft.SecurityInsights/metadata',
    provider: 'Microsoft.SecurityInsights',
    ...sentinelRoles,
  },
  savedSearch: {
    singular: 'saved search',
    plural: 'saved searches',
    collection: '/savedSearches',
    provider: 'Microsoft.OperationalInsights',
    ...sentinelRoles,
  },
});

/** Path and query of a collection, or of one resource in it. Segments are escaped: names may hold `|` and brackets. */
export function resourceUrl(
  address: WorkspaceAddress,
  kind: ResourceKind,
  apiVersion: string,
  name?: string,
): string {
  const { collection, provider } = resourceRoutes[kind];
  const escaped = workspaceResourceId({
    subscriptionId: encodeURIComponent(address.subscriptionId),
    resourceGroup: encodeURIComponent(address.resourceGroup),
    workspace: encodeURIComponent(address.workspace),
  });
  const version = provider === 'Microsoft.SecurityInsights' ? apiVersion : savedSearchApiVersion;
  const resource = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  return `${escaped}${collection}${resource}?api-version=${encodeURIComponent(version)}`;
}
