import { compileScalar, partOf } from '../compile-scalar.ts';
import { compileTable } from '../compile-table.ts';
import { evaluateConstant, filterRows, mapRows, refuse } from '../scope.ts';
import type { EngineColumn, Run, Scope, Table } from '../scope.ts';
import { keyOf } from '../semantics.ts';
import { stepThrough } from '../step-through.ts';
import { columnsOf } from './operator.ts';
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

/** `take`, and `sample`, which takes the first rows too: the choice is arbitrary. */
export const compileTake: OperatorCompiler = (node, input, scope) => {
  const limit = compileLimit(partOf(node, 'Expression', scope), scope);
  return { columns: input.columns, rows: (run) => input.rows(run).slice(0, limit(run)) };
};

/** A number of rows. */
export function compileLimit(node: QueryNode, scope: Scope): (run: Run) => number {
  const scalar = compileScalar(node, { ...scope, columns: [] });
  return (run) => Number(evaluateConstant(scalar, run));
}

/** Operators that leave the rows as they are. */
export const compileNothing: OperatorCompiler = (_node, input) => input;

/** `union`, with or without an input. */
export const compileUnion: OperatorCompiler = (node, input, scope) => {
  const parameters = new Map(
    node
      .list('Parameters')
      .map((parameter) => [parameter.name ?? '', parameter.part('Expression')?.text ?? '']),
  );
  const own = node.parent?.kind === 'PipeExpression' && node.parent.part('Operator') === node ? [input] : [];
  const named = node.list('Expressions').filter((leg) => leg.rows !== undefined);
  const legs = [...own, ...named.map((leg) => compileTable(leg, { ...scope, columns: [] }))];
  const names = [
    ...own.map(() => 'union_arg0'),
    ...named.map((leg, index) => sourceName(leg, own.length + index)),
  ];
  if (legs.some(({ late }) => late))
    refuse(scope, node, 'union of tables whose columns are not known beforehand');
  const isInner = parameters.get('kind') === 'inner';
  const source = parameters.get('withsource') ?? parameters.get('with_source');
  const columns =
    node.rows && !node.rows.isOpen ? node.rows.columns : refuse(scope, node, 'union with unknown columns');
  const places = placeColumns(legs, columns);
  if (isInner && places.some((row) => row.every((place) => place < 0)))
    refuse(scope, node, 'union kind=inner here');
  return {
    columns,
    rows: (run) =>
      legs.flatMap((leg, at) =>
        leg
          .rows(run)
          .map((row) =>
            columns.map(({ name, type }, index) =>
              name === source
                ? (names[at] ?? '')
                : (row[places[at]?.[index] ?? -1] ?? (type === 'string' ? '' : null)),
            ),
          ),
      ),
  };
};

/**
 * Where the columns of a union are in each leg. A name that comes in several types is a column for each, `name_type`, with a
 * number where a leg has that name already.
 */
function placeColumns(
  legs: readonly Table[],
  columns: readonly EngineColumn[],
): readonly (readonly number[])[] {
  const all = legs.flatMap((leg) => leg.columns);
  const types = new Map<string, Set<string>>();
  for (const { name, type } of all) types.set(name, (types.get(name) ?? new Set()).add(type));
  const finalName = ({ name, type }: EngineColumn): string => {
    if ((types.get(name)?.size ?? 0) < 2) return name;
    const typed = `${name}_${type}`;
    return types.has(typed) ? `${typed}1` : typed;
  };
  return legs.map((leg) =>
    columns.map(({ name }) => leg.columns.findIndex((column) => finalName(column) === name)),
  );
}

function sourceName(leg: QueryNode, index: number): string {
  return leg.symbol?.kind === 'table' || leg.calledBody ? (leg.name ?? '') : `union_arg${index}`;
}

/** `distinct`: the first of equal rows. */
export const compileDistinct: OperatorCompiler = (node, input, scope) => {
  const expressions = node.list('Expressions');
  const isAll = expressions.some(({ kind }) => kind === 'StarExpression');
  const inner = { ...scope, columns: input.columns };
  const scalars = isAll
    ? input.columns.map((_column, index) => (row: readonly unknown[]) => row[index] as never)
    : expressions.map((expression) => compileScalar(expression, inner));
  const own = isAll
    ? input.columns
    : expressions.map((expression, index) => ({
        name: expression.name ?? `Column${index + 1}`,
        type: expression.type ?? 'unknown',
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
export const compileGetSchema: OperatorCompiler = (node, input) => ({
  columns: node.rows?.columns ?? [],
  rows: () => input.columns.map(({ name, type }, index) => [name, BigInt(index), dotnetType(type), type]),
});

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
