import { isJsonObject } from '../core/json.ts';
import type { Checkup } from '../sentinel/checkup.ts';
import type { Ask, ExaminationOptions } from './examine-workspace.ts';
import { readObject } from './read-object.ts';
import { workspaceResourceId, workspaceUrl } from './resource-routes.ts';
import { readServiceFailure } from './service-failure.ts';

/** Codes of Azure Resource Manager that say which part of the way to a workspace is wrong. Source: its common errors page. */
const parts: Readonly<Record<string, 'subscription' | 'resource-group'>> = {
  SubscriptionNotFound: 'subscription',
  InvalidSubscriptionId: 'subscription',
  InvalidAuthenticationTokenTenant: 'subscription',
  ResourceGroupNotFound: 'resource-group',
};

const remedies = {
  subscription:
    'check subscriptionId and tenantId in kustodian.yaml: the tenant that is signed in to must hold the subscription',
  'resource-group': 'check resourceGroup in kustodian.yaml',
  workspace: 'check workspace in kustodian.yaml, or make it: az monitor log-analytics workspace create',
} as const;

/** Whether subscription, resource group and workspace can be reached: one answer tells, since the gateway names what is missing. */
export async function checkWorkspace(
  ask: Ask,
  { address, expectedId }: Pick<ExaminationOptions, 'address' | 'expectedId'>,
): Promise<readonly Checkup[]> {
  const { resourceGroup, subscriptionId, workspace } = address;
  const response = await ask(workspaceUrl(address));
  const titles = [
    { id: 'subscription', title: `subscription ${subscriptionId}` },
    { id: 'resource-group', title: `resource group ${resourceGroup}` },
    { id: 'workspace', title: `workspace ${workspace}` },
  ] as const;
  if (response.status === 200) {
    const customerId = customerIdOf(response.text);
    const [subscription, group, own] = titles;
    const there = { status: 'pass', detail: 'there, and can be read' } as const;
    return [
      { ...subscription, ...there },
      { ...group, ...there },
      { ...own, ...identify(customerId, expectedId) },
    ];
  }
  const failure = readServiceFailure(response);
  const broken = parts[failure.code ?? ''] ?? 'workspace';
  const index = titles.findIndex(({ id }) => id === broken);
  return titles.map((title, at) => {
    if (at < index) return { ...title, status: 'pass', detail: 'there' };
    if (at > index)
      return { ...title, status: 'skipped', detail: `not looked at, since the ${broken} failed` };
    const { code, message, status } = failure;
    const isAccess = status === 401 || status === 403;
    const remedy = isAccess
      ? `give the identity a role on ${workspaceResourceId(address)} (docs/permissions.md); a new assignment may take some minutes to work`
      : remedies[broken];
    return {
      ...title,
      status: 'fail',
      detail: `${code ?? 'answer'} (${status}): ${message ?? 'no reason given'}`,
      remedy,
    };
  });
}

function identify(
  customerId: string | undefined,
  expectedId: string | undefined,
): Pick<Checkup, 'status' | 'detail' | 'remedy'> {
  if (customerId === undefined) {
    return {
      status: 'fail',
      detail: 'the answer has no id of a workspace',
      remedy: 'a proxy may stand in between',
    };
  }
  if (expectedId === undefined || expectedId === customerId.toLowerCase()) {
    return { status: 'pass', detail: `its id is ${customerId}` };
  }
  return {
    status: 'fail',
    detail: `its id is ${customerId}, and kustodian.yaml says ${expectedId}`,
    remedy: 'another workspace has that name now: correct the names, or workspaceId',
  };
}

function customerIdOf(text: string): string | undefined {
  const properties = readObject(text)?.['properties'];
  const id = isJsonObject(properties) ? properties['customerId'] : undefined;
  return typeof id === 'string' ? id : undefined;
}
