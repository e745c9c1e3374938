import { argumentsOf } from '../../../kql/query-node.ts';
import type { QueryNode } from '../../../kql/query-node.ts';
import { compileScalar } from '../../compile-scalar.ts';
import { emptyOf } from '../../convert.ts';
import { readDynamic } from '../../dynamic-literal.ts';
import { mapRows, refuse } from '../../scope.ts';
import type { EngineColumn, Run, RowSet, Scope, Table } from '../../scope.ts';
import { isArray, isBag } from '../../value.ts';
import { commonType } from '../../value-type.ts';
import type { Bag, Row, Value } from '../../value.ts';

interface UnpackOptions {
  readonly prefix: string;
  /** What becomes of a property that is called like a column. */
  readonly conflict: 'error' | 'replace_source' | 'keep_source';
  readonly ignored: ReadonlySet<Value>;
}

const emptyBag: Bag = new Map();

/**
 * `bag_unpack(bag, prefix, columnsConflict, ignoredProperties)`: a column for each property, in the order of the names; its
 * type is that of the values, or dynamic. One that is called like the bag's column takes its place.
 * https://learn.microsoft.com/kusto/query/bag-unpack-plugin
 */
export function unpackBag(call: QueryNode, input: Table, scope: Scope): (run: Run) => RowSet {
  const [bagNode, ...others] = argumentsOf(call);
  if (!bagNode) return refuse(scope, call, call.text);
  const bag = compileScalar(bagNode, { ...scope, columns: input.columns });
  const options = readOptions(call, others, scope);
  const { prefix, conflict, ignored } = options;
  const at = input.columns.findIndex(({ name }) => name === bagNode.name);
  return (run) => {
    const rows = input.rows(run);
    const bags = mapRows(run, rows, bag).map((value) => (isBag(value) ? value : emptyBag));
    const keys = [...new Set(bags.flatMap((item) => [...item.keys()]))]
      .filter((key) => !ignored.has(key))
      .sort();
    const properties = keys.map((key): Property => {
      const column = {
        name: prefix + key,
        type: commonType(bags.map((item) => item.get(key) ?? null)) ?? 'dynamic',
      };
      return { key, column, clash: input.columns.findIndex(({ name }) => name === column.name) };
    });
    const clashing = properties.find(({ clash }) => clash >= 0 && clash !== at);
    if (clashing && conflict === 'error')
      return refuse(
        scope,
        call,
        `evaluate bag_unpack over the column "${clashing.column.name}" that is there already`,
      );
    const shown = properties.filter(({ clash }) => clash < 0 || clash === at || conflict !== 'keep_source');
    return layOut(rows, bags, { input, at, properties: shown });
  };
}

interface Property {
  readonly key: string;
  readonly column: EngineColumn;
  /** The column of the input that has its name, or -1. */
  readonly clash: number;
}

interface Layout {
  readonly input: Table;
  readonly at: number;
  readonly properties: readonly Property[];
}

function layOut(rows: readonly Row[], bags: readonly Bag[], { input, at, properties }: Layout): RowSet {
  const slots = [
    ...input.columns.flatMap((column, index) => {
      const property = properties.find(({ clash }) => clash === index);
      return property || index !== at ? [{ column: property?.column ?? column, index, property }] : [];
    }),
    ...properties
      .filter(({ clash }) => clash < 0)
      .map((property) => ({ column: property.column, index: -1, property })),
  ];
  return {
    columns: slots.map(({ column }) => column),
    rows: rows.map((row, place) =>
      slots.map(({ column, index, property }) =>
        property ? (bags[place]?.get(property.key) ?? emptyOf(column.type)) : (row[index] ?? null),
      ),
    ),
  };
}

/** The arguments behind the bag, in their order or by their names. */
function readOptions(call: QueryNode, nodes: readonly QueryNode[], scope: Scope): UnpackOptions {
  const names = ['OutputColumnPrefix', 'columnsConflict', 'ignoredProperties'];
  const given = new Map(
    nodes.map((node, index) =>
      node.kind === 'SimpleNamedExpression'
        ? [node.name ?? '', node.part('Expression') ?? node]
        : [names[index] ?? node.text, node],
    ),
  );
  const unknown = [...given].find(([name]) => !names.includes(name));
  if (unknown) return refuse(scope, unknown[1], `evaluate bag_unpack with "${unknown[0]}"`);
  const conflictNode = given.get('columnsConflict');
  const conflict = textOf(conflictNode, scope) || 'error';
  if (conflict !== 'error' && conflict !== 'replace_source' && conflict !== 'keep_source')
    return refuse(scope, conflictNode ?? call, `columnsConflict "${conflict}"`);
  const ignoredNode = given.get('ignoredProperties');
  const ignored = ignoredNode ? readDynamic(ignoredNode.text) : [];
  return {
    prefix: textOf(given.get('OutputColumnPrefix'), scope),
    conflict,
    ignored: isArray(ignored)
      ? new Set(ignored)
      : refuse(scope, ignoredNode ?? call, `"${ignoredNode?.text ?? ''}" where an array is expected`),
  };
}

function textOf(node: QueryNode | undefined, scope: Scope): string {
  if (!node) return '';
  return typeof node.constant === 'string'
    ? node.constant
    : refuse(scope, node, `"${node.text}" where a text is expected`);
}
