import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { armError, refuse } from '../arm-error.ts';
import { escapePath } from '../arm-path.ts';
import {
  bodyOf,
  nameOf,
  propertiesOf,
  type OperationContext,
  type Operations,
  type Reply,
} from '../operation.ts';
import type { Deployment, DeploymentStep } from '../state.ts';
import { readTemplate, type TemplateResource } from './read-template.ts';
import { TemplateError } from './template-expression.ts';

/**
 * Microsoft.Resources/deployments of a resource group: writes the resources of an ARM template one after the other, in
 * the order of their dependencies. All is done before the answer, which still promises a long-running operation.
 */
export const deployments: Operations<OperationContext> = {
  get: (context) => {
    const deployment = find(context, nameOf(context));
    return deployment === undefined ? notFound(context) : { status: 200, body: show(context, deployment) };
  },

  put: async (context) => {
    const isNew = find(context, nameOf(context)) === undefined;
    const resources = templateOf(context);
    const deployment: Deployment = {
      id: context.newGuid(),
      time: context.now().toISOString(),
      steps: await deploy(context, resources),
    };
    context.state.deployments.set(keyOf(context, nameOf(context)), deployment);
    const { apiVersion, origin } = context;
    const status = `${origin}${escapePath(idOf(context))}/operationStatuses/${deployment.id}?api-version=${apiVersion}`;
    return {
      status: isNew ? 201 : 200,
      headers: { 'azure-asyncoperation': status },
      body: show(context, deployment, 'Accepted'),
    };
  },

  delete: (context) => {
    context.state.deployments.delete(keyOf(context, nameOf(context)));
    return { status: 204 };
  },
};

/** …/validate: what a deployment would be refused for before it starts. */
export const deploymentValidation: Operations<OperationContext> = {
  post: (context) => {
    templateOf(context);
    return { status: 200, body: { properties: { provisioningState: 'Succeeded' } } };
  },
};

/** …/operationStatuses: what became of a deployment. */
export const deploymentStatuses: Operations<OperationContext> = {
  get: (context) => {
    const deployment = find(context, nameOf(context, 1));
    if (deployment?.id !== nameOf(context)) return notFound(context);
    const error = errorOf(deployment);
    return {
      status: 200,
      body: error === undefined ? { status: 'Succeeded' } : { status: 'Failed', error },
    };
  },
};

/** …/operations: one a resource. */
export const deploymentOperations: Operations<OperationContext> = {
  list: (context) => {
    const deployment = find(context, nameOf(context));
    if (deployment === undefined) return notFound(context);
    const value = deployment.steps.map(({ id, status, body }, index) => ({
      operationId: String(index + 1),
      properties: {
        provisioningState: isDone(status) ? 'Succeeded' : 'Failed',
        statusCode: String(status),
        targetResource: { id },
        statusMessage: body,
      },
    }));
    return { status: 200, body: { value } };
  },
};

/** The resources of the template in a request, or the refusal of Azure Resource Manager. */
function templateOf(context: OperationContext): readonly TemplateResource[] {
  const { mode = 'Incremental', parameters, template } = propertiesOf(bodyOf(context));
  if (mode !== 'Incremental') {
    refuse(400, 'InvalidDeployment', 'The emulator deploys in the mode Incremental only.');
  }
  if (!isJsonObject(template)) return refuse(400, 'InvalidTemplate', 'The deployment has no template.');
  const { subscriptionId = '', resourceGroup = '' } = context.path;
  try {
    const given = isJsonObject(parameters) ? parameters : {};
    return inOrder(readTemplate(template, given, { subscriptionId, resourceGroup }));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return refuse(400, 'InvalidTemplate', `Deployment template validation failed: '${error.message}'.`);
  }
}

/** Resources after those that they depend on. */
function inOrder(resources: readonly TemplateResource[]): readonly TemplateResource[] {
  const ordered: TemplateResource[] = [];
  let waiting = [...resources];
  while (waiting.length > 0) {
    const ready = waiting.filter((resource) => !waiting.some((other) => dependsOn(resource, other)));
    if (ready.length === 0) throw new TemplateError('the resources depend on each other in a circle');
    ordered.push(...ready);
    waiting = waiting.filter((resource) => !ready.includes(resource));
  }
  return ordered;
}

/** A dependency is named by its id, or by the end of it. */
function dependsOn(resource: TemplateResource, other: TemplateResource): boolean {
  const id = other.id.toLowerCase();
  return resource.dependsOn.some(
    (name) => id === name.toLowerCase() || id.endsWith(`/${name.toLowerCase()}`),
  );
}

async function deploy(
  context: OperationContext,
  resources: readonly TemplateResource[],
): Promise<readonly DeploymentStep[]> {
  const steps: DeploymentStep[] = [];
  const failed: TemplateResource[] = [];
  for (const resource of resources) {
    if (failed.some((other) => dependsOn(resource, other))) {
      failed.push(resource);
      continue;
    }
    const { status, body = null } = await context.send(
      'PUT',
      resource.id,
      resource.apiVersion,
      resource.body,
    );
    steps.push({ id: resource.id, status, body: isDone(status) ? null : body });
    if (!isDone(status)) failed.push(resource);
  }
  return steps;
}

function isDone(status: number): boolean {
  return status >= 200 && status < 300;
}

function find(context: OperationContext, name: string): Deployment | undefined {
  return context.state.deployments.get(keyOf(context, name));
}

function keyOf({ path }: OperationContext, name: string): string {
  return `${path.subscriptionId ?? ''}/${path.resourceGroup ?? ''}/${name}`.toLowerCase();
}

function idOf(context: OperationContext): string {
  const { subscriptionId = '', resourceGroup = '' } = context.path;
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Resources/deployments/${nameOf(context)}`;
}

function notFound(context: OperationContext): Reply {
  return armError(404, 'DeploymentNotFound', `Deployment '${nameOf(context)}' could not be found.`);
}

function errorOf({ steps }: Deployment): JsonObject | undefined {
  const failures = steps.filter(({ status }) => !isDone(status));
  if (failures.length === 0) return undefined;
  return {
    code: 'DeploymentFailed',
    message:
      'At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.',
    details: failures.map(({ body }) => detailOf(body)),
  };
}

function detailOf(body: JsonValue): JsonValue {
  return isJsonObject(body) && isJsonObject(body['error'])
    ? body['error']
    : { code: 'Failed', message: JSON.stringify(body) };
}

function show(context: OperationContext, deployment: Deployment, state?: string): JsonObject {
  const error = errorOf(deployment);
  const final = error === undefined ? 'Succeeded' : 'Failed';
  return {
    id: idOf(context),
    name: nameOf(context),
    type: 'Microsoft.Resources/deployments',
    properties: {
      mode: 'Incremental',
      provisioningState: state ?? final,
      timestamp: deployment.time,
      duration: 'PT0S',
      correlationId: deployment.id,
      ...(state === undefined ? { outputResources: doneResources(deployment) } : {}),
      ...(state === undefined && error !== undefined ? { error } : {}),
    },
  };
}

function doneResources({ steps }: Deployment): JsonValue {
  return steps.filter(({ status }) => isDone(status)).map(({ id }) => ({ id }));
}
