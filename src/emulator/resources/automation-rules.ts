import type { JsonObject } from '../../core/json.ts';
import { armError } from '../arm-error.ts';
import { listPage } from '../list-page.ts';
import { nameOf, type Operations, type WorkspaceContext } from '../operation.ts';
import type { StoredResource } from '../state.ts';
import { systemData } from '../system-data.ts';

/** Microsoft.SecurityInsights/automationRules: only read here. They come in with a state. */
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
};

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
