import { argumentsOf, type QueryNode } from '../../kql/query-node.ts';
import { replaceNode, replaceOperator, type QueryMutator } from './mutator.ts';
import { isNot, isPredicate, neutralOf } from './predicate.ts';

const otherLogic: Readonly<Record<string, string>> = { AndExpression: 'or', OrExpression: 'and' };

/** Mutators of predicates as wholes, and of what joins them. */
export const predicateMutators: readonly QueryMutator[] = [
  {
    of: 'query',
    name: 'drop-predicate',
    summary:
      'A predicate of `where`, `iff`, `case`, `countif` and the like is left out, and so are several together that are joined by `or`: true takes the place, false as a leg of `or`, and the other way round in `not`.',
    example: ['where a == 1 and b == 2', 'where true and b == 2'],
    mutate: (node) => {
      const neutral = neutralOf(node);
      return neutral === undefined ? [] : [replaceNode(node, String(neutral))];
    },
  },
  {
    of: 'query',
    name: 'flip-predicate',
    summary: 'A predicate is negated.',
    example: ['where a == 1', 'where not(a == 1)'],
    mutate: (node) => (isPredicate(node) ? [replaceNode(node, `not(${node.text})`)] : []),
  },
  {
    of: 'query',
    name: 'drop-not',
    summary: 'A `not` is left out.',
    example: ['where not(a has "x")', 'where (a has "x")'],
    mutate: (node) => {
      const [inner] = argumentsOf(node);
      return isNot(node) && inner ? [replaceNode(node, `(${inner.text})`)] : [];
    },
  },
  {
    of: 'query',
    name: 'swap-logic',
    summary: '`and` becomes `or`, and the other way round.',
    example: ['where a == 1 and b == 2', 'where (a == 1 or b == 2)'],
    mutate: (node) => {
      const other = otherLogic[node.kind];
      const [left, right] = [node.part('Left'), node.part('Right')];
      if (other === undefined || !left || !right) return [];
      // An `or` on the left of `and` needs its parentheses, and so does the whole.
      return [replaceNode(node, `((${left.text}) ${other} (${right.text}))`)];
    },
  },
];

const boundaries: Readonly<Record<string, string>> = {
  GreaterThanExpression: '>=',
  GreaterThanOrEqualExpression: '>',
  LessThanExpression: '<=',
  LessThanOrEqualExpression: '<',
};

const reversed: Readonly<Record<string, string>> = {
  GreaterThanExpression: '<',
  GreaterThanOrEqualExpression: '<=',
  LessThanExpression: '>',
  LessThanOrEqualExpression: '>=',
};

const textOperators: Readonly<Record<string, string>> = {
  EqualTildeExpression: '==',
  BangTildeExpression: '!=',
  // The parser names `in~` InCsExpression.
  InCsExpression: 'in',
  NotInCsExpression: '!in',
  HasExpression: 'contains',
  NotHasExpression: '!contains',
  ContainsExpression: 'has',
  NotContainsExpression: '!has',
  StartsWithExpression: 'contains',
  NotStartsWithExpression: '!contains',
  EndsWithExpression: 'contains',
  NotEndsWithExpression: '!contains',
  HasAnyExpression: 'has_all',
  HasAllExpression: 'has_any',
  HasPrefixExpression: 'contains',
  NotHasPrefixExpression: '!contains',
  HasSuffixExpression: 'contains',
  NotHasSuffixExpression: '!contains',
  HasCsExpression: 'has',
  NotHasCsExpression: '!has',
  ContainsCsExpression: 'contains',
  NotContainsCsExpression: '!contains',
  StartsWithCsExpression: 'startswith',
  NotStartsWithCsExpression: '!startswith',
  EndsWithCsExpression: 'endswith',
  NotEndsWithCsExpression: '!endswith',
};

function mapOperator(operators: Readonly<Record<string, string>>): QueryMutator['mutate'] {
  return (node) => {
    const other = operators[node.kind];
    return other === undefined ? [] : replaceOperator(node, other);
  };
}

/** Mutators of the operators within predicates. */
export const comparisonMutators: readonly QueryMutator[] = [
  {
    of: 'query',
    name: 'move-boundary',
    summary: 'A comparison takes in its boundary, or leaves it out.',
    example: ['where n > 5', 'where n >= 5'],
    mutate: mapOperator(boundaries),
  },
  {
    of: 'query',
    name: 'reverse-comparison',
    summary: 'A comparison looks the other way.',
    example: ['where n > 5', 'where n < 5'],
    mutate: mapOperator(reversed),
  },
  {
    of: 'query',
    name: 'swap-text-operator',
    summary:
      'A text operator becomes its neighbour: `=~` and `in~` mind case, `has_cs` and its like no longer do; `has`, `hasprefix`, `hassuffix`, `startswith` and `endswith` become `contains`, `contains` becomes `has`, `has_any` and `has_all` change places. So do their negations.',
    example: ['where a has "x"', 'where a contains "x"'],
    mutate: (node) => (isSameAtEdges(node) ? [] : mapOperator(textOperators)(node)),
  },
];

const termOperators = /^(Not)?(Has|Contains)(Cs)?Expression$/;

/** `has "@"` and `contains "@"` are the same: a term boundary is asked for beside a letter or a digit only. */
function isSameAtEdges(node: QueryNode): boolean {
  const sought = node.part('Right')?.constant;
  if (!termOperators.test(node.kind) || node.kind.endsWith('CsExpression') || typeof sought !== 'string')
    return false;
  return !/^[\p{L}\p{N}]|[\p{L}\p{N}]$/u.test(sought);
}
