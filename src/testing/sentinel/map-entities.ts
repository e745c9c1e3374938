import type { AlertingDetection, EntityMapping } from '../../detection/detection.ts';
import { valueToText } from '../../engine/value-text.ts';
import { isArray, isBag } from '../../engine/value.ts';
import type { Bag, Value } from '../../engine/value.ts';
import { parseJson } from '../../engine/json-text.ts';
import { entityIdentifiers } from '../../sentinel/entity-identifiers.ts';
import { alertLimits } from '../../sentinel/limits.ts';
import { entityTypes, type EntityType } from '../../sentinel/vocabulary.ts';
import type { Entity } from './alert.ts';
import { columnValues, type Results } from './results.ts';

/**
 * The entities of an alert, each once, in the order of the mappings. An identifier without a value is left out, and an entity
 * without enough of them to be told apart is none. The mappings share the limit of entities equally.
 */
export function mapEntities(
  { entityMappings, sentinelEntitiesMappings }: AlertingDetection,
  results: Results,
): { readonly entities: readonly Entity[]; readonly notes: readonly string[] } {
  const sources = [
    ...entityMappings.map((mapping) => () => entitiesOfMapping(mapping, results)),
    ...sentinelEntitiesMappings.map(
      ({ columnName }) =>
        () =>
          entitiesOfColumn(columnName, results),
    ),
  ];
  const share = Math.floor(alertLimits.entities / Math.max(1, sources.length));
  const entities = new Map<string, Entity>();
  const notes: string[] = [];
  for (const source of sources) {
    const own = new Map(source().map((entity) => [identityOf(entity), entity]));
    if (own.size > share) notes.push(`${own.size - share} entities beyond the limit of ${share} a mapping`);
    for (const [identity, entity] of [...own].slice(0, share)) entities.set(identity, entity);
  }
  return { entities: [...entities.values()], notes };
}

/** Two entities of the same identity are one. */
export function identityOf({ entityType, identifiers }: Entity): string {
  return JSON.stringify([entityType, Object.entries(identifiers).sort()]);
}

function entitiesOfMapping(
  { entityType, fieldMappings }: EntityMapping,
  results: Results,
): readonly Entity[] {
  const columns = fieldMappings.map(({ identifier, columnName }) => ({
    identifier,
    values: columnValues(results, columnName) ?? [],
  }));
  return results.rows.flatMap((_row, index) => {
    const identifiers = Object.fromEntries(
      columns.flatMap(({ identifier, values }) => {
        const text = valueToText(values[index] ?? null);
        return text === '' ? [] : [[identifier, text]];
      }),
    );
    return isIdentified(entityType, identifiers) ? [{ entityType, identifiers }] : [];
  });
}

function isIdentified(entityType: EntityType, identifiers: Entity['identifiers']): boolean {
  return entityIdentifiers[entityType].requiredAnyOf.some((combination) =>
    combination.every((identifier) => Object.hasOwn(identifiers, identifier)),
  );
}

/** A column in the form of SecurityAlert.Entities: a list of bags with a `Type`, or its JSON text. */
function entitiesOfColumn(columnName: string, results: Results): readonly Entity[] {
  return (columnValues(results, columnName) ?? []).flatMap((value) => {
    const read = typeof value === 'string' ? (parseJson(value) ?? null) : value;
    const bags: readonly Value[] = isArray(read) ? read : [read];
    return bags.flatMap((bag) => (isBag(bag) ? toEntity(bag) : []));
  });
}

const typesByName = new Map(entityTypes.map((type) => [type.toLowerCase(), type]));

/** `azure-resource` is AzureResource; what refers to another entity (`$ref`) is none itself. */
function toEntity(bag: Bag): readonly Entity[] {
  const name = valueToText(bag.get('Type') ?? null).replaceAll('-', '');
  const entityType = typesByName.get(name.toLowerCase());
  if (entityType === undefined) return [];
  const known = new Set(entityIdentifiers[entityType].identifiers);
  const identifiers = Object.fromEntries(
    [...bag].flatMap(([key, value]) => {
      const text = valueToText(value);
      return known.has(key) && text !== '' ? [[key, text]] : [];
    }),
  );
  return isIdentified(entityType, identifiers) ? [{ entityType, identifiers }] : [];
}
