import { joinPointer } from '../core/json-pointer.ts';
import { textParameter, type SchemaViolation } from '../core/json-schema.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { describePointer } from './describe-value.ts';
import type { Finding } from './finding.ts';
import type { SourceDocument } from './source-document.ts';

const schedule = ['/queryFrequency', '/queryPeriod', '/triggerOperator', '/triggerThreshold'];

/** True for a key that the schema wants, always or because of another. */
export function isAboutMissingKey({ keyword }: SchemaViolation): boolean {
  return keyword === 'required' || keyword === 'dependencies';
}

/** Where the missing key would stand. */
export function missingPointer(violation: SchemaViolation): string {
  return joinPointer(violation.pointer, textParameter(violation, 'missingProperty'));
}

/** One finding for each missing key; a Scheduled detection without any schedule is a single mistake. */
export function explainMissingKeys(
  violations: readonly SchemaViolation[],
  schema: JsonObject,
  document: SourceDocument,
): readonly Finding[] {
  const byPointer = new Map<string, SchemaViolation>();
  for (const violation of violations) {
    const pointer = missingPointer(violation);
    if (!byPointer.has(pointer)) byPointer.set(pointer, violation);
  }
  const lacksSchedule = schedule.every((pointer) => byPointer.has(pointer));
  if (lacksSchedule) schedule.forEach((pointer) => byPointer.delete(pointer));
  const findings = [...byPointer.values()].map((violation) => explainMissingKey(violation, schema, document));
  return lacksSchedule ? [...findings, explainMissingSchedule()] : findings;
}

function explainMissingKey(
  violation: SchemaViolation,
  schema: JsonObject,
  document: SourceDocument,
): Finding {
  const pointer = missingPointer(violation);
  const path = describePointer(pointer);
  if (violation.keyword === 'dependencies') {
    const message = `${path} is missing, but ${textParameter(violation, 'property')} is only for alert rules`;
    return missingKey(message, 'add "kind: Scheduled", or remove the schedule for a hunting query', pointer);
  }
  const state = document.scalarText(pointer) === undefined ? 'is missing' : 'has no value';
  return missingKey(
    `${path} ${state}`,
    remedyOf(violation, schema) ?? `add ${textParameter(violation, 'missingProperty')}`,
    pointer,
  );
}

/** A condition of the schema (`then`) lists keys that the schema itself describes. */
function remedyOf(violation: SchemaViolation, schema: JsonObject): string | undefined {
  const properties = violation.schema['properties'] ?? schema['properties'];
  const key = textParameter(violation, 'missingProperty');
  const property = isJsonObject(properties) ? properties[key] : undefined;
  const remedy = isJsonObject(property) ? property['patternErrorMessage'] : undefined;
  return typeof remedy === 'string' ? remedy : undefined;
}

function explainMissingSchedule(): Finding {
  const keys = schedule.map(describePointer).join(', ');
  const hint = 'add them, or remove kind if this is a hunting query';
  return missingKey(`a Scheduled detection needs ${keys}`, hint, '/kind');
}

function missingKey(message: string, hint: string, pointer: string): Finding {
  return { code: 'missing-key', severity: 'error', message, hint, pointer, part: 'key' };
}
