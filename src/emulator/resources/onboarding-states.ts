import type { JsonObject } from '../../core/json.ts';
import { addBuiltInFusion } from '../alert-rules/alert-rules.ts';
import { armError } from '../arm-error.ts';
import { nameOf, type Operations, type Reply, type WorkspaceContext } from '../operation.ts';
import type { Principal, Workspace } from '../state.ts';
import { systemData } from '../system-data.ts';
import type { WriteStamp } from '../write-stamp.ts';
import { workspaceId } from './workspace-id.ts';

/** Microsoft.SecurityInsights/onboardingStates: whether Microsoft Sentinel is enabled on a workspace. */
export const onboardingStates: Operations<WorkspaceContext> = {
  list: ({ workspace, principal }) => ({
    status: 200,
    body: {
      value: workspace.onboardedAt === undefined ? [] : [show(workspace, workspace.onboardedAt, principal)],
    },
  }),

  get: (context) => {
    const { workspace, principal } = context;
    const { onboardedAt } = workspace;
    return onboardedAt === undefined || nameOf(context).toLowerCase() !== 'default'
      ? armError(404, 'NotFound', `Onboarding state '${nameOf(context)}' was not found.`)
      : { status: 200, body: show(workspace, onboardedAt, principal) };
  },

  put: (context) => {
    const { workspace, principal } = context;
    if (nameOf(context).toLowerCase() !== 'default') {
      return armError(400, 'BadRequest', "The name of the onboarding state must be 'default'.");
    }
    const existing = workspace.onboardedAt;
    if (existing !== undefined) return { status: 200, body: show(workspace, existing, principal) };
    const onboardedAt = onboard(workspace, principal, context.stamp());
    return { status: 201, body: show(workspace, onboardedAt, principal) };
  },

  delete: (context) => {
    if (context.workspace.onboardedAt === undefined) return { status: 204 };
    context.workspace.onboardedAt = undefined;
    context.stamp();
    return { status: 200, body: {} };
  },
};

/** Enables Microsoft Sentinel on a workspace, which brings the first alert rule with it. */
export function onboard(workspace: Workspace, principal: Principal, stamp: WriteStamp): string {
  workspace.onboardedAt = stamp.time;
  if (workspace.collections.alertRules.size === 0) addBuiltInFusion(workspace, principal, stamp);
  return stamp.time;
}

/** What every other type of the provider answers on a workspace without Microsoft Sentinel: an error within an error. */
export function notOnboarded(workspace: Workspace): Reply {
  const message = `Workspace '${workspace.name}' is not onboarded to Microsoft Sentinel. Please onboard through the portal or use the OnboardingStates ARM api to onboard to Sentinel.`;
  return armError(400, 'BadRequest', JSON.stringify({ error: { code: 'BadRequest', message } }));
}

function show(workspace: Workspace, onboardedAt: string, principal: Principal): JsonObject {
  const id = `${workspaceId(workspace)}/providers/Microsoft.SecurityInsights/onboardingStates/default`;
  const times = { createdAt: onboardedAt, lastModifiedAt: onboardedAt };
  return {
    properties: {},
    id,
    name: 'default',
    type: 'Microsoft.SecurityInsights/onboardingStates',
    systemData: systemData({
      ...times,
      name: 'default',
      id,
      createdBy: principal,
      lastModifiedBy: principal,
      properties: {},
    }),
  };
}
