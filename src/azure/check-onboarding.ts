import type { Checkup } from '../sentinel/checkup.ts';
import type { Ask } from './examine-workspace.ts';
import { onboardingUrl, type WorkspaceAddress } from './resource-routes.ts';
import { readServiceFailure } from './service-failure.ts';

/** Whether Microsoft Sentinel is enabled on the workspace. */
export async function checkOnboarding(
  ask: Ask,
  address: WorkspaceAddress,
  apiVersion: string,
): Promise<Checkup> {
  const check = { id: 'onboarding', title: 'Microsoft Sentinel' };
  const response = await ask(onboardingUrl(address, apiVersion));
  if (response.status === 200) return { ...check, status: 'pass', detail: 'enabled on the workspace' };
  const { code, message = 'no reason given', status } = readServiceFailure(response);
  if (status === 401 || status === 403) {
    return {
      ...check,
      status: 'unknown',
      detail: 'the identity may not look; it is enabled if alert rules can be listed',
    };
  }
  return {
    ...check,
    status: 'fail',
    detail: status === 404 ? 'not enabled on the workspace' : `${code ?? 'answer'} (${status}): ${message}`,
    remedy: 'enable it on the workspace: docs/deploying.md, "The workspace"',
  };
}
