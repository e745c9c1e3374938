import { argumentsOf } from '../../kql/query-node.ts';
import type { NodeType, QueryNode } from '../../kql/query-node.ts';
import { compileScalar, partOf } from '../compile-scalar.ts';
import { convertTo, emptyOf } from '../convert.ts';
import { mapRows, refuse } from '../scope.ts';
import type { EngineColumn, Run, RowSet, Scope, Table } from '../scope.ts';
import { valueToText } from '../value-text.ts';
import { isArray, isBag } from '../value.ts';
import type { Row, Value } from '../value.ts';
import type { OperatorCompiler } from './operator.ts';
import { compileGroupValue, groupRows } from './summarize.ts';

/** `evaluate`: the plugins that the engine knows. */
export const compileEvaluate: OperatorCompiler = (node, input, scope) => {
  const call = partOf(node, 'FunctionCall', scope);
  switch (call.name) {
    case 'bag_unpack':
      return withSchema(node, unpackBag(call, input, scope));
    case 'pivot':
      return withSchema(node, pivot(call, input, scope));
    default:
      return refuse(scope, node, `evaluate ${call.name ?? call.text}`);
  }
};

/** Where the query declares the columns, they are known beforehand. */
function withSchema(node: QueryNode, late: (run: Run) => RowSet): Table {
  const columns = node.part('Schema') && node.rows ? node.rows.columns : undefined;
  if (!columns) return { columns: [], rows: (run) => late(run).rows, late };
  return {
    columns,
    rows: (run) => {
      const output = late(run);
      const places = columns.map(({ name }) => output.columns.findIndex((column) => column.name === name));
      return output.rows.map((row) =>
        columns.map(({ type }, index) => {
          const value = row[places[index] ?? -1] ?? null;
          return value === null ? emptyOf(type) : convertTo(type, value);
        }),
      );
    },
  };
}

/** A column for each key, in the order of the names; its type is that of the values, or dynamic. */
function unpackBag(call: QueryNode, input: Table, scope: Scope): (run: Run) => RowSet {
  const [bagNode, prefixNode, ...others] = argumentsOf(call);
  if (!bagNode || others.length > 0)
    return refuse(scope, call, 'evaluate bag_unpack with more than a prefix');
  const bag = compileScalar(bagNode, { ...scope, columns: input.columns });
  const prefix = prefixNode ? valueToText(constantOf(prefixNode, scope)) : '';
  const at = input.columns.findIndex(({ name }) => name === bagNode.name);
  return (run) => {
    const rows = input.rows(run);
    const bags = mapRows(run, rows, bag).map((value) => (isBag(value) ? value : new Map<string, Value>()));
    const keys = [...new Set(bags.flatMap((item) => [...item.keys()]))].sort();
    const kept = [...input.columns.keys()].filter((index) => index !== at);
    const keptColumns = kept.flatMap((index) => input.columns[index] ?? []);
    const added = keys.map((key): EngineColumn => ({
      name: prefix + key,
      type: commonType(bags.map((item) => item.get(key) ?? null)),
    }));
    const clash = added.find(({ name }) => keptColumns.some((column) => column.name === name));
    if (clash)
      return refuse(scope, call, `evaluate bag_unpack over the column "${clash.name}" that is there already`);
    return {
      columns: [...keptColumns, ...added],
      rows: rows.map((row, index) => [
        ...kept.map((place) => row[place] ?? null),
        ...keys.map((key, place) => {
          const value = bags[index]?.get(key) ?? null;
          const type = added[place]?.type ?? 'dynamic';
          return value === null ? emptyOf(type) : value;
        }),
      ]),
    };
  };
}

function commonType(values: readonly Value[]): NodeType {
  const types = new Set(values.filter((value) => value !== null).map(typeOfValue));
  const [only = 'dynamic'] = types;
  return types.size === 1 ? only : 'dynamic';
}

function typeOfValue(value: Value): NodeType {
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return 'real';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return value === null || isArray(value) || isBag(value) ? 'dynamic' : value.type;
}

/** `pivot(column, aggregate, rest…)`: a column for each value, sorted; counts where no aggregate is given. */
function pivot(call: QueryNode, input: Table, scope: Scope): (run: Run) => RowSet {
  const inner = { ...scope, columns: input.columns };
  const [columnNode, aggregateNode, ...others] = argumentsOf(call);
  if (!columnNode) return refuse(scope, call, call.text);
  const heading = compileScalar(columnNode, inner);
  const value = aggregateNode
    ? compileGroupValue(aggregateNode, inner)
    : (rows: readonly Row[]): Value => BigInt(rows.length);
  const type = aggregateNode?.type ?? 'long';
  const used = new Set(
    [columnNode, ...(aggregateNode ? argumentsOf(aggregateNode) : [])].map(({ name }) => name),
  );
  const kept = input.columns.flatMap((column, index) => {
    const isKey =
      others.length > 0 ? others.some(({ name }) => name === column.name) : !used.has(column.name);
    return isKey ? [{ column, index }] : [];
  });
  return (run) => {
    const rows = input.rows(run);
    const headings = [...new Set(mapRows(run, rows, heading).map(valueToText))].sort();
    const groups = groupRows(
      rows,
      kept.map(
        ({ index }) =>
          (row: Row) =>
            row[index] ?? null,
      ),
      run,
    );
    return {
      columns: [...kept.map(({ column }) => column), ...headings.map((name) => ({ name, type }))],
      rows: [...groups].map(({ key, members }) => {
        const texts = mapRows(run, members, heading).map(valueToText);
        return [
          ...key,
          ...headings.map((name) => {
            const matching = members.filter((_row, index) => texts[index] === name);
            return matching.length === 0 && type !== 'long' ? emptyOf(type) : value(matching, run);
          }),
        ];
      }),
    };
  };
}

function constantOf(node: QueryNode, scope: Scope): Value {
  const { constant } = node;
  return typeof constant === 'string'
    ? constant
    : refuse(scope, node, `"${node.text}" where a text is expected`);
}
