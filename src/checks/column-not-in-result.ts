import { nearestName } from '../core/nearest-name.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { namedColumns } from './named-columns.ts';
import { quote } from './quote.ts';

/** Every column that the detection names is one that its query returns. */
export const columnNotInResult: Check = {
  id: 'column-not-in-result',
  severity: 'error',
  judgedOffline: true,
  summary:
    'Columns named by entity mappings, custom details and alertDetailsOverride are in the result of the query, in the same case.',
  rationale:
    'The service refuses an entity mapping to a column that does not exist. Elsewhere it leaves the value out, so that alerts ' +
    'lack a detail and nobody is told. A result whose columns cannot all be known is not judged.',
  examples: {
    good: [
      'query: SigninLogs | project TimeGenerated, UserPrincipalName, City = Location\ncustomDetails:\n  City: City',
    ],
    bad: [
      'query: SigninLogs | project TimeGenerated, IPAddress',
      'customDetails:\n  Country: location',
      'alertDetailsOverride:\n  alertDisplayNameFormat: Sign-in of {{UserName}}',
    ],
  },
  check({ loaded: { detection }, query }, report) {
    const result = query?.tree && query.bound.result;
    if (!hasQuery(detection) || result === undefined || result.isOpen) return;
    const names = result.columns.map(({ name }) => name);
    for (const { pointer, column, range } of namedColumns(detection)) {
      if (column === '' || names.includes(column)) continue;
      const near =
        names.find((name) => name.toLowerCase() === column.toLowerCase()) ?? nearestName(column, names);
      report(pointer, `the query returns no column ${quote(column)}`, {
        ...(range === undefined ? {} : { range }),
        hint: near === undefined ? `it returns ${listNames(names)}` : `did you mean "${near}"?`,
      });
    }
  },
};

const mostNames = 12;

function listNames(names: readonly string[]): string {
  const more = names.length - mostNames;
  return names.slice(0, mostNames).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
