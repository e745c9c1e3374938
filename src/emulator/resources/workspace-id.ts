import type { Workspace } from '../state.ts';

/** ARM id of a workspace in canonical casing: that of its own segments, and the names as it was created with. */
export function workspaceId({
  subscriptionId,
  resourceGroup,
  name,
}: Pick<Workspace, 'subscriptionId' | 'resourceGroup' | 'name'>): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.OperationalInsights/workspaces/${name}`;
}
