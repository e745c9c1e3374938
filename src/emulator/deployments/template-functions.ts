import { isJsonArray, type JsonObject, type JsonValue } from '../../core/json.ts';
import { shownText } from '../shown-text.ts';

/** What an expression can refer to. */
export interface TemplateScope {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** The value of a parameter or variable. Throws if there is none. */
  readonly parameter: (name: string) => JsonValue;
  readonly variable: (name: string) => JsonValue;
}

type TemplateFunction = (args: readonly JsonValue[], scope: TemplateScope) => JsonValue;

/** The functions of the template language that templates of Sentinel content use, by lower-case name. */
export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['parameters', ([name], scope) => scope.parameter(shownText(name))],
  ['variables', ([name], scope) => scope.variable(shownText(name))],
  ['concat', (args) => (args.every(isJsonArray) ? args.flat() : args.map(shownText).join(''))],
  [
    'format',
    ([format, ...values]) =>
      shownText(format).replace(/\{(\d+)\}/g, (_, index: string) => shownText(values[Number(index)])),
  ],
  ['tolower', ([text]) => shownText(text).toLowerCase()],
  ['toupper', ([text]) => shownText(text).toUpperCase()],
  ['string', ([value]) => shownText(value)],
  ['int', ([value]) => Number(value)],
  ['replace', ([text, from, to]) => shownText(text).replaceAll(shownText(from), shownText(to))],
  ['split', ([text, separator]) => shownText(text).split(shownText(separator))],
  ['true', () => true],
  ['false', () => false],
  ['null', () => null],
  ['equals', ([a, b]) => JSON.stringify(a) === JSON.stringify(b)],
  ['not', ([value]) => value !== true],
  ['and', (args) => args.every((value) => value === true)],
  ['or', (args) => args.some((value) => value === true)],
  ['if', ([condition, then, otherwise]) => (condition === true ? (then ?? null) : (otherwise ?? null))],
  ['coalesce', (args) => args.find((value) => value !== null) ?? null],
  ['createarray', (args) => args],
  ['subscription', (_, { subscriptionId }) => ({ id: `/subscriptions/${subscriptionId}`, subscriptionId })],
  ['resourcegroup', (_, scope) => resourceGroup(scope)],
  ['resourceid', (args, scope) => resourceId(args.map(shownText), scope)],
  [
    'extensionresourceid',
    ([scope, type, ...names]) =>
      `${shownText(scope)}/providers/${interleave(shownText(type), names.map(shownText))}`,
  ],
]);

/** `Microsoft.X/a/b` and the names of both as the end of an ARM id: `Microsoft.X/a/1/b/2`. */
export function interleave(type: string, names: readonly string[]): string {
  const [namespace = '', ...types] = type.split('/');
  return [namespace, ...types.flatMap((segment, index) => [segment, names[index] ?? ''])].join('/');
}

/** ARM id of a resource group. */
export function groupId({ resourceGroup: name, subscriptionId }: TemplateScope): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
}

function resourceGroup(scope: TemplateScope): JsonObject {
  return { id: groupId(scope), name: scope.resourceGroup, location: 'westeurope' };
}

/** The subscription and the resource group may come before the type, which is known by its slash. */
function resourceId(args: readonly string[], scope: TemplateScope): string {
  const typeAt = args.findIndex((argument) => argument.includes('/'));
  const [group = scope.resourceGroup, subscription = scope.subscriptionId] = args.slice(0, typeAt).reverse();
  const place = groupId({ ...scope, resourceGroup: group, subscriptionId: subscription });
  return `${place}/providers/${interleave(args[typeAt] ?? '', args.slice(typeAt + 1))}`;
}
