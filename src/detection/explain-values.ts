import { joinPointer, parentPointer, valueAt } from '../core/json-pointer.ts';
import { textParameter, type SchemaViolation } from '../core/json-schema.ts';
import { isJsonArray, isJsonObject, type JsonObject } from '../core/json.ts';
import { nearestName } from '../core/nearest-name.ts';
import { describePointer, describeType, quoteValue } from './describe-value.ts';
import type { Finding } from './finding.ts';

/** One finding for each value, or name of a key, that the schema refuses. */
export function explainValues(violations: readonly SchemaViolation[], data: unknown): readonly Finding[] {
  return firstPerPlace(violations)
    .filter(({ pointer }) => !isEmptyItem(data, pointer))
    .map((violation) => ({
      severity: 'error',
      pointer: placeOf(violation),
      part: 'value',
      ...explainValue(violation, valueAt(data, violation.pointer)),
    }));
}

/** Schema keywords of ours: what a subschema says about values that it refuses. */
interface Advice {
  readonly code: string;
  readonly hint: string | undefined;
  readonly reason: string | undefined;
}

type ValueFinding = Pick<Finding, 'code' | 'message' | 'hint'> & { readonly part?: 'key' };

/** A value of the wrong type breaks other rules as well; they are not worth saying. */
function firstPerPlace(violations: readonly SchemaViolation[]): readonly SchemaViolation[] {
  const first = new Map<string, SchemaViolation>();
  for (const violation of violations) {
    const place = placeOf(violation);
    if (!first.has(place) || violation.keyword === 'type') first.set(place, violation);
  }
  return [...first.values()];
}

function placeOf(violation: SchemaViolation): string {
  const { keyword, pointer } = violation;
  return keyword === 'propertyNames'
    ? joinPointer(pointer, textParameter(violation, 'propertyName'))
    : pointer;
}

/** The community leaves items of lists empty; they count for nothing. */
function isEmptyItem(data: unknown, pointer: string): boolean {
  return valueAt(data, pointer) === null && isJsonArray(valueAt(data, parentPointer(pointer) ?? ''));
}

function explainValue(
  { pointer, keyword, params, schema, message }: SchemaViolation,
  value: unknown,
): ValueFinding {
  const path = describePointer(pointer);
  const { code, hint, reason } = adviceOf(schema);
  switch (keyword) {
    case 'type':
      return explainType(path, params['type'], value);
    case 'enum':
      return { code, ...explainEnum(path, params['allowedValues'], value, hint) };
    case 'pattern':
      return { code, message: `${path} ${explainPattern(value, reason)}`, hint };
    case 'not':
      return { code, message: `${path} ${reason ?? 'is not allowed'}`, hint, part: 'key' };
    case 'propertyNames':
      return {
        code: 'invalid-name',
        message: `${quoteValue(params['propertyName'])} is no name for a member of ${path}`,
        hint: isJsonObject(schema['propertyNames']) ? adviceOf(schema['propertyNames']).hint : undefined,
        part: 'key',
      };
    case 'minItems':
    case 'minProperties':
      return { code: 'too-few-items', message: `${path} holds nothing`, hint: explainContent(schema) };
    default:
      return { code, message: `${path} ${quoteValue(value)} ${message}`, hint };
  }
}

function adviceOf(schema: JsonObject): Advice {
  const text = (key: string): string | undefined => {
    const value = schema[key];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    code: text('diagnosticCode') ?? 'invalid-value',
    hint: text('errorMessage') ?? text('patternErrorMessage'),
    reason: text('diagnosticMessage'),
  };
}

function explainEnum(
  path: string,
  allowedValues: unknown,
  value: unknown,
  hint: string | undefined,
): Pick<Finding, 'message' | 'hint'> {
  const allowed = isJsonArray(allowedValues) ? allowedValues.map(String) : [];
  const meant = nearestName(String(value), allowed);
  return {
    message: `${path} ${quoteValue(value)} is not one of ${allowed.join(', ')}`,
    hint: meant === undefined ? hint : `did you mean "${meant}"?`,
  };
}

function explainPattern(value: unknown, reason = 'is not valid'): string {
  return typeof value === 'string' && value.trim() === '' ? 'is empty' : `${quoteValue(value)} ${reason}`;
}

function explainContent({ properties }: JsonObject): string {
  if (!isJsonObject(properties)) return 'give it at least one';
  return `give it at least one of ${Object.keys(properties).join(', ')}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

function explainType(path: string, type: unknown, value: unknown): ValueFinding {
  if (value === null) {
    const hint = 'give it a value, or remove the key';
    return { code: 'missing-value', message: `${path} has no value`, hint, part: 'key' };
  }
  const types = (isJsonArray(type) ? type : [type]).map(String);
  const expected = types.map((each) => typeNames[each] ?? each).join(' or ');
  const message = `${path} is ${describeType(value)}, but must be ${expected}`;
  return { code: 'wrong-type', message, hint: typeRemedy(types, value) };
}

function typeRemedy(types: readonly string[], value: unknown): string | undefined {
  const isText = typeof value === 'string';
  if (isText && types.includes('boolean') && /^(?:yes|no|on|off)$/i.test(value)) {
    return 'YAML 1.2 reads yes, no, on and off as text: write true or false';
  }
  if (isText && types.includes('boolean') && /^(?:true|false)$/i.test(value)) return 'remove the quotes';
  if (isText && types.includes('integer') && /^\d+$/.test(value)) return 'remove the quotes';
  if (isJsonArray(value) && !types.includes('object')) return 'write one value, not a list';
  if (types.includes('array')) return 'write each item on a line of its own, after "- "';
  if (types.includes('object')) return 'write each of its keys on a line of its own, indented';
  return undefined;
}
