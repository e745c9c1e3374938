import { arithmetic } from '../arithmetic.ts';
import { compareForSort, toNumber } from '../semantics.ts';
import { createValueIndex } from '../value-index.ts';
import { Datetime, datetimeOf, Timespan } from '../value.ts';
import type { Value } from '../value.ts';
import { aggregate, nothing, conditional, overValues } from './aggregate.ts';
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

/** The index of the greatest (1) or least (-1) of some values, the first of equal ones; -1 if there are none. */
export function indexOfExtreme(values: readonly Value[], sign: 1 | -1): number {
  let best = -1;
  values.forEach((value, index) => {
    if (value === null) return;
    const leader = values[best];
    if (leader === undefined || compareForSort(value, leader) * sign > 0) best = index;
  });
  return best < 0 && values.length > 0 ? 0 : best;
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

/** The covariance of the pairs of which neither is null. */
function covariance(signature: string, correction: 0 | 1): Aggregate {
  return aggregate(signature, ([first = [], second = []]) => {
    const pairs = first.flatMap((value, index): readonly (readonly [number, number])[] => {
      const [x, y] = [toNumber(value), toNumber(second[index] ?? null)];
      return x === null || y === null ? [] : [[x, y]];
    });
    if (pairs.length <= correction) return 0;
    const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / pairs.length;
    const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / pairs.length;
    const products = pairs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
    return products / (pairs.length - correction);
  });
}

const estimated = {
  caution: {
    reason: 'approximate',
    because: 'Kusto estimates the number of distinct values; here it is exact',
  },
} as const;

const sum = overValues('sum(value)', total);
const avg = overValues('avg(value)', average);
const min = overValues('min(value)', extreme(-1));
const max = overValues('max(value)', extreme(1));
const stdev = overValues('stdev(value)', rootOf(variance(1)));
const stdevp = overValues('stdevp(value)', rootOf(variance(0)));
const varianceSample = overValues('variance(value)', variance(1));
const varianceAll = overValues('variancep(value)', variance(0));
/** Of a value it counts nulls, too. https://learn.microsoft.com/kusto/query/summarize-operator#examples */
const count = aggregate('count(value?)', (_columns, info) => BigInt(info.count));
const countIf = conditional('countif(predicate)', count, 0);
const countDistinct = overValues('count_distinct(value)', (values) => BigInt(countDistinctValues(values)));

function countDistinctValues(values: readonly Value[]): number {
  const numberOf = createValueIndex();
  return values.reduce((most: number, value) => Math.max(most, numberOf(value) + 1), 0);
}

function bitwise(signature: string, combine: (a: bigint, b: bigint) => bigint): Aggregate {
  return overValues(signature, (values, info) => {
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
  aggregate('dcount(value, accuracy?)', countDistinct.evaluate, estimated),
  conditional('sumif(value, predicate)', sum),
  conditional('avgif(value, predicate)', avg),
  conditional('minif(value, predicate)', min),
  conditional('maxif(value, predicate)', max),
  conditional('stdevif(value, predicate)', stdev),
  conditional('varianceif(value, predicate)', varianceSample),
  conditional('variancepif(value, predicate)', varianceAll),
  covariance('covariance(x, y)', 1),
  covariance('covariancep(x, y)', 0),
  conditional('covarianceif(x, y, predicate)', covariance('covariance(x, y)', 1), 2),
  conditional('covariancepif(x, y, predicate)', covariance('covariancep(x, y)', 0), 2),
  countIf,
  conditional('count_distinctif(value, predicate)', countDistinct),
  conditional('dcountif(value, predicate, accuracy?)', { ...countDistinct, ...estimated }),
  bitwise('binary_all_and(value)', (a, b) => a & b),
  bitwise('binary_all_or(value)', (a, b) => a | b),
  bitwise('binary_all_xor(value)', (a, b) => a ^ b),
];
