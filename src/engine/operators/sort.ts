import type { QueryNode } from '../../kql/query-node.ts';
import { compileScalar, partOf } from '../compile-scalar.ts';
import { mapRows } from '../scope.ts';
import type { EngineColumn, Run, Scalar, Scope } from '../scope.ts';
import { compareForSort } from '../semantics.ts';
import type { Row, Value } from '../value.ts';
import type { OperatorCompiler } from './operator.ts';
import { compileLimit } from './rows.ts';

/** How rows are ordered. */
export type RowSorter = (rows: readonly Row[], run: Run) => readonly Row[];

interface SortKey {
  readonly scalar: Scalar;
  readonly compare: (a: Value, b: Value) => number;
}

/** `sort by …` */
export const compileSort: OperatorCompiler = (node, input, scope) => {
  const sort = compileSorter(node.list('Expressions'), input.columns, scope);
  return { columns: input.columns, rows: (run) => sort(input.rows(run), run) };
};

/** `top n by …` */
export const compileTop: OperatorCompiler = (node, input, scope) => {
  const by = node.part('ByExpression');
  const sort = compileSorter(by ? [by] : node.list('ByExpression'), input.columns, scope);
  const limit = compileLimit(partOf(node, 'Expression', scope), scope);
  return { columns: input.columns, rows: (run) => sort(input.rows(run), run).slice(0, limit(run)) };
};

/** Descending and nulls last unless told; ascending is nulls first. */
export function compileSorter(
  nodes: readonly QueryNode[],
  columns: readonly EngineColumn[],
  scope: Scope,
): RowSorter {
  const keys = nodes.map((node) => compileKey(node, { ...scope, columns }));
  return (rows, run) => {
    const sortable = mapRows(run, rows, (row, frame) => ({
      row,
      values: keys.map(({ scalar }) => scalar(row, frame)),
    }));
    sortable.sort((a, b) => {
      for (const [index, { compare }] of keys.entries()) {
        const order = compare(a.values[index] ?? null, b.values[index] ?? null);
        if (order !== 0) return order;
      }
      return 0;
    });
    return sortable.map(({ row }) => row);
  };
}

function compileKey(node: QueryNode, scope: Scope): SortKey {
  const isOrdered = node.kind === 'OrderedExpression';
  const scalar = compileScalar(isOrdered ? partOf(node, 'Expression', scope) : node, scope);
  const ordering = isOrdered ? (node.part('Ordering')?.text ?? '') : '';
  const isAscending = /\basc\b/.test(ordering);
  const nulls = /\bnulls\s+(first|last)\b/.exec(ordering)?.[1] ?? (isAscending ? 'first' : 'last');
  const sign = isAscending ? 1 : -1;
  return {
    scalar,
    compare: (a, b) => {
      if (a !== null && b !== null) return sign * compareForSort(a, b);
      if (a === b) return 0;
      return (a === null) === (nulls === 'first') ? -1 : 1;
    },
  };
}
