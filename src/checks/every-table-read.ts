import type { QueryNode } from '../kql/query-node.ts';
import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { rangeOf } from './range-of.ts';

/** An alerting query names the tables that it reads. */
export const everyTableRead: Check = {
  id: 'every-table-read',
  severity: 'error',
  summary: 'A query that alerts has no `union *`, and no `search` or `find` over all tables.',
  rationale:
    'The service refuses `search *` and `union *` in an alert rule. What else reads every table of the workspace costs as much, ' +
    'and alerts on data that nobody thought of.',
  examples: {
    good: [
      'query: union Device*Events | where TimeGenerated > ago(1h)\nentityMappings: []',
      'query: search in (SigninLogs, AuditLogs) "203.0.113.7"\nentityMappings: []',
    ],
    bad: [
      'query: search "203.0.113.7"\nentityMappings: []',
      'query: union * | where TimeGenerated > ago(1h)',
    ],
  },
  check({ loaded: { detection }, query }, report) {
    if (query?.tree === undefined || !raisesAlerts(detection)) return;
    for (const operator of query.tree.nodesOf('UnionOperator', 'SearchOperator', 'FindOperator')) {
      const culprit = readsEverything(operator);
      if (culprit === undefined) continue;
      report('/query', `this ${culprit.operator} reads every table of the workspace`, {
        range: rangeOf(culprit.node),
        hint: 'name the tables',
      });
    }
  },
};

/** The star of a union, or the whole operator of a search without tables. */
function readsEverything(
  operator: QueryNode,
): { readonly node: QueryNode; readonly operator: string } | undefined {
  if (operator.kind === 'UnionOperator') {
    const star = operator.list('Expressions').find(({ text }) => text === '*');
    return star && { node: star, operator: 'union' };
  }
  const hasInput = operator.parent?.part('Operator') === operator;
  if (hasInput || operator.part('InClause')) return undefined;
  return { node: operator, operator: operator.kind === 'FindOperator' ? 'find' : 'search' };
}
