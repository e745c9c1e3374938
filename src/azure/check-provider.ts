import type { Checkup } from '../sentinel/checkup.ts';
import type { Ask } from './examine-workspace.ts';
import { readObject } from './read-object.ts';
import { readServiceFailure } from './service-failure.ts';

/** The resource providers that a subscription must know. */
export const providers = ['Microsoft.OperationalInsights', 'Microsoft.SecurityInsights'] as const;

/** Of Microsoft.Resources. */
const apiVersion = '2021-04-01';

/** Whether a resource provider is registered. A role on the workspace alone does not show it, and need not. */
export async function checkProvider(ask: Ask, subscriptionId: string, namespace: string): Promise<Checkup> {
  const check = { id: `provider-${namespace}`, title: `resource provider ${namespace}` };
  const subscription = encodeURIComponent(subscriptionId);
  const response = await ask(
    `/subscriptions/${subscription}/providers/${namespace}?api-version=${apiVersion}`,
  );
  if (response.status === 401 || response.status === 403) {
    return {
      ...check,
      status: 'unknown',
      detail: 'the identity may not look; it is registered if the rest passes',
    };
  }
  const state = response.status === 200 ? registrationState(response.text) : undefined;
  if (state === 'Registered') return { ...check, status: 'pass', detail: 'registered' };
  const { message = 'no reason given', status } = readServiceFailure(response);
  return {
    ...check,
    status: 'fail',
    detail: state === undefined ? `answer ${status}: ${message}` : `its state is "${state}"`,
    remedy: `az provider register --namespace ${namespace} --wait`,
  };
}

function registrationState(text: string): string | undefined {
  const state = readObject(text)?.['registrationState'];
  return typeof state === 'string' ? state : undefined;
}
