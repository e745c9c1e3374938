import type { JsonObject } from '../../core/json.ts';
import { armError } from '../arm-error.ts';
import { escapePath } from '../arm-path.ts';
import {
  nameOf,
  type OperationContext,
  type Operations,
  type Reply,
  type WorkspaceContext,
} from '../operation.ts';

/**
 * Answers a write with the promise of a long-running operation. What was asked for is done by then, so the operation has
 * succeeded when a client first looks at it.
 */
export function accepted(context: WorkspaceContext): Reply {
  const { apiVersion, newGuid, now, origin, path, state, workspace } = context;
  const id = newGuid();
  const time = now().toISOString();
  state.operations.set(id, { startTime: time, endTime: time });
  const { subscriptionId, location } = workspace;
  const statuses = `${origin}/subscriptions/${subscriptionId}/providers/Microsoft.OperationalInsights/locations/${location}/operationstatuses`;
  const resource = escapePath(`${path.scope}/providers/${segmentsOf(context)}`);
  return {
    status: 202,
    headers: {
      'azure-asyncoperation': `${statuses}/${id}?api-version=${apiVersion}`,
      location: `${origin}${resource}/operationresults/${id}?api-version=${apiVersion}`,
    },
  };
}

/** Microsoft.OperationalInsights/locations/operationstatuses: what became of an operation. */
export const operationStatuses: Operations<OperationContext> = {
  get: (context) => {
    const name = nameOf(context);
    const operation = context.state.operations.get(name);
    if (operation === undefined) return operationNotFound(name);
    const { subscriptionId = '' } = context.path;
    const location = nameOf(context, 1);
    const body: JsonObject = {
      id: `/subscriptions/${subscriptionId}/providers/Microsoft.OperationalInsights/locations/${location}/operationstatuses/${name}`,
      name,
      status: 'Succeeded',
      ...operation,
      properties: {},
    };
    return { status: 200, body };
  },
};

/** …/tables/operationresults: the same by way of the resource. */
export const operationResults: Operations<WorkspaceContext> = {
  get: (context) =>
    context.state.operations.has(nameOf(context))
      ? { status: 200, body: {} }
      : operationNotFound(nameOf(context)),
};

function operationNotFound(name: string): Reply {
  return armError(404, 'ResourceNotFound', `The operation '${name}' does not exist.`);
}

/** The last provider's part of the path, as the caller wrote it. */
function segmentsOf({ path }: OperationContext): string {
  const last = path.providers.at(-1);
  if (last === undefined) return '';
  return [last.namespace, ...last.types.flatMap((type, index) => [type, last.names[index] ?? ''])].join('/');
}
