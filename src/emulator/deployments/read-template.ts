import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { armTemplateLimits } from '../../sentinel/limits.ts';
import { evaluateText, TemplateError } from './template-expression.ts';
import { groupId, interleave, type TemplateScope } from './template-functions.ts';

/** A resource of a template, ready to be written. */
export interface TemplateResource {
  /** ARM id. */
  readonly id: string;
  readonly apiVersion: string;
  readonly body: JsonObject;
  /** Ids or names of resources that must be there before. */
  readonly dependsOn: readonly string[];
}

/** Members of a template resource that say where and when, and are no part of what is written. */
const directives = new Set([
  'type',
  'name',
  'apiVersion',
  'dependsOn',
  'scope',
  'condition',
  'comments',
  'metadata',
]);

/** Features of the template language that would change what is deployed, and that the emulator does not have. */
const unsupported = ['copy', 'resources'];

/**
 * The resources that a deployment of a template makes, with every expression evaluated.
 *
 * @param given parameters as the deployment gives them: `{name: {value}}`
 * @throws TemplateError if the template is wrong, or beyond the emulator
 */
export function readTemplate(
  template: JsonObject,
  given: JsonObject,
  address: Pick<TemplateScope, 'subscriptionId' | 'resourceGroup'>,
): readonly TemplateResource[] {
  const { resources, contentVersion } = template;
  if (typeof contentVersion !== 'string') throw new TemplateError("the template has no 'contentVersion'");
  const list = isJsonArray(resources)
    ? resources
    : isJsonObject(resources)
      ? Object.values(resources)
      : undefined;
  if (list === undefined) throw new TemplateError("the template has no 'resources'");
  if (list.length > armTemplateLimits.resources) {
    throw new TemplateError(
      `the number of resources '${list.length}' exceeds the limit of '${armTemplateLimits.resources}'`,
    );
  }
  const scope = createScope(template, given, address);
  return list
    .filter((resource) => isJsonObject(resource))
    .filter((resource) => evaluate(resource['condition'] ?? true, scope) === true)
    .map((resource) => readResource(resource, scope));
}

function createScope(
  template: JsonObject,
  given: JsonObject,
  address: Pick<TemplateScope, 'subscriptionId' | 'resourceGroup'>,
): TemplateScope {
  const declared = objectOf(template['parameters']);
  const variables = objectOf(template['variables']);
  for (const name of Object.keys(given)) {
    if (!(name in declared)) throw new TemplateError(`the template has no parameter '${name}'`);
  }
  const scope: TemplateScope = {
    ...address,
    parameter: (name) => {
      const declaration = declared[name];
      if (!isJsonObject(declaration)) throw new TemplateError(`the template has no parameter '${name}'`);
      const value = objectOf(given[name])['value'];
      if (value !== undefined) return value;
      if (declaration['defaultValue'] !== undefined) return evaluate(declaration['defaultValue'], scope);
      throw new TemplateError(`the value for the template parameter '${name}' is not provided`);
    },
    variable: (name) => {
      const value = variables[name];
      if (value === undefined) throw new TemplateError(`the template has no variable '${name}'`);
      return evaluate(value, scope);
    },
  };
  // Every parameter must have a value, used or not.
  for (const name of Object.keys(declared)) scope.parameter(name);
  return scope;
}

function readResource(resource: JsonObject, scope: TemplateScope): TemplateResource {
  const wrong = unsupported.find((key) => key in resource);
  if (wrong !== undefined) throw new TemplateError(`the emulator does not know '${wrong}' in a resource`);
  const text = (key: string): string => {
    const value = evaluate(resource[key] ?? null, scope);
    if (typeof value !== 'string') throw new TemplateError(`a resource has no '${key}'`);
    return value;
  };
  const tail = interleave(text('type'), text('name').split('/'));
  const body = Object.fromEntries(
    Object.entries(resource)
      .filter(([key]) => !directives.has(key))
      .map(([key, value]): [string, JsonValue] => [key, evaluate(value ?? null, scope)]),
  );
  const dependsOn = evaluate(resource['dependsOn'] ?? [], scope);
  return {
    id: `${resource['scope'] === undefined ? groupId(scope) : scopeId(text('scope'), scope)}/providers/${tail}`,
    apiVersion: text('apiVersion'),
    body,
    dependsOn: isJsonArray(dependsOn) ? dependsOn.filter((item) => typeof item === 'string') : [],
  };
}

/** A scope is an ARM id, or its end below the resource group. */
function scopeId(text: string, scope: TemplateScope): string {
  if (text.startsWith('/')) return text;
  const [namespace = '', ...segments] = text.split('/');
  return `${groupId(scope)}/providers/${[namespace, ...segments].join('/')}`;
}

function evaluate(value: JsonValue, scope: TemplateScope): JsonValue {
  if (typeof value === 'string') return evaluateText(value, scope);
  if (isJsonArray(value)) return value.map((item) => evaluate(item, scope));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]): [string, JsonValue] => [key, evaluate(member ?? null, scope)]),
  );
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
