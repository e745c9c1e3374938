import { isJsonArray, isJsonObject, type JsonValue } from '../../core/json.ts';
import { entityIdentifiers } from '../../sentinel/entity-identifiers.ts';
import { alertRuleLimits as limits } from '../../sentinel/limits.ts';
import { entityTypes } from '../../sentinel/vocabulary.ts';
import { shownText } from '../shown-text.ts';

interface FieldMapping {
  readonly identifier: string;
  readonly columnName: string;
}

/** What the service's own validation says about entity mappings that fit the schema; undefined if they are right. */
export function entityMappingFault(entityMappings: JsonValue | undefined): string | undefined {
  if (!isJsonArray(entityMappings)) return undefined;
  if (entityMappings.length > limits.entityMappings) {
    return lengthFault(entityMappings.length, limits.entityMappings);
  }
  for (const mapping of entityMappings) {
    if (!isJsonObject(mapping)) continue;
    const fields = isJsonArray(mapping['fieldMappings'])
      ? mapping['fieldMappings'].filter(isJsonObject).map((field) => ({
          identifier: shownText(field['identifier']),
          columnName: shownText(field['columnName']),
        }))
      : [];
    const fault = fieldMappingFault(shownText(mapping['entityType']), fields);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function fieldMappingFault(entityType: string, fields: readonly FieldMapping[]): string | undefined {
  const type = entityTypes.find((known) => known === entityType);
  if (type === undefined) return undefined;
  if (fields.length > limits.fieldMappings)
    return lengthFault(fields.length, limits.fieldMappings, 'FieldMappings');
  const { identifiers, requiredAnyOf } = entityIdentifiers[type];
  const seen = new Set<string>();
  for (const { identifier, columnName } of fields) {
    if (!identifiers.includes(identifier)) {
      return `Invalid identifier '${identifier}' for entity type '${type}' encountered. Valid identifiers are: [${identifiers.join(', ')}]`;
    }
    if (seen.has(identifier)) {
      return `Identifier '${identifier}' is defined multiple times. Identifiers used in 'EntityMappings' must be unique.`;
    }
    if (!/^[a-zA-Z_]\w*$/.test(columnName) || columnName.length > limits.columnNameLength) {
      return `The ColumnName '${columnName}' is invalid. The value must start with a letter or underscore, and contain only alphanumeric English characters.`;
    }
    seen.add(identifier);
  }
  if (requiredAnyOf.some((combination) => combination.every((identifier) => seen.has(identifier))))
    return undefined;
  const combinations = requiredAnyOf.map((combination) => combination.join(', ')).join('; ');
  return `Missing required identifiers in 'EntityMappings' for type '${type}'. Required identifiers are one of the following combinations: ${combinations}`;
}

function lengthFault(length: number, max: number, property = 'EntityMappings'): string {
  return `Invalid length of '${length}' for '${property}'. '${property}' length should be between '1' and '${max}'`;
}
