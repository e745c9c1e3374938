import type { OperationContext, Operations, Reply } from '../operation.ts';
import { workspaceKey } from '../state.ts';

/** Subscriptions: every one that is asked for exists. */
export const subscriptions: Operations<OperationContext> = {
  get: ({ path, principal }) => {
    const { subscriptionId = '' } = path;
    return {
      status: 200,
      body: {
        id: `/subscriptions/${subscriptionId}`,
        subscriptionId,
        tenantId: principal.tenantId,
        displayName: 'Emulator',
        state: 'Enabled',
      },
    };
  },
};

/** Resource groups: every one that is asked for exists too, so that a client that starts by making one gets on. */
export const resourceGroups: Operations<OperationContext> = {
  get: show,
  /** Whether it exists. */
  head: () => ({ status: 204 }),
  put: show,
  /** Takes the workspaces in it along. */
  delete: ({ path, stamp, state }) => {
    const prefix = workspaceKey(path.subscriptionId ?? '', path.resourceGroup ?? '', '');
    for (const key of state.workspaces.keys()) {
      if (key.startsWith(prefix)) state.workspaces.delete(key);
    }
    stamp();
    return { status: 200 };
  },
};

function show({ path }: OperationContext): Reply {
  const { subscriptionId = '', resourceGroup = '' } = path;
  return {
    status: 200,
    body: {
      id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`,
      name: resourceGroup,
      type: 'Microsoft.Resources/resourceGroups',
      location: 'westeurope',
      properties: { provisioningState: 'Succeeded' },
    },
  };
}
