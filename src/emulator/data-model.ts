import { splitPointer } from '../core/json-pointer.ts';
import type { SchemaValidator, SchemaViolation } from '../core/json-schema.ts';
import { isJsonArray, type JsonValue } from '../core/json.ts';
import { badRequest } from './arm-error.ts';
import { shownText } from './shown-text.ts';

/** Refuses a body that breaks its schema, all violations in one message, in the form of the service's model validation. */
export function checkDataModel(validate: SchemaValidator, properties: JsonValue): void {
  const violations = validate(properties);
  if (violations.length === 0) return;
  const faults = violations.map((violation) => `${pathOf(violation)}: ${explain(violation)}`);
  badRequest(`Invalid data model. [${faults.join(' ')}]`);
}

function pathOf({ pointer }: SchemaViolation): string {
  return ['properties', ...splitPointer(pointer)].join('.');
}

function explain({ keyword, params, message }: SchemaViolation): string {
  switch (keyword) {
    case 'required':
      return `Required property '${shownText(params['missingProperty'])}' not found in JSON.`;
    case 'enum':
      return `The value must be one of: ${textsOf(params['allowedValues']).join(', ')}.`;
    case 'type':
      return `The value must be of type ${textsOf(params['type']).join(' or ')}.`;
    default:
      return `The value ${message}.`;
  }
}

/** The texts of a list, or the text alone; null, which only says "optional", does not count. */
function textsOf(value: JsonValue | undefined): readonly string[] {
  const list = isJsonArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string').filter((item) => item !== 'null');
}
