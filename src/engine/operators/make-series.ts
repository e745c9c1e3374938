import type { QueryNode } from '../../kql/query-node.ts';
import { findBinaryOperator } from '../binary-operators.ts';
import { compileScalar, partOf } from '../compile-scalar.ts';
import { evaluateConstant, mapRows, refuse } from '../scope.ts';
import type { Run, Scalar, Scope } from '../scope.ts';
import { compareForSort, compareValues } from '../semantics.ts';
import { stepThrough } from '../step-through.ts';
import type { Row, Value } from '../value.ts';
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
  const { rows: output } = node;
  if (!output || output.isOpen) return refuse(scope, node, 'make-series with unknown columns');
  return {
    columns: output.columns,
    rows: (run) => {
      const rows = input.rows(run);
      const { points, step } = rangeOf(mapRows(run, rows, axis), run);
      if (points.length === 0) return [];
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

interface Axis {
  readonly points: readonly Value[];
  readonly step: Value;
}

function compileRange(clause: QueryNode, scope: Scope): (values: readonly Value[], run: Run) => Axis {
  const constant = { ...scope, columns: [] };
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
