import { joinPointer } from '../core/json-pointer.ts';
import { nearestName } from '../core/nearest-name.ts';
import { entityTypes, type EntityType } from '../sentinel/vocabulary.ts';
import type { AuthoredDetection } from './authored-detection.ts';
import { describePointer, quoteValue } from './describe-value.ts';
import type { EntityMapping, FieldMapping } from './detection.ts';
import type { Finding } from './finding.ts';
import { placeItems, type Origins, type Placed } from './placed.ts';

const byLowerCase = new Map(entityTypes.map((type) => [type.toLowerCase(), type]));

/**
 * Reads `entityMappings`, entity types in any case. An unknown type is an error in a detection that alerts; a hunting query
 * may name types that alerts cannot have, which are left out with a warning.
 */
export function normaliseEntityMappings(
  authored: AuthoredDetection['entityMappings'],
  isHunting: boolean,
  origins: Origins,
): { readonly entityMappings: readonly EntityMapping[]; readonly findings: readonly Finding[] } {
  const known: (Placed<EntityMapping> & { readonly fields: readonly Placed<FieldMapping>[] })[] = [];
  const findings: Finding[] = [];
  for (const { value, pointer } of placeItems(authored, '/entityMappings')) {
    const entityType = byLowerCase.get(value.entityType.trim().toLowerCase());
    if (entityType === undefined) {
      findings.push(explainUnknownType(value.entityType, joinPointer(pointer, 'entityType'), isHunting));
      continue;
    }
    const fields = placeItems(value.fieldMappings, joinPointer(pointer, 'fieldMappings'));
    const fieldMappings = fields.map(({ value: { identifier, columnName } }) => ({ identifier, columnName }));
    known.push({ value: { entityType, fieldMappings }, pointer, fields });
  }
  const entityMappings = origins.list('/entityMappings', known);
  for (const [index, { fields }] of known.entries()) {
    origins.list(joinPointer('/entityMappings', index, 'fieldMappings'), fields);
  }
  return { entityMappings, findings };
}

function explainUnknownType(type: string, pointer: string, isHunting: boolean): Finding {
  const meant: EntityType | undefined = nearestName(type, entityTypes) as EntityType | undefined;
  return {
    code: 'unknown-entity-type',
    severity: isHunting ? 'warning' : 'error',
    message: `${describePointer(pointer)} ${quoteValue(type)} is no entity type${isHunting ? ': the mapping is left out' : ''}`,
    hint: meant === undefined ? `use ${entityTypes.join(', ')}` : `did you mean "${meant}"?`,
    pointer,
    part: 'value',
  };
}
