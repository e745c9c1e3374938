import type { EntityMapping, HuntingQuery } from '../detection/detection.ts';
import { isColumnName } from '../sentinel/names.ts';
import type { SavedSearch } from '../sentinel/resource.ts';
import { appendOperators } from './append-operators.ts';
import { toLetStatements } from './let-statements.ts';
import { splitTechniques } from './split-techniques.ts';

/**
 * The PUT body of a hunting query. A saved search has no property for what Sentinel shows beside the query, so the
 * conventions of its hunting page apply: the category, tags (lists joined by commas), and columns for the entities.
 */
export function compileHuntingSavedSearch(detection: HuntingQuery): SavedSearch {
  const { techniques, subTechniques } = splitTechniques(detection.techniques);
  const tags = {
    description: detection.description ?? '',
    tactics: detection.tactics.join(','),
    techniques: techniques.join(','),
    subTechniques: subTechniques.join(','),
  };
  return {
    properties: {
      category: 'Hunting Queries',
      displayName: detection.name,
      query: appendOperators(
        toLetStatements(detection.parameters) + detection.query,
        toEntityColumns(detection.entityMappings, detection.query),
      ),
      version: 2,
      tags: Object.entries(tags)
        .filter(([, value]) => value !== '')
        .map(([name, value]) => ({ name, value })),
    },
  };
}

/**
 * The portal stores a hunting query's entity mappings in the query itself: a column `<type>_<number>_<identifier>` for
 * each, numbered within its type, every one in an `extend` of its own, as the hunting page does not find them otherwise
 * (https://github.com/Azure/Azure-Sentinel/pull/7643). Columns that the author wrote that way are not written twice, and
 * what cannot name a column (a check warns of it) is left out, for it would break the query.
 */
function toEntityColumns(mappings: readonly EntityMapping[], query: string): readonly string[] {
  const authored = new Set(
    Array.from(query.matchAll(/^[ \t]*\|\s*extend\s+(\w+)\s*=/gm), ([, name]) => name),
  );
  const countOf = new Map<string, number>();
  return mappings.flatMap(({ entityType, fieldMappings }) => {
    const number = countOf.get(entityType) ?? 0;
    countOf.set(entityType, number + 1);
    return fieldMappings
      .map(({ identifier, columnName }) => ({ column: `${entityType}_${number}_${identifier}`, columnName }))
      .filter(({ column }) => !authored.has(column))
      .filter(({ column, columnName }) => isColumnName(column) && isColumnName(columnName))
      .map(({ column, columnName }) => `| extend ${column} = ${columnName}`);
  });
}
