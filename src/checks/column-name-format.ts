import { alertRuleLimits } from '../sentinel/limits.ts';
import { isColumnName } from '../sentinel/names.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { namedColumns, type ColumnUse } from './named-columns.ts';
import { quote } from './quote.ts';

const { columnNameLength } = alertRuleLimits;

const uses: ReadonlySet<ColumnUse> = new Set(['entity', 'sentinel-entities', 'custom-detail']);

/** Columns that mappings and custom details name can be column names. */
export const columnNameFormat: Check = {
  id: 'column-name-format',
  severity: 'error',
  huntingSeverity: 'warning',
  summary:
    'A column named by an entity mapping or a custom detail starts with a letter or an underscore, has only letters, ' +
    `digits and underscores, and at most ${columnNameLength} characters.`,
  rationale: 'The service refuses anything else, such as an expression or a path into a dynamic value.',
  examples: {
    good: ['customDetails:\n  Country: Location'],
    bad: ['customDetails:\n  Country: LocationDetails.countryOrRegion', 'customDetails:\n  Country: ""'],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection)) return;
    for (const { use, pointer, column: columnName } of namedColumns(detection)) {
      if (!uses.has(use)) continue;
      if (!isColumnName(columnName)) {
        report(
          pointer,
          `column name ${quote(columnName)} is not a letter or underscore followed by letters, digits and underscores`,
          {
            hint: 'extend or project the query with a column of a plain name, and use that',
          },
        );
      } else if (columnName.length > columnNameLength) {
        report(
          pointer,
          `the column name has ${columnName.length} characters; the service takes ${columnNameLength}`,
          { hint: 'rename the column in the query' },
        );
      }
    }
  },
};
