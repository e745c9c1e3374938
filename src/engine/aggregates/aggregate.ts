import type { NodeType } from '../../kql/query-node.ts';
import type { Callable } from '../check-call.ts';
import { emptyOf } from '../convert.ts';
import type { FunctionTraits } from '../scalar-function.ts';
import { readSignature } from '../signature.ts';
import type { Value } from '../value.ts';

/** What an aggregate is told besides the values. `count`: the rows of the group. */
export interface AggregateInfo {
  readonly type: NodeType;
  readonly argumentTypes: readonly NodeType[];
  readonly count: number;
}

/** An aggregate of KQL; it gets the values of each argument over the rows of a group. */
export interface Aggregate extends Callable {
  readonly name: string;
  readonly evaluate: (columns: readonly (readonly Value[])[], info: AggregateInfo) => Value;
}

/** An aggregate by its signature, as readSignature takes it, and what it does. */
export function aggregate(
  signature: string,
  evaluate: Aggregate['evaluate'],
  traits: FunctionTraits = {},
): Aggregate {
  const read = readSignature(signature);
  return { name: read.name, signature: read, evaluate, ...traits };
}

/** An aggregate over the values of its first argument that are not null. */
export function overValues(
  signature: string,
  evaluate: (values: readonly Value[], info: AggregateInfo) => Value,
  traits: FunctionTraits = {},
): Aggregate {
  return aggregate(
    signature,
    ([values = []], info) =>
      evaluate(values.includes(null) ? values.filter((value) => value !== null) : values, info),
    traits,
  );
}

/** The same aggregate under another name. */
export function renamed(name: string, called: Aggregate): Aggregate {
  return { ...called, ...aggregate(called.signature.text.replace(/^\w+/, name), called.evaluate) };
}

/**
 * The variant of an aggregate that takes only the rows for which a predicate is true, such as `sumif`. It is the argument
 * after those of the aggregate, which takes one unless told.
 */
export function conditional(signature: string, called: Aggregate, at = 1): Aggregate {
  return {
    ...called,
    ...aggregate(signature, (columns, info) => {
      const predicate = columns[at] ?? [];
      const kept = columns
        .filter((_column, index) => index !== at)
        .map((column) => column.filter((_value, index) => predicate[index] === true));
      return called.evaluate(kept, { ...info, count: predicate.filter((value) => value === true).length });
    }),
  };
}

/** What an aggregate gives without values. */
export function nothing(info: AggregateInfo): Value {
  return emptyOf(info.type);
}

/** The caution of an aggregate that may pick any row. */
export const anyRow = {
  reason: 'arbitrary',
  because: 'Kusto may pick any row; here it is the first',
} as const;
