import { argumentsOf } from '../../kql/query-node.ts';
import type { QueryNode } from '../../kql/query-node.ts';
import { indexOfExtreme } from '../aggregates/numbers.ts';
import { findAggregate } from '../aggregates/registry.ts';
import { findSeveralAggregate } from '../aggregates/several.ts';
import { checkCall } from '../check-call.ts';
import { compileScalar, typeOf } from '../compile-scalar.ts';
import { emptyOf } from '../convert.ts';
import { createFrame, mapRows, refuse } from '../scope.ts';
import type { EngineColumn, Scalar, Scope } from '../scope.ts';
import type { Row } from '../value.ts';
import { evaluateColumns } from './summarize.ts';
import type { Aggregated } from './summarize.ts';

type Taken = ReadonlySet<string | undefined>;

/**
 * Compiles an aggregate that gives several columns: `arg_max(x, *)`, `take_any(*)`, `percentiles(x, 5, 95)`. undefined if it
 * is none; `take_any(x)` is an aggregate of one value.
 *
 * @param taken the columns that the rows are grouped by: `*` leaves them out
 */
export function compileSeveral(call: QueryNode, scope: Scope, taken: Taken): Aggregated | undefined {
  if (call.kind !== 'FunctionCallExpression') return undefined;
  const called = findSeveralAggregate(call.name ?? '');
  if (!called) return undefined;
  const args = argumentsOf(call);
  if (called.takes === 'percentiles') return compilePercentiles(call, scope);
  if (called.takes === 'any' && args.length === 1 && args[0]?.kind !== 'StarExpression') return undefined;
  checkCall(called, call, scope);
  return called.takes === 'any'
    ? compileAny(args, scope, taken)
    : compileExtreme(call, scope, taken, called.takes);
}

function compileAny(args: readonly QueryNode[], scope: Scope, taken: Taken): Aggregated {
  const returned = expandStar(args, scope, taken, undefined);
  return {
    columns: returned.map(({ column }) => column),
    evaluate: (rows, run) => pick(returned, rows[0], createFrame(run, rows)),
  };
}

function compileExtreme(call: QueryNode, scope: Scope, taken: Taken, sign: 1 | -1): Aggregated {
  const [by, ...others] = argumentsOf(call);
  if (!by) return refuse(scope, call, call.text);
  const order: Returned = {
    column: { name: by.name ?? `${sign === 1 ? 'max' : 'min'}_`, type: typeOf(by) },
    scalar: compileScalar(by, scope),
  };
  const returned = [order, ...expandStar(others, scope, taken, by.name)];
  return {
    columns: returned.map(({ column }) => column),
    evaluate: (rows, run) => {
      const at = indexOfExtreme(mapRows(run, rows, order.scalar), sign);
      const frame = createFrame(run, rows);
      frame.index = Math.max(at, 0);
      return pick(returned, rows[at], frame);
    },
  };
}

/** A column for each percentage, named by the parser. */
function compilePercentiles(call: QueryNode, scope: Scope): Aggregated {
  const name = call.name ?? '';
  const called = findAggregate(name) ?? refuse(scope, call, call.text);
  checkCall(called, call, scope);
  const nodes = argumentsOf(call);
  const leading = name === 'percentilesw' ? 2 : 1;
  const args = nodes.map((node) => compileScalar(node, scope));
  const info = { type: typeOf(nodes[0] ?? call), argumentTypes: nodes.map(typeOf) };
  return {
    columns: nodes.slice(leading).map((percentage) => ({
      name: `percentile_${nodes[0]?.name ?? ''}_${percentage.text}`,
      type: info.type,
    })),
    evaluate: (rows, run) => {
      const columns = evaluateColumns(args, rows, run);
      const given = columns.slice(0, leading);
      return columns
        .slice(leading)
        .map((percentage) => called.evaluate([...given, percentage], { ...info, count: rows.length }));
    },
  };
}

interface Returned {
  readonly column: EngineColumn;
  readonly scalar: Scalar;
}

function pick(returned: readonly Returned[], row: Row | undefined, frame: Parameters<Scalar>[1]): Row {
  return returned.map(({ scalar, column }) => (row ? scalar(row, frame) : emptyOf(column.type)));
}

function expandStar(
  nodes: readonly QueryNode[],
  scope: Scope,
  taken: Taken,
  by: string | undefined,
): readonly Returned[] {
  return nodes.flatMap((node) => {
    if (node.kind !== 'StarExpression')
      return [{ column: { name: node.name ?? '', type: typeOf(node) }, scalar: compileScalar(node, scope) }];
    return scope.columns.flatMap((column, index) =>
      taken.has(column.name) || column.name === by
        ? []
        : [{ column, scalar: (row: Row) => row[index] ?? null }],
    );
  });
}
