import { argumentsOf } from '../kql/query-node.ts';
import type { QueryNode } from '../kql/query-node.ts';
import { compileScalar } from './compile-scalar.ts';
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

/** Functions that look at the columns, or at what is known of a row besides them. */
export const specialCalls: readonly SpecialCall[] = [
  { signature: readSignature('pack_all(ignoreNullOrEmpty?)'), compile: packAll },
  { signature: readSignature('bag_pack_columns(column...)'), compile: packNamed },
  { signature: readSignature('column_ifexists(name, default)'), compile: columnIfExists },
  { signature: readSignature('columnifexists(name, default)'), compile: columnIfExists },
  { signature: readSignature('ingestion_time()'), compile: compileIngestionTime },
];
