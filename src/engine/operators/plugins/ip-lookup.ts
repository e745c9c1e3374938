import { argumentsOf } from '../../../kql/query-node.ts';
import type { QueryNode } from '../../../kql/query-node.ts';
import { compileScalar } from '../../compile-scalar.ts';
import { compileTable } from '../../compile-table.ts';
import { emptyOf } from '../../convert.ts';
import { buildOver } from '../../late-table.ts';
import { mapRows, refuse } from '../../scope.ts';
import type { Scalar, Scope, Table } from '../../scope.ts';
import { keyOf } from '../../semantics.ts';
import type { Row, Value } from '../../value.ts';
import { renameClashes } from '../join.ts';

/** Tells whether an address lies in a range. */
type RangeTest = (address: Value, range: Value) => boolean | null;

interface LookupNodes {
  readonly table: QueryNode;
  readonly address: QueryNode;
  readonly range: QueryNode;
  readonly extra: readonly QueryNode[];
  readonly keepsUnmatched: boolean;
}

/**
 * `ipv4_lookup(table, address, range, extra keys…, return_unmatched)`: the rows with those of the table whose range has their
 * address. https://learn.microsoft.com/kusto/query/ipv4-lookup-plugin
 */
export function lookUpIp(call: QueryNode, input: Table, scope: Scope, isInRange: RangeTest): Table {
  const nodes = readArguments(call, scope);
  const right = compileTable(nodes.table, { ...scope, columns: [] });
  return buildOver([right], ([table = right], isLate) => {
    const open = isLate ? { ...scope, isOpen: true } : scope;
    const leftScope = { ...open, columns: input.columns };
    const rightScope = { ...open, columns: table.columns };
    const address = compileScalar(nodes.address, leftScope);
    const range = compileScalar(nodes.range, rightScope);
    const extraNames = new Set(nodes.extra.map(({ name }) => name));
    const kept = [...table.columns.keys()].filter((index) => !extraNames.has(table.columns[index]?.name));
    const keptColumns = kept.flatMap((index) => table.columns[index] ?? []);
    const keysIn = (inner: Scope): readonly Scalar[] => nodes.extra.map((node) => compileScalar(node, inner));
    const [leftKeys, rightKeys] = [keysIn(leftScope), keysIn(rightScope)];
    const empty = keptColumns.map(({ type }) => emptyOf(type));
    return {
      columns: [...input.columns, ...renameClashes(input.columns, keptColumns)],
      rows: (run) => {
        const ranges = mapRows(run, table.rows(run), (row, frame) => ({
          row: kept.map((index) => row[index] ?? null),
          range: range(row, frame),
          key: keyOf(rightKeys.map((key) => key(row, frame))),
        }));
        return mapRows(run, input.rows(run), (row, frame): readonly Row[] => {
          const [sought, key] = [address(row, frame), keyOf(leftKeys.map((one) => one(row, frame)))];
          const found = ranges.filter((one) => one.key === key && isInRange(sought, one.range) === true);
          if (found.length > 1) return refuse(scope, call, `${call.name ?? ''} with ranges that overlap`);
          if (found.length === 0) return nodes.keepsUnmatched ? [[...row, ...empty]] : [];
          return found.map((one) => [...row, ...one.row]);
        }).flat();
      },
    };
  });
}

function readArguments(call: QueryNode, scope: Scope): LookupNodes {
  const nodes = argumentsOf(call);
  const isFlag = (node: QueryNode): boolean =>
    node.name === 'return_unmatched' || typeof node.constant === 'boolean';
  const flags = nodes.filter(isFlag).map((node) => node.part('Expression') ?? node);
  const [table, address, range, ...extra] = nodes.filter((node) => !isFlag(node));
  if (!table || !address || !range) return refuse(scope, call, call.text);
  const other = [...extra, ...flags].find(
    ({ kind, constant }) => kind !== 'NameReference' && constant === undefined,
  );
  if (other) return refuse(scope, other, `"${other.text}" in ${call.name ?? ''}()`);
  return { table, address, range, extra, keepsUnmatched: flags.some(({ constant }) => constant === true) };
}
