import type { NodeType, QueryNode } from '../../kql/query-node.ts';
import { compileScalar, partOf } from '../compile-scalar.ts';
import { compileTable } from '../compile-table.ts';
import { convertTo, emptyOf } from '../convert.ts';
import { mapRows, refuse } from '../scope.ts';
import type { EngineColumn, Run, Scalar, Scope, Table } from '../scope.ts';
import { isArray, isBag } from '../value.ts';
import type { Row, Value } from '../value.ts';
import { columnsOf, parameterText } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';
import { compileLimit } from './rows.ts';

interface Expanded {
  readonly scalar: Scalar;
  readonly column: EngineColumn;
  readonly target: NodeType;
}

interface Expansion {
  readonly columns: readonly EngineColumn[];
  /** The rows that one row becomes; `run` is for the limit. */
  readonly expand: (row: Row, values: readonly Value[], run: Run) => readonly Row[];
  readonly expanded: readonly Expanded[];
}

/** `mv-expand`. https://learn.microsoft.com/kusto/query/mv-expand-operator */
export const compileMvExpand: OperatorCompiler = (node, input, scope) => {
  const { columns, expand, expanded } = compileExpansion(node, input, scope);
  return {
    columns: columnsOf(node, columns),
    rows: (run) =>
      mapRows(run, input.rows(run), (row, frame) =>
        expand(
          row,
          expanded.map(({ scalar }) => scalar(row, frame)),
          run,
        ),
      ).flat(),
  };
};

/** `mv-apply`: a subquery over the rows that each row becomes. */
export const compileMvApply: OperatorCompiler = (node, input, scope) => {
  const { columns, expand, expanded } = compileExpansion(node, input, scope);
  const subquery = partOf(partOf(node, 'Subquery', scope), 'Expression', scope);
  let current: readonly Row[] = [];
  const inner = compileTable(subquery, { ...scope, columns: [] }, { columns, rows: () => current });
  if (inner.late) return refuse(scope, node, 'mv-apply with a subquery of unknown columns');
  const own = appliedColumns(input.columns, expanded, inner.columns);
  const outputs = columnsOf(node, own);
  const places = outputs.map(({ name }) => ({
    inner: inner.columns.findIndex((column) => column.name === name),
    outer: input.columns.findIndex((column) => column.name === name),
  }));
  return {
    columns: outputs,
    rows: (run) =>
      mapRows(run, input.rows(run), (row, frame) => {
        current = expand(
          row,
          expanded.map(({ scalar }) => scalar(row, frame)),
          run,
        );
        return inner
          .rows(run)
          .map((result) =>
            places.map((place) => (place.inner >= 0 ? result[place.inner] : row[place.outer]) ?? null),
          );
      }).flat(),
  };
};

/** The columns that are not expanded and then those of the subquery, which replaces what it has, too. */
function appliedColumns(
  outer: readonly EngineColumn[],
  expanded: readonly Expanded[],
  inner: readonly EngineColumn[],
): readonly EngineColumn[] {
  const gone = new Set(expanded.map(({ column }) => column.name));
  const kept = outer.filter(({ name }) => !gone.has(name));
  const names = new Set(kept.map(({ name }) => name));
  return [
    ...kept.map((column) => inner.find(({ name }) => name === column.name) ?? column),
    ...inner.filter(({ name }) => !names.has(name)),
  ];
}

function compileExpansion(node: QueryNode, input: Table, scope: Scope): Expansion {
  const inner = { ...scope, columns: input.columns };
  const expanded = node.list('Expressions').map((item) => compileExpanded(item, inner));
  const asPairs = (parameterText(node, 'bagexpansion') ?? parameterText(node, 'kind')) === 'array';
  const indexName = parameterText(node, 'with_itemindex');
  const limitNode = node.part('RowLimitClause')?.part('RowLimit');
  const limit = limitNode && compileLimit(limitNode, scope);
  const columns = [...input.columns];
  const places = expanded.map(({ column }) => {
    const at = columns.findIndex(({ name }) => name === column.name);
    if (at < 0) return columns.push(column) - 1;
    columns[at] = column;
    return at;
  });
  if (indexName !== undefined) columns.push({ name: indexName, type: 'long' });
  return {
    columns,
    expanded,
    expand: (row, values, run) => {
      const lists = values.map((value) => itemsOf(value, asPairs));
      const size = Math.min(Math.max(...lists.map((list) => list.length)), limit?.(run) ?? Infinity);
      return Array.from({ length: size }, (_row, index) => {
        const copy = [...row];
        expanded.forEach(({ target }, at) => {
          const item = lists[at]?.[index];
          copy[places[at] ?? copy.length] = item === undefined ? emptyOf(target) : convertTo(target, item);
        });
        if (indexName !== undefined) copy[columns.length - 1] = BigInt(index);
        return copy;
      });
    },
  };
}

function compileExpanded(item: QueryNode, scope: Scope): Expanded {
  const value = item.part('Expression') ?? refuse(scope, item, item.text);
  const given = /\b(\w+)\s*\)\s*$/.exec(item.part('ToTypeOf')?.text ?? '')?.[1];
  const type = given === undefined ? 'dynamic' : (typeNames[given] ?? (given as NodeType));
  const target = type === 'dynamic' ? 'unknown' : type;
  return {
    scalar: compileScalar(value, scope),
    column: { name: value.columnName ?? 'Column1', type },
    target,
  };
}

const typeNames: Readonly<Record<string, NodeType>> = {
  double: 'real',
  boolean: 'bool',
  time: 'timespan',
  date: 'datetime',
  uniqueid: 'guid',
};

/** What a value expands to: an array its items, a bag its pairs, anything else itself. An empty array gives no row. */
function itemsOf(value: Value, asPairs: boolean): readonly Value[] {
  if (isArray(value)) return value;
  if (isBag(value))
    return [...value].map(([key, item]): Value => (asPairs ? [key, item] : new Map([[key, item]])));
  return [value];
}
