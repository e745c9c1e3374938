import { keyOf } from '../../src/engine/semantics.ts';
import { createTupleIndex, createValueIndex } from '../../src/engine/value-index.ts';
import { Datetime, Decimal, Guid, Timespan } from '../../src/engine/value.ts';
import type { Value } from '../../src/engine/value.ts';

const values: readonly Value[] = [
  null,
  '',
  'a',
  's',
  'null',
  1n,
  '1',
  1,
  1.5,
  '1.5',
  -0,
  0n,
  NaN,
  NaN,
  true,
  false,
  'true',
  new Datetime(5n),
  new Datetime(5n),
  new Timespan(5n),
  5n,
  new Guid('00000000-0000-4000-8000-000000000001'),
  new Decimal(15n, 1),
  ['a', 1n],
  ['a', 1n],
  new Map([['a', 1n]]),
];

test('values have the same number if and only if they are the same key', () => {
  const numberOf = createValueIndex();
  const numbers = values.map(numberOf);
  const keys = values.map((value) => keyOf([value]));
  expect(numbers.map((number) => numbers.indexOf(number))).toEqual(keys.map((key) => keys.indexOf(key)));
});

test('the numbers run from 0 in the order of appearance', () => {
  const numberOf = createValueIndex();
  expect(['b', 2n, 'b', null, 2n, 'a'].map(numberOf)).toEqual([0, 1, 0, 2, 1, 3]);
});

test('tuples of three have the same number if and only if all their values are the same key', () => {
  const few: readonly Value[] = [null, '', 'a', 1n];
  const tuples = few.flatMap((a) => few.flatMap((b) => few.map((c): readonly Value[] => [a, b, c])));
  const numberOf = createTupleIndex(3);
  const numbers = [...tuples, ...tuples].map(numberOf);
  expect(numbers).toEqual([...tuples.keys(), ...tuples.keys()]);
});

test('the empty tuple is one key', () => {
  const numberOf = createTupleIndex(0);
  expect([numberOf([]), numberOf([])]).toEqual([0, 0]);
});
