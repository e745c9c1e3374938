import type { JsonObject } from '../../core/json.ts';
import { armError } from '../arm-error.ts';
import { listPage } from '../list-page.ts';
import { bodyOf, nameOf, type OperationContext, type Operations, type Reply } from '../operation.ts';
import { addWorkspace, workspaceKey, type Workspace } from '../state.ts';
import { workspaceId } from './workspace-id.ts';

/** Microsoft.OperationalInsights/workspaces: the Log Analytics workspaces themselves. */
export const workspaces: Operations<OperationContext> = {
  list: (context) => {
    const { subscriptionId = '', resourceGroup } = context.path;
    const found = [...context.state.workspaces.values()].filter(
      (workspace) =>
        equalNames(workspace.subscriptionId, subscriptionId) &&
        (resourceGroup === undefined || equalNames(workspace.resourceGroup, resourceGroup)),
    );
    const scope = `/subscriptions/${subscriptionId}${resourceGroup === undefined ? '' : `/resourceGroups/${resourceGroup}`}`;
    return listPage(context, `${scope}/providers/Microsoft.OperationalInsights/workspaces`, found.map(show));
  },

  get: (context) => {
    const workspace = findWorkspace(context, nameOf(context));
    return workspace === undefined
      ? workspaceNotFound(context, nameOf(context))
      : { status: 200, body: show(workspace) };
  },

  put: (context) => {
    const existing = findWorkspace(context, nameOf(context));
    const body = bodyOf(context);
    if (existing !== undefined) return { status: 200, body: show(existing) };
    const location = body['location'];
    if (typeof location !== 'string') {
      return armError(400, 'LocationRequired', 'The location property is required for this definition.');
    }
    const workspace = addWorkspace(context.state, {
      subscriptionId: context.path.subscriptionId ?? '',
      resourceGroup: context.path.resourceGroup ?? '',
      name: nameOf(context),
      customerId: context.newGuid(),
      location,
      createdAt: context.stamp().time,
      onboardedAt: undefined,
    });
    return { status: 201, body: show(workspace) };
  },

  delete: (context) => {
    const workspace = findWorkspace(context, nameOf(context));
    if (workspace === undefined) return { status: 204 };
    context.state.workspaces.delete(
      workspaceKey(workspace.subscriptionId, workspace.resourceGroup, workspace.name),
    );
    context.stamp();
    return { status: 200 };
  },
};

/** The workspace that a path names in its subscription and resource group. */
export function findWorkspace({ path, state }: OperationContext, name: string): Workspace | undefined {
  return state.workspaces.get(workspaceKey(path.subscriptionId ?? '', path.resourceGroup ?? '', name));
}

/** The gateway's own answer, also for everything below a workspace that does not exist. */
export function workspaceNotFound({ path }: OperationContext, name: string): Reply {
  return armError(
    404,
    'ResourceNotFound',
    `The Resource 'Microsoft.OperationalInsights/workspaces/${name}' under resource group '${path.resourceGroup ?? ''}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    { 'x-ms-failure-cause': 'gateway' },
  );
}

function show(workspace: Workspace): JsonObject {
  return {
    properties: {
      customerId: workspace.customerId,
      provisioningState: 'Succeeded',
      sku: { name: 'PerGB2018' },
      retentionInDays: 30,
      publicNetworkAccessForIngestion: 'Enabled',
      publicNetworkAccessForQuery: 'Enabled',
      createdDate: workspace.createdAt,
      modifiedDate: workspace.createdAt,
    },
    location: workspace.location,
    id: workspaceId(workspace),
    name: workspace.name,
    type: 'Microsoft.OperationalInsights/workspaces',
  };
}

function equalNames(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
