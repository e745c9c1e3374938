import { ToolError } from '../core/tool-error.ts';
import type { Checkup } from '../sentinel/checkup.ts';
import type { Purpose } from '../sentinel/required-actions.ts';
import type { ArmResponse } from './arm-client.ts';
import { checkAnswers } from './check-answers.ts';
import { checkPermissions } from './check-permissions.ts';
import { checkProvider, providers } from './check-provider.ts';
import { checkReach } from './check-reach.ts';
import { checkWorkspace } from './check-workspace.ts';
import { cloudEndpoints } from './clouds.ts';
import { checkOnboarding } from './check-onboarding.ts';
import { createWorkspaceClient, type WorkspaceClientOptions } from './workspace-client.ts';

export interface ExaminationOptions extends WorkspaceClientOptions {
  readonly purpose: Purpose;
  /** The workspace's own GUID, where kustodian.yaml has it. */
  readonly expectedId?: string | undefined;
  /** The clock of this machine, to compare with that of the service. */
  readonly now: () => Date;
}

/** Sends a GET for a path and query below the endpoint; gives an answer of any status. */
export type Ask = (url: string) => Promise<ArmResponse>;

/**
 * Looks at everything that a plan or a deploy needs, in the order in which one thing rests on another, and writes nothing. What
 * rests on something that failed is `skipped`.
 */
export async function examineWorkspace(options: ExaminationOptions): Promise<readonly Checkup[]> {
  const { address, apiVersion, now, purpose } = options;
  const { client } = createWorkspaceClient(options);
  const seen: { readonly response: ArmResponse; readonly at: Date }[] = [];
  const ask: Ask = async (url) => {
    const response = await client.send({ method: 'GET', url });
    seen.push({ response, at: now() });
    return response;
  };

  const signIn = await checkSignIn(options);
  if (signIn.status === 'fail') return [signIn, ...skipAll(later, signIn)];
  const workspace = await attempt(workspaceIds, () => checkWorkspace(ask, options));
  const reached = [signIn, ...workspace];
  const broken = workspace.find(({ status }) => status === 'fail');
  if (broken !== undefined) return [...reached, ...skipAll(later.slice(workspaceIds.length), broken)];
  return [
    ...reached,
    ...(await attempt(providerIds, () =>
      Promise.all(providers.map((namespace) => checkProvider(ask, address.subscriptionId, namespace))),
    )),
    ...(await attempt(['onboarding'], async () => [await checkOnboarding(ask, address, apiVersion)])),
    ...(await attempt(['permissions'], async () => [await checkPermissions(ask, address, purpose)])),
    ...(await attempt(['reach'], () => checkReach(ask, address, apiVersion))),
    ...checkAnswers(seen),
  ];
}

async function checkSignIn({ cloud, credential }: ExaminationOptions): Promise<Checkup> {
  const check = { id: 'sign-in', title: 'sign-in' };
  const who = credential.description ?? 'no sign-in is needed';
  try {
    const token = await credential.getToken(cloudEndpoints[cloud].scope);
    if (token !== null) return { ...check, status: 'pass', detail: who };
    return { ...check, status: 'fail', detail: `${who} gave no token`, remedy: 'sign in again' };
  } catch (error) {
    return { ...check, ...failureOf(error) };
  }
}

const workspaceIds = ['subscription', 'resource-group', 'workspace'] as const;
const providerIds = providers.map((namespace) => `provider-${namespace}`);
const later = [...workspaceIds, ...providerIds, 'onboarding', 'permissions', 'reach', 'clock', 'rate-limit'];

function skipAll(ids: readonly string[], { title }: Checkup): readonly Checkup[] {
  return ids.map((id) => ({
    id,
    title: id.replaceAll('-', ' '),
    status: 'skipped',
    detail: `not looked at, since ${title} failed`,
  }));
}

/** A request without an answer is a failure of what it was to show. */
async function attempt(
  ids: readonly string[],
  check: () => Promise<readonly Checkup[]>,
): Promise<readonly Checkup[]> {
  try {
    return await check();
  } catch (error) {
    return ids.map((id) => ({ id, title: id.replaceAll('-', ' '), ...failureOf(error) }));
  }
}

function failureOf(error: unknown): Pick<Checkup, 'status' | 'detail' | 'remedy'> {
  if (!(error instanceof ToolError) || error.code === 'cancelled') throw error;
  return {
    status: 'fail',
    detail: error.message,
    ...(error.hint === undefined ? {} : { remedy: error.hint }),
  };
}
