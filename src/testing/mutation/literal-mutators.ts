import type { QueryNode } from '../../kql/query-node.ts';
import { dropEach, replaceNode, type QueryMutator } from './mutator.ts';

/** By how much a whole number moves away from the side that `move-boundary` tries. */
const steps: Readonly<Record<string, number>> = {
  GreaterThanExpression: 1,
  GreaterThanOrEqualExpression: -1,
  LessThanExpression: -1,
  LessThanOrEqualExpression: 1,
};

/** Mutators of literals. */
export const literalMutators: readonly QueryMutator[] = [
  {
    of: 'query',
    name: 'move-threshold',
    summary:
      'The whole number of a comparison is one more or less, on the side that move-boundary does not try; that of a `let` is both in turn. A number with a fraction is doubled, and halved.',
    example: ['where n >= 5', 'where n >= 4'],
    mutate: (node) => {
      const { constant } = node;
      if (typeof constant !== 'number') return [];
      if (node.kind === 'RealLiteralExpression')
        return constant === 0
          ? []
          : [constant * 2, constant / 2].map((other) => replaceNode(node, writeReal(other)));
      if (node.kind !== 'LongLiteralExpression') return [];
      return stepsAt(node).map((step) => replaceNode(node, String(constant + step)));
    },
  },
  {
    of: 'query',
    name: 'change-timespan',
    summary: 'A stretch of time is doubled, and halved.',
    example: ['where TimeGenerated > ago(1h)', 'where TimeGenerated > ago(2h)'],
    mutate: (node) =>
      node.kind === 'TimespanLiteralExpression'
        ? scaleTimespan(node.text).map((other) => replaceNode(node, other))
        : [],
  },
  {
    of: 'query',
    name: 'drop-item',
    summary:
      'An item of a list of literals is left out: of `in`, `has_any` and the like, and of `dynamic([…])`.',
    example: ['where a in ("x", "y")', 'where a in ("y")'],
    mutate: (node) => {
      const items = node.kind === 'JsonArrayExpression' ? node.list('Values') : listOf(node);
      return items.every(({ kind }) => kind.endsWith('LiteralExpression')) ? dropEach(items) : [];
    },
  },
];

/** `90m` doubled, and halved; none for what is written in another way, or is nothing. */
export function scaleTimespan(text: string): readonly string[] {
  const match = /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(text);
  const amount = Number(match?.[1]);
  return match && amount > 0 ? [amount * 2, amount / 2].map((other) => `${other}${match[2] ?? ''}`) : [];
}

/** A number that KQL reads as a real. */
function writeReal(value: number): string {
  return `real(${value})`;
}

function stepsAt(node: QueryNode): readonly number[] {
  const { parent } = node;
  if (parent?.kind === 'LetStatement') return [1, -1];
  const isLeft = parent?.part('Left') === node;
  const step = (steps[parent?.kind ?? ''] ?? 0) * (isLeft ? -1 : 1);
  return step === 0 ? [] : [step];
}

const listOperators = /^(Not)?(In|InCs|HasAny|HasAll)Expression$/;

/** The list on the right of `in` and its like. */
function listOf(node: QueryNode): readonly QueryNode[] {
  return listOperators.test(node.kind) ? (node.part('Right')?.list('Expressions') ?? []) : [];
}
