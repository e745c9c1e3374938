import { keyOf } from './semantics.ts';
import { Datetime } from './value.ts';
import type { Value } from './value.ts';

/** Numbers values from 0: equal keys of `summarize`, `join` and `distinct` get the same number. Null is a key like any other. */
export type ValueIndex = (value: Value) => number;

/** The same as comparing with keyOf, without a text for each value of the common types. */
export function createValueIndex(): ValueIndex {
  let size = 0;
  const texts = new Map<string, number>();
  const wholes = new Map<bigint, number>();
  const times = new Map<bigint, number>();
  const others = new Map<string, number>();
  const numberIn = <Key>(known: Map<Key, number>, key: Key): number => {
    const number = known.get(key);
    if (number !== undefined) return number;
    known.set(key, size);
    return size++;
  };
  return (value) => {
    if (typeof value === 'string') return numberIn(texts, value);
    if (typeof value === 'bigint') return numberIn(wholes, value);
    if (value instanceof Datetime) return numberIn(times, value.ticks);
    if (typeof value === 'number' && Number.isInteger(value)) return numberIn(wholes, BigInt(value));
    return numberIn(others, keyOf([value]));
  };
}

/** More than the rows of any table that fits into memory. A product of two such numbers is still a safe integer. */
const limit = 2 ** 26;

/** Numbers tuples of values from 0, as createValueIndex does with values. The empty tuple is one, too. */
export function createTupleIndex(width: number): (values: readonly Value[]) => number {
  const columns = Array.from({ length: width }, createValueIndex);
  const pairs = columns.map(() => new Map<number, number>());
  return (values) => {
    let number = 0;
    for (let at = 0; at < width; at++) {
      const own = columns[at]?.(values[at] ?? null) ?? 0;
      number = at === 0 ? own : numberOfPair(pairs[at] as Map<number, number>, number * limit + own);
    }
    return number;
  };
}

function numberOfPair(pairs: Map<number, number>, pair: number): number {
  const known = pairs.get(pair);
  if (known !== undefined) return known;
  pairs.set(pair, pairs.size);
  return pairs.size - 1;
}
