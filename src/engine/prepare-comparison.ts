import { findBinaryOperator } from './binary-operators.ts';
import { Datetime } from './value.ts';
import type { Value } from './value.ts';

/** Tests a value against one that is the same for all rows. */
export type ValueTest = (value: Value) => Value;

type Ordered<Item> = (a: Item, b: Item) => boolean;

/** What the operators say of two values of one type that has an order, by the parser's name. */
const relations: Readonly<Record<string, Ordered<string | bigint>>> = {
  EqualExpression: (a, b) => a === b,
  NotEqualExpression: (a, b) => a !== b,
  LessThanExpression: (a, b) => a < b,
  LessThanOrEqualExpression: (a, b) => a <= b,
  GreaterThanExpression: (a, b) => a > b,
  GreaterThanOrEqualExpression: (a, b) => a >= b,
};

/**
 * A comparison with a value that is the same for all rows. It gives what the operator gives; texts, whole numbers and times
 * take a shorter way. undefined where the operator compares nothing.
 */
export function prepareComparison(kind: string): ((right: Value) => ValueTest) | undefined {
  const holds = relations[kind];
  const compare = findBinaryOperator(kind, 'bool');
  if (!holds || !compare) return undefined;
  return (right) => {
    if (right instanceof Datetime) {
      const { ticks } = right;
      return (value) => (value instanceof Datetime ? holds(value.ticks, ticks) : compare(value, right));
    }
    if (typeof right === 'string' || typeof right === 'bigint') {
      const type = typeof right;
      return (value) =>
        typeof value === type ? holds(value as string | bigint, right) : compare(value, right);
    }
    return (value) => compare(value, right);
  };
}
