import { argumentsOf } from '../kql/query-node.ts';
import type { QueryNode } from '../kql/query-node.ts';
import { compileScalar } from './compile-scalar.ts';
import { compileTable, isTabular } from './compile-table.ts';
import { hoist, literalScalar } from './constant-scalar.ts';
import { binDown } from './functions/math.ts';
import { compileIngestionTime } from './ingestion.ts';
import { refuse } from './scope.ts';
import type { Scalar, Scope } from './scope.ts';
import { readSignature } from './signature.ts';
import type { Signature } from './signature.ts';
import type { Value } from './value.ts';

/** A function whose arguments are not plain values. */
export interface SpecialCall {
  readonly signature: Signature;
  readonly compile: (node: QueryNode, scope: Scope) => Scalar;
}

/** A bag of columns, by index. */
function packColumns(indexes: readonly number[], { columns }: Scope, ignoresEmpty: boolean): Scalar {
  return (row) =>
    new Map(
      indexes.flatMap((index): (readonly [string, Value])[] => {
        const value = row[index] ?? null;
        const isEmpty = value === null || value === '';
        return ignoresEmpty && isEmpty ? [] : [[columns[index]?.name ?? '', value]];
      }),
    );
}

function packAll(node: QueryNode, scope: Scope): Scalar {
  return packColumns([...scope.columns.keys()], scope, argumentsOf(node)[0]?.constant === true);
}

function packNamed(node: QueryNode, scope: Scope): Scalar {
  const names = new Set(argumentsOf(node).map(({ name }) => name));
  const indexes = [...scope.columns.keys()].filter((index) => names.has(scope.columns[index]?.name));
  return packColumns(indexes, scope, false);
}

function columnIfExists(node: QueryNode, scope: Scope): Scalar {
  const [wanted, fallback] = argumentsOf(node);
  const index = scope.columns.findIndex(({ name }) => name === wanted?.constant);
  if (index >= 0) return (row) => row[index] ?? null;
  return fallback ? compileScalar(fallback, scope) : refuse(scope, node, node.text);
}

/** The names of the columns of a table. */
function columnNames(node: QueryNode, scope: Scope): Scalar {
  const [argument] = argumentsOf(node);
  const table =
    argument && isTabular(argument) ? compileTable(argument, { ...scope, columns: [] }) : undefined;
  return table && !table.late
    ? literalScalar(table.columns.map(({ name }) => name))
    : refuse(scope, node, node.text);
}

/** `bin_auto(value)`: the size of the bins, and where one of them starts, is set ahead of the query. */
function binAuto(node: QueryNode, scope: Scope): Scalar {
  const [argument] = argumentsOf(node);
  const settings = ['size', 'at'].map((name) => scope.bindings.get(`set query_bin_auto_${name}`));
  const [size, at] = settings.map((binding) =>
    binding?.kind === 'scalar' ? hoist(binding.scalar) : undefined,
  );
  if (!argument || !size) return refuse(scope, node, 'bin_auto() without "set query_bin_auto_size"');
  const value = compileScalar(argument, scope);
  return (row, frame) => binDown(value(row, frame), size(row, frame), at?.(row, frame) ?? null);
}

/** Functions that look at the columns, or at what is known of a row besides them. */
export const specialCalls: readonly SpecialCall[] = [
  { signature: readSignature('pack_all(ignoreNullOrEmpty?)'), compile: packAll },
  { signature: readSignature('bag_pack_columns(column...)'), compile: packNamed },
  { signature: readSignature('column_ifexists(name, default)'), compile: columnIfExists },
  { signature: readSignature('columnifexists(name, default)'), compile: columnIfExists },
  { signature: readSignature('column_names_of(table)'), compile: columnNames },
  { signature: readSignature('bin_auto(value)'), compile: binAuto },
  { signature: readSignature('ingestion_time()'), compile: compileIngestionTime },
];
