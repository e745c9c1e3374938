import { findBinaryOperator } from '../../src/engine/binary-operators.ts';
import { prepareComparison } from '../../src/engine/prepare-comparison.ts';
import { Datetime, Timespan } from '../../src/engine/value.ts';
import type { Value } from '../../src/engine/value.ts';

const values: readonly Value[] = [
  null,
  '',
  'a',
  'B',
  1n,
  2n,
  1,
  1.5,
  NaN,
  true,
  new Datetime(1n),
  new Datetime(2n),
  new Timespan(1n),
  ['a'],
  new Map([['a', 1n]]),
];
const kinds = [
  'EqualExpression',
  'NotEqualExpression',
  'LessThanExpression',
  'LessThanOrEqualExpression',
  'GreaterThanExpression',
  'GreaterThanOrEqualExpression',
];

test.each(kinds)('%s says of every pair of values what it says with one of them prepared', (kind) => {
  const operator = findBinaryOperator(kind, 'bool')!;
  const prepared = prepareComparison(kind)!;
  for (const right of values) {
    const test = prepared(right);
    expect(values.map(test)).toEqual(values.map((left) => operator(left, right)));
  }
});

test('an operator that does not compare has no prepared comparison', () => {
  expect(prepareComparison('AddExpression')).toBeUndefined();
});
