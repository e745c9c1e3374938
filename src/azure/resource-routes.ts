import { logAnalyticsApiVersion } from '../sentinel/api-versions.ts';
import type { ReadKind } from '../sentinel/resource.ts';

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
export const resourceRoutes: Readonly<Record<ReadKind, ResourceRoute>> = Object.freeze({
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
  automationRule: {
    singular: 'automation rule',
    plural: 'automation rules',
    collection: '/providers/Microsoft.SecurityInsights/automationRules',
    provider: 'Microsoft.SecurityInsights',
    ...sentinelRoles,
  },
  watchlist: {
    singular: 'watchlist',
    plural: 'watchlists',
    collection: '/providers/Microsoft.SecurityInsights/watchlists',
    provider: 'Microsoft.SecurityInsights',
    ...sentinelRoles,
  },
  table: {
    singular: 'table',
    plural: 'tables',
    collection: '/tables',
    provider: 'Microsoft.OperationalInsights',
    ...sentinelRoles,
  },
  // Below one alert rule each: `actionsUrl`.
  action: {
    singular: 'action',
    plural: 'actions',
    collection: '/providers/Microsoft.SecurityInsights/alertRules',
    provider: 'Microsoft.SecurityInsights',
    ...sentinelRoles,
  },
});

/** Path and query of a collection, or of one resource in it. Segments are escaped: names may hold `|` and brackets. */
export function resourceUrl(
  address: WorkspaceAddress,
  kind: ReadKind,
  apiVersion: string,
  name?: string,
): string {
  const { collection, provider } = resourceRoutes[kind];
  const version = provider === 'Microsoft.SecurityInsights' ? apiVersion : logAnalyticsApiVersion;
  const resource = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  return `${escapedWorkspace(address)}${collection}${resource}${withVersion(version)}`;
}

/** Path and query of the actions of an alert rule. */
export function actionsUrl(address: WorkspaceAddress, ruleName: string, apiVersion: string): string {
  const { collection } = resourceRoutes.action;
  const rule = `${escapedWorkspace(address)}${collection}/${encodeURIComponent(ruleName)}`;
  return `${rule}/actions${withVersion(apiVersion)}`;
}

/** Path and query of the workspace itself. */
export function workspaceUrl(address: WorkspaceAddress): string {
  return `${escapedWorkspace(address)}${withVersion(logAnalyticsApiVersion)}`;
}

/** Path and query of the state of Microsoft Sentinel on a workspace. */
export function onboardingUrl(address: WorkspaceAddress, apiVersion: string): string {
  const state = '/providers/Microsoft.SecurityInsights/onboardingStates/default';
  return `${escapedWorkspace(address)}${state}${withVersion(apiVersion)}`;
}

/** Path and query of what the caller may do to a workspace. Source: Permissions - List For Resource, 2022-04-01. */
export function permissionsUrl(address: WorkspaceAddress): string {
  return `${escapedWorkspace(address)}/providers/Microsoft.Authorization/permissions${withVersion('2022-04-01')}`;
}

function escapedWorkspace({ subscriptionId, resourceGroup, workspace }: WorkspaceAddress): string {
  return workspaceResourceId({
    subscriptionId: encodeURIComponent(subscriptionId),
    resourceGroup: encodeURIComponent(resourceGroup),
    workspace: encodeURIComponent(workspace),
  });
}

function withVersion(apiVersion: string): string {
  return `?api-version=${encodeURIComponent(apiVersion)}`;
}
