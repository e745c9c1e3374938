import { arithmetic } from '../arithmetic.ts';
import { compareForSort, keyOf, toNumber } from '../semantics.ts';
import { Datetime, datetimeOf, Timespan } from '../value.ts';
import type { Value } from '../value.ts';
import { nothing, conditional, overValues } from './aggregate.ts';
import type { Aggregate, AggregateInfo } from './aggregate.ts';

function total(values: readonly Value[], info: AggregateInfo): Value {
  const add = arithmetic['AddExpression'];
  const [first = null, ...rest] = values;
  if (first === null || !add) return zeroOf(info);
  const sum = rest.reduce((so_far, value) => add(so_far, value), first);
  return typeof sum === 'bigint' ? BigInt.asIntN(64, sum) : sum;
}

function zeroOf({ type }: AggregateInfo): Value {
  if (type === 'timespan') return new Timespan(0n);
  return type === 'real' ? 0 : 0n;
}

/** The average of long values overflows as their sum does. */
function average(values: readonly Value[], info: AggregateInfo): Value {
  if (values.length === 0) return info.type === 'real' ? NaN : null;
  const [first] = values;
  const count = BigInt(values.length);
  if (first instanceof Timespan) {
    const sum = total(values, info);
    return sum instanceof Timespan ? new Timespan(sum.ticks / count) : null;
  }
  if (first instanceof Datetime) {
    const ticks = values.reduce(
      (sum: bigint, value) => sum + (value instanceof Datetime ? value.ticks : 0n),
      0n,
    );
    return datetimeOf(ticks / count);
  }
  const sum = total(values, info);
  if (info.type === 'decimal') return arithmetic['DivideExpression']?.(sum, count) ?? null;
  return (toNumber(sum) ?? NaN) / values.length;
}

function extreme(sign: 1 | -1): (values: readonly Value[], info: AggregateInfo) => Value {
  return (values, info) => {
    let best: Value | undefined;
    for (const value of values) {
      if (typeof value === 'number' && Number.isNaN(value)) return NaN;
      if (best === undefined || compareForSort(value, best) * sign > 0) best = value;
    }
    return best ?? nothing(info);
  };
}

/** The index of the row with the greatest (or least) value; the first of equal ones. */
function rowOf(sign: 1 | -1): Aggregate['evaluate'] {
  return ([values = []]) => {
    let best = -1;
    values.forEach((value, index) => {
      if (value === null) return;
      const leader = values[best];
      if (leader === undefined || compareForSort(value, leader) * sign > 0) best = index;
    });
    return BigInt(best < 0 && values.length > 0 ? 0 : best);
  };
}

/** The variance of a sample (`correction` 1) or of a population (0). */
function variance(correction: 0 | 1): (values: readonly Value[]) => Value {
  return (values) => {
    const numbers = values.map((value) => toNumber(value) ?? NaN);
    if (numbers.length <= correction) return 0;
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return squares / (numbers.length - correction);
  };
}

function rootOf(evaluate: (values: readonly Value[]) => Value): (values: readonly Value[]) => Value {
  return (values) => Math.sqrt(toNumber(evaluate(values)) ?? NaN);
}

const sum = overValues('sum', total);
const avg = overValues('avg', average);
const min = overValues('min', extreme(-1));
const max = overValues('max', extreme(1));
const stdev = overValues('stdev', rootOf(variance(1)));
const stdevp = overValues('stdevp', rootOf(variance(0)));
const varianceSample = overValues('variance', variance(1));
const varianceAll = overValues('variancep', variance(0));
const count: Aggregate = { name: 'count', evaluate: (_columns, info) => BigInt(info.count) };
const countDistinct = overValues('count_distinct', (values) =>
  BigInt(new Set(values.map((value) => keyOf([value]))).size),
);

function bitwise(name: string, combine: (a: bigint, b: bigint) => bigint): Aggregate {
  return overValues(name, (values, info) => {
    const whole = values.filter((value) => typeof value === 'bigint');
    return whole.length === 0 ? nothing(info) : whole.reduce(combine);
  });
}

/** Aggregates that count, add and compare. `dcount` is exact here. */
export const numberAggregates: readonly Aggregate[] = [
  sum,
  avg,
  min,
  max,
  stdev,
  stdevp,
  varianceSample,
  varianceAll,
  count,
  countDistinct,
  { ...countDistinct, name: 'dcount' },
  conditional('sumif', sum),
  conditional('avgif', avg),
  conditional('minif', min),
  conditional('maxif', max),
  conditional('stdevif', stdev),
  conditional('varianceif', varianceSample),
  conditional('countif', count, 0),
  conditional('count_distinctif', countDistinct),
  conditional('dcountif', countDistinct),
  { name: 'row_of_max', evaluate: rowOf(1) },
  { name: 'row_of_min', evaluate: rowOf(-1) },
  bitwise('binary_all_and', (a, b) => a & b),
  bitwise('binary_all_or', (a, b) => a | b),
  bitwise('binary_all_xor', (a, b) => a ^ b),
];
