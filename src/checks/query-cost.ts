import type { QueryTree } from '../kql/query-node.ts';
import type { NamedNodeKind } from '../kql/query-node.ts';
import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { callCosts, expensive, kindCosts, tableCost } from './query-cost-weights.ts';

/** A query that runs again and again is cheap enough for that. */
export const queryCost: Check = {
  id: 'query-cost',
  severity: 'info',
  summary: `A query that alerts costs less than ${expensive} points, by the weights in query-cost-weights.ts.`,
  rationale:
    'The service stops a query that takes more than ten minutes, and after some failures switches the alert rule off. The points ' +
    'are an estimate: joins, searches through text and tables count most.',
  examples: {
    good: ['query: SigninLogs | where Location contains "XX"'],
    bad: [
      'query: |\n  SigninLogs\n' +
        '  | join kind=inner (AuditLogs | where Result contains "x") on CorrelationId\n'.repeat(10),
    ],
  },
  check({ loaded: { detection }, query }, report) {
    if (!raisesAlerts(detection) || query?.tree === undefined) return;
    const costs = new Map([
      ...countCosts(query.tree),
      ['tables', query.bound.references.tables.length * tableCost],
    ]);
    const total = [...costs.values()].reduce((sum, points) => sum + points, 0);
    if (total < expensive) return;
    const most = [...costs].sort(([, a], [, b]) => b - a).slice(0, 3);
    report('/query', `the query costs ${total} points; from ${expensive} on it is expensive`, {
      part: 'key',
      hint: `most of it: ${most.map(([name, points]) => `${name} ${points}`).join(', ')}`,
    });
  },
};

/** Points by what they are for. */
function countCosts(tree: QueryTree): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  const add = (name: string, points: number): void => {
    if (points > 0) costs.set(name, (costs.get(name) ?? 0) + points);
  };
  for (const [kind, points] of Object.entries(kindCosts)) {
    const name = kind.replace(/(?:Operator|Expression)$/, '').toLowerCase();
    add(name, tree.nodesOf(kind as NamedNodeKind).length * points);
  }
  for (const { name = '' } of tree.nodesOf('FunctionCallExpression')) {
    if (Object.hasOwn(callCosts, name)) add(`${name}()`, callCosts[name] ?? 0);
  }
  return costs;
}
