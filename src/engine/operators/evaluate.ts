import type { QueryNode } from '../../kql/query-node.ts';
import { partOf } from '../compile-scalar.ts';
import { convertTo, emptyOf } from '../convert.ts';
import { isInRange } from '../functions/ip.ts';
import { isInIpv6Range } from '../functions/ip6.ts';
import { lateTable } from '../late-table.ts';
import { refuse } from '../scope.ts';
import type { Run, RowSet, Scope, Table } from '../scope.ts';
import type { OperatorCompiler } from './operator.ts';
import { unpackBag } from './plugins/bag-unpack.ts';
import { lookUpIp } from './plugins/ip-lookup.ts';
import { narrow } from './plugins/narrow.ts';
import { pivot } from './plugins/pivot.ts';
import { keepRowsNear } from './plugins/rows-near.ts';

type Plugin = (call: QueryNode, input: Table, scope: Scope, node: QueryNode) => Table;

/** The plugins that the engine knows, by name. */
export const plugins: Readonly<Record<string, Plugin>> = {
  bag_unpack: (call, input, scope, node) => withSchema(node, unpackBag(call, input, scope)),
  ipv4_lookup: (call, input, scope) => lookUpIp(call, input, scope, isInRange),
  ipv6_lookup: (call, input, scope) => lookUpIp(call, input, scope, isInIpv6Range),
  narrow: (_call, input) => narrow(input),
  rows_near: keepRowsNear,
  pivot: (call, input, scope, node) => withSchema(node, pivot(call, input, scope)),
};

/** `evaluate` */
export const compileEvaluate: OperatorCompiler = (node, input, scope) => {
  const call = partOf(node, 'FunctionCall', scope);
  const plugin = plugins[call.name ?? ''];
  return plugin
    ? plugin(call, input, scope, node)
    : refuse(scope, node, `evaluate ${call.name ?? call.text}`);
};

/** Where the query declares the columns, they are known beforehand. */
function withSchema(node: QueryNode, late: (run: Run) => RowSet): Table {
  const columns = node.part('Schema') && node.rows ? node.rows.columns : undefined;
  if (!columns) return lateTable(late);
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
