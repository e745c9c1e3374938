import { valueToText } from '../engine/value-text.ts';
import { Decimal, isArray, isBag } from '../engine/value.ts';
import type { Value } from '../engine/value.ts';
import { decimalToNumber } from '../engine/decimal.ts';

/** Reals are the same if they differ by less than what adding them up in another order would. */
const tolerance = 1e-9;

/**
 * True if a result is what was expected. The order within a list does not count: that of `make_set` is not defined.
 * Within a dynamic, a time or GUID is the same as its text.
 */
export function sameValue(expected: Value, actual: Value): boolean {
  const [a, b] = [toNumber(expected), toNumber(actual)];
  if (a !== undefined && b !== undefined) return sameNumber(a, b);
  if (expected === null || actual === null) return expected === actual;
  if (isArray(expected) && isArray(actual)) return sameList(expected, actual);
  if (isBag(expected) && isBag(actual)) {
    return (
      expected.size === actual.size &&
      [...expected].every(([key, value]) => actual.has(key) && sameValue(value, actual.get(key) ?? null))
    );
  }
  return valueToText(expected) === valueToText(actual);
}

function toNumber(value: Value): number | bigint | undefined {
  if (value instanceof Decimal) return decimalToNumber(value);
  return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
}

function sameNumber(a: number | bigint, b: number | bigint): boolean {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a === b;
  const [left, right] = [Number(a), Number(b)];
  if (Object.is(left, right)) return true;
  return Math.abs(left - right) <= tolerance * Math.max(1, Math.abs(left), Math.abs(right));
}

function sameList(expected: readonly Value[], actual: readonly Value[]): boolean {
  if (expected.length !== actual.length) return false;
  const left = [...actual];
  return expected.every((item) => {
    const index = left.findIndex((candidate) => sameValue(item, candidate));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}
