import { argumentsOf } from '../../kql/query-node.ts';
import type { QueryNode } from '../../kql/query-node.ts';
import { findAggregate } from '../aggregates/registry.ts';
import { checkCall } from '../check-call.ts';
import { compileScalar, typeOf } from '../compile-scalar.ts';
import { hoist } from '../constant-scalar.ts';
import { createFrame, mapRows, refuse } from '../scope.ts';
import type { EngineColumn, Run, Scalar, Scope } from '../scope.ts';
import { createTupleIndex } from '../value-index.ts';
import type { Row, Value } from '../value.ts';
import { compileSeveral } from './aggregate-columns.ts';
import { columnsOf, nameOf } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';

/** Computes a value from the rows of a group. */
type GroupValue = (rows: readonly Row[], run: Run) => Value;

/** `summarize … by …` */
export const compileSummarize: OperatorCompiler = (node, input, scope) => {
  const inner = { ...scope, columns: input.columns };
  const keyNodes = node.part('ByClause')?.list('Expressions') ?? [];
  const keys = keyNodes.map((key) => hoist(compileScalar(key, inner)));
  const taken = new Set(keyNodes.map((key) => (key.kind === 'NameReference' ? key.name : undefined)));
  const outputs = node.list('Aggregates').map((item, index) => compileAggregated(item, inner, taken, index));
  const own = [
    ...keyNodes.map((key, index) => ({ name: keyName(key, index), type: typeOf(key) })),
    ...outputs.flatMap(({ columns }) => columns),
  ];
  const columns = columnsOf(node, own);
  if (node.rows && !node.rows.isOpen && columns !== node.rows.columns) refuse(scope, node, node.text);
  return {
    columns,
    rows: (run) => {
      const rows = input.rows(run);
      return [...groupRows(rows, keys, run)].map(({ key, members }) => [
        ...key,
        ...outputs.flatMap(({ evaluate }) => evaluate(members, run)),
      ]);
    },
  };
};

function keyName(node: QueryNode, index: number): string {
  if (node.kind !== 'FunctionCallExpression') return nameOf(node, `Column${index + 1}`);
  return argumentsOf(node)[0]?.name ?? `Column${index + 1}`;
}

interface Group {
  readonly key: readonly Value[];
  readonly members: Row[];
}

/** Groups in the order of their first rows; without keys there is one group, even of no rows. */
export function groupRows(rows: readonly Row[], keys: readonly Scalar[], run: Run): Iterable<Group> {
  if (keys.length === 0) return [{ key: [], members: [...rows] }];
  const groups: Group[] = [];
  const numberOf = createTupleIndex(keys.length);
  const frame = createFrame(run, rows);
  const values: Value[] = keys.map(() => null);
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as Row;
    frame.index = index;
    for (let at = 0; at < keys.length; at++) values[at] = keys[at]?.(row, frame) ?? null;
    const number = numberOf(values);
    const group = groups[number];
    if (group) group.members.push(row);
    else groups.push({ key: [...values], members: [row] });
  }
  return groups;
}

/** One aggregate of `summarize`, with the columns that it gives. */
export interface Aggregated {
  readonly columns: readonly EngineColumn[];
  readonly evaluate: (rows: readonly Row[], run: Run) => readonly Value[];
}

function compileAggregated(
  node: QueryNode,
  scope: Scope,
  taken: ReadonlySet<string | undefined>,
  index: number,
): Aggregated {
  const call = node.kind === 'SimpleNamedExpression' ? node.part('Expression') : node;
  const several = call && compileSeveral(call, scope, taken);
  if (several) {
    const [first, ...rest] = several.columns;
    const isNamed = node.kind === 'SimpleNamedExpression' && first;
    return isNamed ? { ...several, columns: [{ ...first, name: node.name ?? '' }, ...rest] } : several;
  }
  const evaluate = compileGroupValue(node, scope);
  const name =
    call?.kind === 'FunctionCallExpression' && call === node
      ? defaultName(node)
      : nameOf(node, `Column${index + 1}`);
  return { columns: [{ name, type: typeOf(node) }], evaluate: (rows, run) => [evaluate(rows, run)] };
}

function defaultName(call: QueryNode): string {
  return `${call.name ?? ''}_${argumentsOf(call)[0]?.name ?? ''}`;
}

/** Compiles an expression over aggregates, such as `round(sum(x) / count(), 2)`. */
export function compileGroupValue(node: QueryNode, scope: Scope): GroupValue {
  const values: GroupValue[] = [];
  const aggregateSlot = (call: QueryNode): number | undefined => {
    const aggregate = findAggregate(call.name ?? '');
    if (!aggregate) return undefined;
    checkCall(aggregate, call, scope);
    const rowScope = { ...scope };
    delete (rowScope as { aggregateSlot?: unknown }).aggregateSlot;
    const args = argumentsOf(call).map((argument) => hoist(compileScalar(argument, rowScope)));
    const info = { type: typeOf(call), argumentTypes: argumentsOf(call).map(typeOf) };
    values.push((rows, run) =>
      aggregate.evaluate(evaluateColumns(args, rows, run), { ...info, count: rows.length }),
    );
    return values.length - 1;
  };
  const scalar = compileScalar(node, { ...scope, columns: [], aggregateSlot });
  return (rows, run) => {
    const row = values.map((value) => value(rows, run));
    return scalar(row, createFrame(run, [row]));
  };
}

/** The values of each argument over the rows of a group. */
export function evaluateColumns(args: readonly Scalar[], rows: readonly Row[], run: Run): Value[][] {
  return args.map((argument) => mapRows(run, rows, argument));
}
