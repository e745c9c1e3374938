import type { NodeType } from '../../kql/query-node.ts';
import { emptyOf } from '../convert.ts';
import type { Value } from '../value.ts';

/** What an aggregate is told besides the values. `count`: the rows of the group. */
export interface AggregateInfo {
  readonly type: NodeType;
  readonly argumentTypes: readonly NodeType[];
  readonly count: number;
}

/** An aggregate of KQL; it gets the values of each argument over the rows of a group. */
export interface Aggregate {
  readonly name: string;
  readonly evaluate: (columns: readonly (readonly Value[])[], info: AggregateInfo) => Value;
}

/** An aggregate over the values of its first argument that are not null. */
export function overValues(
  name: string,
  evaluate: (values: readonly Value[], info: AggregateInfo) => Value,
): Aggregate {
  return {
    name,
    evaluate: ([values = []], info) =>
      evaluate(
        values.filter((value) => value !== null),
        info,
      ),
  };
}

/**
 * The variant of an aggregate that takes only the rows for which a predicate is true, such as `sumif`. It is the argument
 * after those of the aggregate, which takes one unless told.
 */
export function conditional(name: string, aggregate: Aggregate, at = 1): Aggregate {
  return {
    name,
    evaluate: (columns, info) => {
      const predicate = columns[at] ?? [];
      const kept = columns
        .filter((_column, index) => index !== at)
        .map((column) => column.filter((_value, index) => predicate[index] === true));
      return aggregate.evaluate(kept, { ...info, count: predicate.filter((value) => value === true).length });
    },
  };
}

/** What an aggregate gives without values. */
export function nothing(info: AggregateInfo): Value {
  return emptyOf(info.type);
}
