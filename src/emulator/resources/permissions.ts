import type { Operations, OperationContext } from '../operation.ts';

/** Microsoft.Authorization/permissions: what the caller may do to the resource that the path names. */
export const permissions: Operations<OperationContext> = {
  list: ({ settings }) => ({
    status: 200,
    body: {
      value: settings.permissions.map(({ actions, notActions }) => ({
        actions: [...actions],
        notActions: [...notActions],
        dataActions: [],
        notDataActions: [],
      })),
    },
  }),
};

/** A resource provider of a subscription: every one that is asked for is registered. */
export function providerRegistration(namespace: string): Operations<OperationContext> {
  return {
    get: ({ path }) => ({
      status: 200,
      body: {
        id: `/subscriptions/${path.subscriptionId ?? ''}/providers/${namespace}`,
        namespace,
        registrationPolicy: 'RegistrationRequired',
        resourceTypes: [],
        registrationState: 'Registered',
      },
    }),
  };
}
