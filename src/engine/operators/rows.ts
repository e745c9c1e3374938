import { compileScalar, partOf, typeWithin } from '../compile-scalar.ts';
import { evaluateConstant, filterRows, flag, mapRows, refuse } from '../scope.ts';
import type { EngineColumn, Run, Scope } from '../scope.ts';
import { keyOf } from '../semantics.ts';
import { stepThrough } from '../step-through.ts';
import { columnsOf, createNamer, isPiped } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';
import type { QueryNode } from '../../kql/query-node.ts';

/** `where`: rows for which the condition is true, not null. */
export const compileWhere: OperatorCompiler = (node, input, scope) => {
  const condition = compileScalar(partOf(node, 'Condition', scope), { ...scope, columns: input.columns });
  return {
    columns: input.columns,
    rows: (run) => filterRows(run, input.rows(run), condition),
  };
};

/** `count` */
export const compileCount: OperatorCompiler = (node, input) => ({
  columns: columnsOf(node, [{ name: 'Count', type: 'long' }]),
  rows: (run) => [[BigInt(input.rows(run).length)]],
});

/** `take`: the first rows. Which those are is arbitrary unless they are sorted. */
export const compileTake: OperatorCompiler = (node, input, scope) => {
  const limit = compileLimit(partOf(node, 'Expression', scope), scope);
  if (!isSorted(node)) flag(scope, node, 'arbitrary', 'the operator "take" on rows that are not sorted');
  return { columns: input.columns, rows: (run) => input.rows(run).slice(0, limit(run)) };
};

/** True if the operator in front of this one, or of those between that keep the order, sorts. */
function isSorted(node: QueryNode): boolean {
  let input = isPiped(node) ? node.parent?.part('Expression') : undefined;
  while (input?.kind === 'PipeExpression') {
    const kind = input.part('Operator')?.kind ?? '';
    if (kind === 'SortOperator' || kind === 'TopOperator') return true;
    if (!keepOrder.has(kind)) return false;
    input = input.part('Expression');
  }
  return false;
}

const keepOrder: ReadonlySet<string> = new Set([
  'ExtendOperator',
  'FilterOperator',
  'ProjectAwayOperator',
  'ProjectKeepOperator',
  'ProjectOperator',
  'ProjectRenameOperator',
  'ProjectReorderOperator',
  'SerializeOperator',
]);

/** A number of rows. */
export function compileLimit(node: QueryNode, scope: Scope): (run: Run) => number {
  const scalar = compileScalar(node, { ...scope, columns: [] });
  return (run) => Number(evaluateConstant(scalar, run));
}

/** Operators that leave the rows as they are. */
export const compileNothing: OperatorCompiler = (_node, input) => input;

/** `distinct`: the first of equal rows. */
export const compileDistinct: OperatorCompiler = (node, input, scope) => {
  const expressions = node.list('Expressions');
  const isAll = expressions.some(({ kind }) => kind === 'StarExpression');
  const inner = { ...scope, columns: input.columns };
  const scalars = isAll
    ? input.columns.map((_column, index) => (row: readonly unknown[]) => row[index] as never)
    : expressions.map((expression) => compileScalar(expression, inner));
  const nameOf = createNamer();
  const own = isAll
    ? input.columns
    : expressions.map((expression) => ({
        name: nameOf(expression),
        type: typeWithin(expression, inner),
      }));
  return {
    columns: columnsOf(node, own),
    rows: (run) => {
      const rows = mapRows(run, input.rows(run), (row, frame) => scalars.map((scalar) => scalar(row, frame)));
      return [...new Map(rows.toReversed().map((row) => [keyOf(row), row])).values()].reverse();
    },
  };
};

/** `range x from 1 to 10 step 2` */
export const compileRange: OperatorCompiler = (node, _input, scope) => {
  const constant = { ...scope, columns: [] };
  const [from, to, step] = ['From', 'To', 'Step'].map((name) =>
    compileScalar(partOf(node, name, scope), constant),
  );
  if (!from || !to || !step) return refuse(scope, node, node.text);
  return {
    columns: node.rows?.columns ?? [],
    rows: (run) =>
      stepThrough(evaluateConstant(from, run), evaluateConstant(to, run), evaluateConstant(step, run)).map(
        (value) => [value],
      ),
  };
};

/** `getschema` */
export const compileGetSchema: OperatorCompiler = (node, input, scope) => ({
  columns: node.rows?.columns ?? [],
  rows: () =>
    refuseUntyped(input.columns, node, scope).map(({ name, type }, index) => [
      name,
      BigInt(index),
      dotnetType(type),
      type,
    ]),
});

/** A column whose type neither the query nor its values tell. */
function refuseUntyped(
  columns: readonly EngineColumn[],
  node: QueryNode,
  scope: Scope,
): readonly EngineColumn[] {
  const untyped = columns.find(({ type }) => type === 'unknown');
  return untyped ? refuse(scope, node, `getschema of the column "${untyped.name}" of unknown type`) : columns;
}

function dotnetType(type: string): string {
  const names: Readonly<Record<string, string>> = {
    bool: 'System.SByte',
    datetime: 'System.DateTime',
    decimal: 'System.Data.SqlTypes.SqlDecimal',
    dynamic: 'System.Object',
    guid: 'System.Guid',
    int: 'System.Int32',
    long: 'System.Int64',
    real: 'System.Double',
    string: 'System.String',
    timespan: 'System.TimeSpan',
  };
  return names[type] ?? 'System.Object';
}
