import { compileSchema } from '../../core/json-schema.ts';
import type { JsonObject } from '../../core/json.ts';
import { armError } from '../arm-error.ts';
import { checkDataModel } from '../data-model.ts';
import { listPage } from '../list-page.ts';
import { bodyOf, nameOf, propertiesOf, type Operations, type WorkspaceContext } from '../operation.ts';
import { childKey, type StoredResource } from '../state.ts';
import { securityInsightsEtag } from '../write-stamp.ts';
import { ruleNotFound } from './alert-rules.ts';

/**
 * Microsoft.SecurityInsights/alertRules/actions: the playbooks that an alert rule starts. The URI that starts one is
 * taken and never shown.
 */
export const actions: Operations<WorkspaceContext> = {
  list: (context) => {
    const rule = nameOf(context);
    if (!hasRule(context, rule)) return ruleNotFound(context.workspace, rule);
    const { workspace, path } = context;
    const own = [...workspace.collections.actions].filter(([key]) => key.startsWith(childKey(rule, '')));
    return listPage(
      context,
      `${path.scope}/providers/Microsoft.SecurityInsights/alertRules/${rule}/actions`,
      own.map(([, action]) => ({ ...show(action), id: internalId(action.id) })),
    );
  },

  get: (context) => {
    const action = find(context);
    return action === undefined ? actionNotFound(nameOf(context)) : { status: 200, body: show(action) };
  },

  put: (context) => {
    const { path, principal, workspace } = context;
    const rule = nameOf(context, 1);
    if (!hasRule(context, rule)) return ruleNotFound(workspace, rule);
    const sent = propertiesOf(bodyOf(context));
    checkDataModel(validate, sent);
    const name = nameOf(context);
    const existing = find(context);
    const stamp = context.stamp();
    const action: StoredResource = {
      name: existing?.name ?? name,
      id:
        existing?.id ??
        `${path.scope}/providers/Microsoft.SecurityInsights/alertRules/${rule}/actions/${name}`,
      etag: securityInsightsEtag(stamp, '0300'),
      createdAt: existing?.createdAt ?? stamp.time,
      lastModifiedAt: stamp.time,
      createdBy: existing?.createdBy ?? principal,
      lastModifiedBy: principal,
      properties: {
        workflowId: existing?.properties['workflowId'] ?? context.newGuid().replaceAll('-', ''),
        logicAppResourceId: sent['logicAppResourceId'],
      },
    };
    workspace.collections.actions.set(childKey(rule, name), action);
    // Only reads show the etag.
    return { status: existing === undefined ? 201 : 200, body: { ...show(action), etag: undefined } };
  },

  delete: (context) => {
    const key = childKey(nameOf(context, 1), nameOf(context));
    if (!context.workspace.collections.actions.delete(key)) return { status: 204 };
    context.stamp();
    return { status: 200, body: {} };
  },
};

function hasRule({ workspace }: WorkspaceContext, rule: string): boolean {
  return workspace.collections.alertRules.has(rule.toLowerCase());
}

function find(context: WorkspaceContext): StoredResource | undefined {
  return context.workspace.collections.actions.get(childKey(nameOf(context, 1), nameOf(context)));
}

function actionNotFound(name: string): ReturnType<typeof armError> {
  return armError(404, 'NotFound', `The action '${name}' does not exist.`);
}

function show({ id, name, etag, properties }: StoredResource): JsonObject {
  return { id, name, etag, type: 'Microsoft.SecurityInsights/alertRules/actions', properties };
}

/** Lists show the id that the alert rule has inside the service. */
function internalId(id: string): string {
  const segments = id.split('/');
  const [rule = '', , action = ''] = segments.slice(-3);
  segments.splice(-3, 1, `asicustomalertsv3_${rule}_${action}`.toLowerCase());
  return segments.join('/');
}

const text = { type: 'string' } as const;

const validate = compileSchema({
  type: 'object',
  required: ['logicAppResourceId', 'triggerUri'],
  properties: { logicAppResourceId: text, triggerUri: text },
});
