import type { NodeType, QueryNode, QueryTree } from '../kql/query-node.ts';
import type { Check } from './check.ts';
import { rangeOf } from './range-of.ts';

/** Types that compare with each other; of one group two values are told apart by value, of two groups by nothing. */
const groups: Partial<Record<NodeType, string>> = {
  string: 'text',
  int: 'number',
  long: 'number',
  real: 'number',
  decimal: 'number',
  datetime: 'time',
  timespan: 'length of time',
  bool: 'truth value',
};

/** A column is compared with a value of its own type. */
export const comparisonOfTypes: Check = {
  id: 'comparison-of-types',
  severity: 'warning',
  summary: 'A column is compared with values of its own type.',
  rationale:
    'The parser lets `EventID == "4624"` pass, where EventID is a number. Kusto converts one side where it can; where it cannot ' +
    'it refuses the query, or nothing is ever equal.',
  examples: {
    good: ['query: SecurityEvent | where EventID == 4624 and Level in ("0", "1")\nentityMappings: []'],
    bad: [
      'query: SecurityEvent | where EventID == "4624"\nentityMappings: []',
      'query: SecurityEvent | where EventID in ("4624", "4625")\nentityMappings: []',
      'query: SigninLogs | where ResultType == 0',
    ],
  },
  check({ query }, report) {
    if (query?.tree === undefined) return;
    for (const { column, value } of comparisons(query.tree)) {
      const [wanted, given] = [groupOf(column), groupOf(value)];
      if (wanted === undefined || given === undefined || wanted === given) continue;
      report('/query', `column ${column.text} is a ${wanted}, but ${value.text} is a ${given}`, {
        range: rangeOf(value),
        hint: remedy(column, value),
      });
    }
  },
};

interface Comparison {
  readonly column: QueryNode;
  readonly value: QueryNode;
}

/** Every column that is compared for equality with a literal. */
function comparisons(tree: QueryTree): readonly Comparison[] {
  const pairs = tree.nodesOf('EqualExpression', 'NotEqualExpression').flatMap((node) => {
    const [left, right] = [node.part('Left'), node.part('Right')];
    return left && right ? [{ column: left, value: right }] : [];
  });
  const lists = tree
    .nodesOf('InExpression', 'NotInExpression', 'InCsExpression', 'NotInCsExpression')
    .flatMap((node) => {
      const column = node.part('Left');
      const values = node.part('Right')?.list('Expressions') ?? [];
      return column ? values.slice(0, 1).map((value) => ({ column, value })) : [];
    });
  return [...pairs, ...lists].filter(
    ({ column, value }) => column.symbol?.kind === 'column' && value.kind.endsWith('LiteralExpression'),
  );
}

function groupOf({ type }: QueryNode): string | undefined {
  return type && groups[type];
}

function remedy(column: QueryNode, value: QueryNode): string {
  if (column.type === 'string') return `write ${JSON.stringify(value.text)}`;
  const { constant } = value;
  if (typeof constant === 'string' && /^-?\d+$/.test(constant)) return `write ${constant}`;
  return `compare it with a ${groupOf(column) ?? 'value of its type'}`;
}
