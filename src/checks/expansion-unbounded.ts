import type { QueryNode } from '../kql/query-node.ts';
import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { rangeOf } from './range-of.ts';

/** The rows that come of expanding an array are limited or filtered. */
export const expansionUnbounded: Check = {
  id: 'expansion-unbounded',
  severity: 'info',
  summary: 'After mv-expand in a query that alerts, a filter or an aggregate follows, or it has a limit.',
  rationale:
    'Each record becomes as many rows as its array has elements, and each row counts as a result and may alert.',
  examples: {
    good: [
      'query: AuditLogs | mv-expand Target = TargetResources | where tostring(Target.type) == "User"\nentityMappings: []',
      'query: AuditLogs | mv-expand Target = TargetResources limit 10\nentityMappings: []',
    ],
    bad: ['query: AuditLogs | mv-expand Target = TargetResources\nentityMappings: []'],
  },
  check({ loaded: { detection }, query }, report) {
    if (!raisesAlerts(detection)) return;
    for (const operator of query?.tree?.nodesOf('MvExpandOperator') ?? []) {
      if (operator.part('RowLimitClause') || isReduced(operator)) continue;
      report('/query', 'each record becomes any number of rows here', {
        range: rangeOf(operator),
        hint: 'add a limit, filter the rows, or summarize them',
      });
    }
  },
};

const reducing: ReadonlySet<string> = new Set([
  'FilterOperator',
  'SummarizeOperator',
  'DistinctOperator',
  'TakeOperator',
  'TopOperator',
  'JoinOperator',
  'LookupOperator',
]);

/** True if an operator behind this one in its pipeline, or in one around it, leaves rows out or puts them together. */
function isReduced(operator: QueryNode): boolean {
  for (let node = operator.parent; node; node = node.parent) {
    const next = node.kind === 'PipeExpression' ? node.part('Operator') : undefined;
    if (next && next !== operator && next.start > operator.start && reducing.has(next.kind)) return true;
  }
  return false;
}
