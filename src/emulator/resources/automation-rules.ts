import { compileSchema } from '../../core/json-schema.ts';
import type { JsonObject } from '../../core/json.ts';
import { armError, refuse } from '../arm-error.ts';
import { checkDataModel } from '../data-model.ts';
import { hasEtagConflict } from '../etag-conflict.ts';
import { listPage } from '../list-page.ts';
import { bodyOf, nameOf, propertiesOf, type Operations, type WorkspaceContext } from '../operation.ts';
import type { StoredResource } from '../state.ts';
import { systemData } from '../system-data.ts';
import { securityInsightsEtag } from '../write-stamp.ts';

/** Microsoft.SecurityInsights/automationRules. They are kept and shown; nothing is ever triggered. */
export const automationRules: Operations<WorkspaceContext> = {
  list: (context) =>
    listPage(
      context,
      `${context.path.scope}/providers/Microsoft.SecurityInsights/automationRules`,
      [...context.workspace.collections.automationRules.values()].map(show),
    ),

  get: (context) => {
    const name = nameOf(context);
    const rule = context.workspace.collections.automationRules.get(name.toLowerCase());
    return rule === undefined
      ? armError(404, 'NotFound', `The automation rule '${name}' does not exist.`)
      : { status: 200, body: show(rule) };
  },

  put: (context) => {
    const { path, principal, workspace } = context;
    const name = nameOf(context);
    const body = bodyOf(context);
    const properties = propertiesOf(body);
    checkDataModel(validate, properties);
    const existing = workspace.collections.automationRules.get(name.toLowerCase());
    if (hasEtagConflict(context.settings, existing, body['etag'])) {
      refuse(409, 'Conflict', `Newer instance of automation rule '${name}' exists. Data was not saved.`);
    }
    const stamp = context.stamp();
    const rule: StoredResource = {
      name: existing?.name ?? name,
      id: existing?.id ?? `${path.scope}/providers/Microsoft.SecurityInsights/AutomationRules/${name}`,
      etag: securityInsightsEtag(stamp),
      createdAt: existing?.createdAt ?? stamp.time,
      lastModifiedAt: stamp.time,
      createdBy: existing?.createdBy ?? principal,
      lastModifiedBy: principal,
      properties,
    };
    workspace.collections.automationRules.set(name.toLowerCase(), rule);
    return { status: existing === undefined ? 201 : 200, body: show(rule) };
  },

  delete: (context) => {
    if (!context.workspace.collections.automationRules.delete(nameOf(context).toLowerCase())) {
      return { status: 204 };
    }
    context.stamp();
    return { status: 200, body: {} };
  },
};

/** Source: the provider's API specification; the limits are those of sentinel-service-limits. */
const validate = compileSchema({
  type: 'object',
  required: ['displayName', 'order', 'triggeringLogic', 'actions'],
  properties: {
    displayName: { type: 'string', maxLength: 500 },
    order: { type: 'integer', minimum: 1, maximum: 1_000 },
    triggeringLogic: {
      type: 'object',
      required: ['isEnabled', 'triggersOn', 'triggersWhen'],
      properties: {
        isEnabled: { type: 'boolean' },
        triggersOn: { enum: ['Incidents', 'Alerts'] },
        triggersWhen: { enum: ['Created', 'Updated'] },
        conditions: { type: 'array', maxItems: 50, items: { type: 'object' } },
      },
    },
    actions: { type: 'array', maxItems: 20, items: { type: 'object', required: ['order', 'actionType'] } },
  },
});

function show(rule: StoredResource): JsonObject {
  const { id, name, etag, properties } = rule;
  return {
    id,
    name,
    etag,
    type: 'Microsoft.SecurityInsights/AutomationRules',
    systemData: systemData(rule),
    properties,
  };
}
