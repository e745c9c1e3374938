import { argumentsOf, type QueryNode, type QueryTree } from '../kql/query-node.ts';
import { readTimespanLiteral } from './timespan-literal.ts';

/** A comparison with a time that moves with `now()`: it keeps what is at most so old. */
export interface TimeBound {
  readonly comparison: QueryNode;
  /** What is compared, such as `TimeGenerated`. */
  readonly subject: QueryNode;
  /** True if it is the time of the records themselves, by which queryPeriod bounds them. */
  readonly isRecordTime: boolean;
  /** How far back the comparison reaches. */
  readonly seconds: number;
}

const recordTimes = new Set(['TimeGenerated', 'Timestamp', 'ingestion_time']);

/** Functions that move a time by less than the window that they round to. */
const roundings = new Set([
  'startofday',
  'startofhour',
  'endofday',
  'bin',
  'floor',
  'bin_at',
  'todatetime',
  'min_of',
]);

/**
 * Finds the lower bounds of time windows in a query: `TimeGenerated > ago(1d)`, `between (ago(7d) .. now())`, also through
 * `let`s and parameters. A bound whose value is not known beforehand is left out.
 */
export function findTimeBounds(tree: QueryTree): readonly TimeBound[] {
  let bounds = boundsOf.get(tree);
  if (bounds === undefined) {
    bounds = readTimeBounds(tree);
    boundsOf.set(tree, bounds);
  }
  return bounds;
}

/** Several checks ask for the bounds of one tree. */
const boundsOf = new WeakMap<QueryTree, readonly TimeBound[]>();

function readTimeBounds(tree: QueryTree): readonly TimeBound[] {
  const bounds: TimeBound[] = [];
  const add = (comparison: QueryNode, subject?: QueryNode, point?: QueryNode): void => {
    if (subject === undefined || point === undefined) return;
    const seconds = secondsAgo(point, tree);
    if (seconds === undefined || secondsAgo(subject, tree) !== undefined) return;
    const isRecordTime = subject.symbol?.kind !== 'variable' && recordTimes.has(subject.name ?? '');
    bounds.push({ comparison, subject, isRecordTime, seconds });
  };
  for (const node of tree.nodesOf('GreaterThanExpression', 'GreaterThanOrEqualExpression')) {
    add(node, node.part('Left'), node.part('Right'));
  }
  for (const node of tree.nodesOf('LessThanExpression', 'LessThanOrEqualExpression')) {
    add(node, node.part('Right'), node.part('Left'));
  }
  for (const node of tree.nodesOf('BetweenExpression')) {
    add(node, node.part('Left'), node.part('Right')?.part('First'));
  }
  return bounds.sort((a, b) => a.comparison.start - b.comparison.start);
}

/** How long before `now()` a time is, in seconds; undefined if it is none or does not depend on `now()`. */
export function secondsAgo(node: QueryNode, tree: QueryTree): number | undefined {
  const [left, right] = [node.part('Left'), node.part('Right')];
  switch (node.kind) {
    case 'FunctionCallExpression':
      return secondsAgoOfCall(node, tree);
    case 'ParenthesizedExpression':
      return follow(node.part('Expression'), tree, secondsAgo);
    case 'NameReference':
      return follow(tree.letOf(node)?.part('Expression'), tree, secondsAgo);
    case 'SubtractExpression':
      return sum(follow(left, tree, secondsAgo), follow(right, tree, timespanSeconds));
    case 'AddExpression':
      return sum(follow(left, tree, secondsAgo), negate(follow(right, tree, timespanSeconds)));
    default:
      return undefined;
  }
}

function secondsAgoOfCall(call: QueryNode, tree: QueryTree): number | undefined {
  const [first, second, third] = argumentsOf(call);
  const name = call.name ?? '';
  if (name === 'ago') return follow(first, tree, timespanSeconds);
  if (name === 'now') return first === undefined ? 0 : negate(timespanSeconds(first, tree));
  if (roundings.has(name)) return follow(first, tree, secondsAgo);
  if (name !== 'datetime_add') return undefined;
  const [unit, amount] = [first?.constant, second && numberOf(second)];
  const step = typeof unit === 'string' ? readTimespanLiteral(`1${unit.toLowerCase()}s`) : undefined;
  if (step === undefined || amount === undefined) return undefined;
  return sum(follow(third, tree, secondsAgo), -step * amount);
}

/** The length of a timespan in seconds; undefined if it is none or not constant. */
export function timespanSeconds(node: QueryNode, tree: QueryTree): number | undefined {
  const [left, right] = [node.part('Left'), node.part('Right')];
  switch (node.kind) {
    case 'TimespanLiteralExpression':
      return readTimespanLiteral(node.text);
    case 'ParenthesizedExpression':
      return follow(node.part('Expression'), tree, timespanSeconds);
    case 'NameReference':
      return follow(tree.letOf(node)?.part('Expression'), tree, timespanSeconds);
    case 'UnaryMinusExpression':
      return negate(follow(node.part('Expression'), tree, timespanSeconds));
    case 'AddExpression':
      return sum(follow(left, tree, timespanSeconds), follow(right, tree, timespanSeconds));
    case 'SubtractExpression':
      return sum(follow(left, tree, timespanSeconds), negate(follow(right, tree, timespanSeconds)));
    case 'MultiplyExpression':
      return (
        product(left && numberOf(left), follow(right, tree, timespanSeconds)) ??
        product(right && numberOf(right), follow(left, tree, timespanSeconds))
      );
    case 'FunctionCallExpression': {
      const text = ['totimespan', 'totime'].includes(node.name ?? '')
        ? argumentsOf(node)[0]?.constant
        : undefined;
      return typeof text === 'string' ? readTimespanLiteral(`time(${text})`) : undefined;
    }
    default:
      return undefined;
  }
}

type Reader = (node: QueryNode, tree: QueryTree) => number | undefined;

function follow(node: QueryNode | undefined, tree: QueryTree, read: Reader): number | undefined {
  return node && read(node, tree);
}

function numberOf(node: QueryNode): number | undefined {
  const inner = node.kind === 'UnaryMinusExpression' ? node.part('Expression')?.constant : node.constant;
  if (typeof inner !== 'number') return undefined;
  return node.kind === 'UnaryMinusExpression' ? -inner : inner;
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

function product(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a * b;
}

function negate(a: number | undefined): number | undefined {
  return a === undefined ? undefined : -a;
}
