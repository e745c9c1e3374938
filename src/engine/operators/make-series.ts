import type { QueryNode } from '../../kql/query-node.ts';
import { findBinaryOperator } from '../binary-operators.ts';
import { compileScalar, partOf, typeOf, typeWithin } from '../compile-scalar.ts';
import { findScalarFunction } from '../functions/registry.ts';
import { createFrame, evaluateConstant, mapRows, refuse } from '../scope.ts';
import type { EngineColumn, Run, Scalar, Scope } from '../scope.ts';
import { compareForSort, compareValues } from '../semantics.ts';
import { stepThrough } from '../step-through.ts';
import type { Row, Value } from '../value.ts';
import { renameClashes } from './join.ts';
import { columnsOf, createNamer, parameterText } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';
import { compileGroupValue, groupRows } from './summarize.ts';

/** `make-series`: one row a group, with an array for each aggregate and one for the axis. `to` is not part of it. */
export const compileMakeSeries: OperatorCompiler = (node, input, scope) => {
  const inner = { ...scope, columns: input.columns };
  const series = node.list('Aggregates').map((item) => {
    const fallback = item.part('DefaultExpression')?.part('Expression');
    return {
      evaluate: compileGroupValue(partOf(item, 'Expression', scope), inner),
      fallback: fallback
        ? compileScalar(fallback, { ...scope, columns: [] })
        : (): Value => (item.type === 'real' ? 0 : 0n),
    };
  });
  const keys = (node.part('ByClause')?.list('Expressions') ?? []).map((key) => compileScalar(key, inner));
  const axis = compileScalar(partOf(partOf(node, 'OnClause', scope), 'Expression', scope), inner);
  const rangeOf = compileRange(partOf(node, 'RangeClause', scope), scope);
  const kind = parameterText(node, 'kind');
  if (kind !== undefined && kind !== 'nonempty') refuse(scope, node, `make-series kind=${kind}`);
  const isNonempty = kind === 'nonempty';
  return {
    columns: columnsOf(node, renameClashes([], ownColumns(node, inner))),
    rows: (run) => {
      const rows = input.rows(run);
      const { points, step } = rangeOf(mapRows(run, rows, axis), run);
      if (points.length === 0 || (rows.length === 0 && !isNonempty)) return [];
      return [...groupRows(rows, keys, run)].map(({ key, members }) => {
        const bins = binRows(members, mapRows(run, members, axis), points, step);
        const values = series.map(({ evaluate, fallback }) =>
          bins.map((bin) => (bin.length === 0 ? evaluateConstant(fallback, run) : evaluate(bin, run))),
        );
        return [...key, ...values, points];
      });
    },
  };
};

/** What the series are grouped by, the aggregates, and the axis. */
function ownColumns(node: QueryNode, scope: Scope): readonly EngineColumn[] {
  const nameOf = createNamer();
  const keys = node.part('ByClause')?.list('Expressions') ?? [];
  const axis = node.part('OnClause')?.part('Expression');
  const aggregates = node.list('Aggregates').map((item) => item.part('Expression') ?? item);
  return [
    ...keys.map((key) => ({ name: nameOf(key), type: typeWithin(key, scope) })),
    ...aggregates.map((item) => ({ name: nameOf(item), type: 'dynamic' as const })),
    { name: axis ? nameOf(axis) : 'Column1', type: 'dynamic' },
  ];
}

interface Axis {
  readonly points: readonly Value[];
  readonly step: Value;
}

type AxisSource = (values: readonly Value[], run: Run) => Axis;

function compileRange(clause: QueryNode, scope: Scope): AxisSource {
  const constant = { ...scope, columns: [] };
  if (clause.kind === 'MakeSeriesInRangeClause') return compileInRange(clause, constant);
  const read = (name: string): Scalar | undefined => {
    const value = clause.part(name)?.part('Expression');
    return value && compileScalar(value, constant);
  };
  const [from, to, step] = ['MakeSeriesFromClause', 'MakeSeriesToClause', 'MakeSeriesStepClause'].map(read);
  if (!step) return refuse(scope, clause, `the range "${clause.text}" of make-series`);
  return (values, run) => {
    const sorted = values.filter((value) => value !== null).toSorted(compareForSort);
    const size = evaluateConstant(step, run);
    const start = from ? evaluateConstant(from, run) : (sorted[0] ?? null);
    const end = to ? evaluateConstant(to, run) : (sorted.at(-1) ?? null);
    const points = stepThrough(start, end, size).filter(
      (point) => to === undefined || (compareValues(point, end) ?? 0) < 0,
    );
    return { points, step: size };
  };
}

/**
 * `in range(start, stop, step)`: the bins of bin(), and the last one too. What lies in the first bin in front of the start is
 * not documented. https://learn.microsoft.com/kusto/query/make-series-operator#alternate-syntax
 */
function compileInRange(clause: QueryNode, scope: Scope): AxisSource {
  const nodes = clause.part('Arguments')?.list('Expressions') ?? [];
  const [from, to, step] = nodes.map((node) => compileScalar(node, scope));
  const bin = findScalarFunction('bin');
  if (!from || !to || !step || !bin)
    return refuse(scope, clause, `the range "${clause.text}" of make-series`);
  const [type, argumentTypes] = [typeOf(nodes[0] ?? clause), nodes.map(typeOf)];
  return (values, run) => {
    const [start, end, size] = [from, to, step].map((scalar) => evaluateConstant(scalar, run));
    const first = bin.evaluate([start ?? null, size ?? null], {
      frame: createFrame(run, []),
      type,
      argumentTypes,
      refuse: (construct) => refuse(scope, clause, construct),
    });
    const isBetween = (value: Value): boolean =>
      (compareValues(value, first) ?? -1) >= 0 && (compareValues(value, start ?? null) ?? 0) < 0;
    if (values.some(isBetween))
      refuse(scope, clause, 'make-series in range() with rows in front of its start');
    return { points: stepThrough(first, end ?? null, size ?? null), step: size ?? null };
  };
}

function binRows(
  members: readonly Row[],
  positions: readonly Value[],
  points: readonly Value[],
  step: Value,
): readonly (readonly Row[])[] {
  const subtract = findBinaryOperator('SubtractExpression', 'long');
  const divide = findBinaryOperator('DivideExpression', 'long');
  const bins: Row[][] = points.map(() => []);
  const [start = null] = points;
  members.forEach((row, index) => {
    const position = positions[index] ?? null;
    if (position === null || (compareValues(position, start) ?? -1) < 0) return;
    const bin = Math.floor(Number(divide?.(subtract?.(position, start) ?? null, step) ?? NaN));
    bins[bin]?.push(row);
  });
  return bins;
}
