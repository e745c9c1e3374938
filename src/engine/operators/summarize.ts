import { argumentsOf } from '../../kql/query-node.ts';
import type { QueryNode } from '../../kql/query-node.ts';
import { findAggregate } from '../aggregates/registry.ts';
import { checkCall } from '../check-call.ts';
import { compileScalar, typeOf, typeWithin } from '../compile-scalar.ts';
import { hoist } from '../constant-scalar.ts';
import { createFrame, mapRows, refuse } from '../scope.ts';
import type { EngineColumn, Run, Scalar, Scope } from '../scope.ts';
import { createTupleIndex } from '../value-index.ts';
import type { Row, Value } from '../value.ts';
import { compileSeveral } from './aggregate-columns.ts';
import { renameClashes } from './join.ts';
import { columnsOf, createNamer } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';

/** Computes a value from the rows of a group. */
type GroupValue = (rows: readonly Row[], run: Run) => Value;

/** `summarize … by …` */
export const compileSummarize: OperatorCompiler = (node, input, scope) => {
  const inner = { ...scope, columns: input.columns };
  const keyNodes = node.part('ByClause')?.list('Expressions') ?? [];
  const keys = keyNodes.map((key) => hoist(compileScalar(key, inner)));
  const taken = new Set(keyNodes.map((key) => (key.kind === 'NameReference' ? key.name : undefined)));
  const nameOf = createNamer();
  const keyColumns = keyNodes.map((key) => ({ name: nameOf(key), type: typeWithin(key, inner) }));
  const outputs = node.list('Aggregates').map((item) => compileAggregated(item, inner, taken, nameOf));
  const own = [...keyColumns, ...outputs.flatMap(({ columns }) => columns)];
  const columns = columnsOf(node, renameClashes([], own));
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
  nameOf: (node: QueryNode) => string,
): Aggregated {
  const call = node.kind === 'SimpleNamedExpression' ? node.part('Expression') : node;
  const several = call && compileSeveral(call, scope, taken);
  if (several) {
    const [first, ...rest] = several.columns;
    const isNamed = node.kind === 'SimpleNamedExpression' && first;
    return isNamed ? { ...several, columns: [{ ...first, name: node.name ?? '' }, ...rest] } : several;
  }
  const evaluate = compileGroupValue(node, scope);
  return {
    columns: [{ name: lateName(node) ?? nameOf(node), type: typeOf(node) }],
    evaluate: (rows, run) => [evaluate(rows, run)],
  };
}

/** Over columns that are known only now, the parser has no name for what may give several columns. */
function lateName(call: QueryNode): string | undefined {
  if (call.kind !== 'FunctionCallExpression' || call.columnName !== undefined) return undefined;
  const [of, percentage] = argumentsOf(call);
  if (call.name === 'take_any') return of?.columnName;
  return call.name === 'percentile'
    ? `percentile_${of?.columnName ?? ''}_${percentage?.text ?? ''}`
    : undefined;
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
