import type { NodeType } from '../kql/query-node.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { namedColumns, type ColumnUse } from './named-columns.ts';
import { quote } from './quote.ts';

/** The types that a column may have for a use; any type if a use is not listed. */
const rendered: Partial<Record<ColumnUse, { readonly types: readonly NodeType[]; readonly remedy: string }>> =
  {
    severity: {
      types: ['string'],
      remedy: 'extend the query with a text that is Informational, Low, Medium or High',
    },
    tactics: {
      types: ['string', 'dynamic'],
      remedy: 'extend the query with the name of a tactic, or a list of names',
    },
    'sentinel-entities': {
      types: ['string', 'dynamic'],
      remedy: 'name a column that holds entities, such as Entities of SecurityAlert',
    },
  };

/** A column has a type that the service can make what is asked for of. */
export const columnNotRenderable: Check = {
  id: 'column-not-renderable',
  severity: 'error',
  judgedOffline: true,
  summary: 'The column of a severity is text, that of tactics or of whole entities text or dynamic.',
  rationale:
    'Of a value of another type the service can make no severity, tactic or entity. It falls back to the value of the ' +
    'detection without a word.',
  examples: {
    good: [
      'query: SigninLogs | extend Weight = iff(RiskLevelDuringSignIn == "high", "High", "Low")\n' +
        'alertDetailsOverride:\n  alertSeverityColumnName: Weight',
    ],
    bad: [
      'query: SigninLogs | summarize Weight = count() by UserPrincipalName\n' +
        'alertDetailsOverride:\n  alertSeverityColumnName: Weight',
    ],
  },
  check({ loaded: { detection }, query }, report) {
    if (!hasQuery(detection) || query?.tree === undefined) return;
    const typeOf = new Map((query.bound.result?.columns ?? []).map(({ name, type }) => [name, type]));
    for (const { use, pointer, column } of namedColumns(detection)) {
      const type = typeOf.get(column);
      const fit = rendered[use];
      if (fit === undefined || type === undefined || type === 'unknown' || fit.types.includes(type)) continue;
      report(pointer, `column ${quote(column)} is of type ${type}, not ${fit.types.join(' or ')}`, {
        hint: fit.remedy,
      });
    }
  },
};
