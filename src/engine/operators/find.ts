import type { QueryNode } from '../../kql/query-node.ts';
import { partOf } from '../compile-scalar.ts';
import { emptyOf } from '../convert.ts';
import { buildOver } from '../late-table.ts';
import { refuse } from '../scope.ts';
import type { EngineColumn, Scope, Table } from '../scope.ts';
import { foldCase } from '../semantics.ts';
import type { Row, Value } from '../value.ts';
import { isPiped, parameterText } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';
import { compileCondition, compileSearched, filterUnion } from './search.ts';

/** The column that takes what the others do not show. */
const packed = 'pack_';

/**
 * `find`: where rows are from, the columns that the condition names or all tables share, and the others as a bag.
 * https://learn.microsoft.com/kusto/query/find-operator
 */
export const compileFind: OperatorCompiler = (node, _input, scope) => {
  if (isPiped(node)) return refuse(scope, node, 'find in what is piped into it');
  const source = parameterText(node, 'withsource') ?? 'source_';
  const legs = compileSearched(node.part('InClause'), scope);
  const condition = partOf(node, 'Condition', scope);
  const output = outputColumns(node, scope);
  // The union is found without a name that the parser could mistake for that of this operator's own columns.
  const found = filterUnion(condition, legs, source, scope, (inner) =>
    compileCondition(condition, inner, foldCase),
  );
  return buildOver([found], ([table = found]) => showColumns(table, output));
};

/** The columns that the parser says are shown. */
function outputColumns(node: QueryNode, scope: Scope): readonly EngineColumn[] {
  const isSmart = !/^project(?!-smart)/.test(node.part('Project')?.text ?? '');
  const { rows } = node;
  if (!rows || rows.isOpen)
    return refuse(scope, node, 'find in tables whose columns are not known beforehand');
  const isPacked = rows.columns.some(({ name }) => name === packed);
  return isSmart && !isPacked ? [...rows.columns, { name: packed, type: 'dynamic' }] : rows.columns;
}

function showColumns(table: Table, columns: readonly EngineColumn[]): Table {
  const shown = new Set(columns.map(({ name }) => name));
  const places = columns.map(({ name }) => table.columns.findIndex((column) => column.name === name));
  const rest = table.columns.flatMap((column, index) => (shown.has(column.name) ? [] : [{ column, index }]));
  const pack = (row: Row): Value =>
    new Map(
      rest.flatMap(({ column, index }): (readonly [string, Value])[] => {
        const value = row[index] ?? null;
        return value === null || value === '' ? [] : [[column.name, value]];
      }),
    );
  return {
    columns,
    rows: (run) =>
      table
        .rows(run)
        .map((row) =>
          columns.map(({ name, type }, index) =>
            name === packed ? pack(row) : (row[places[index] ?? -1] ?? emptyOf(type)),
          ),
        ),
  };
}
