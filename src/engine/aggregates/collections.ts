import { compareForSort, keyOf, toNumber } from '../semantics.ts';
import { isArray, isBag } from '../value.ts';
import type { Value } from '../value.ts';
import { conditional, nothing } from './aggregate.ts';
import type { Aggregate, AggregateInfo } from './aggregate.ts';

/** A limit given as the second argument; null and absence mean none. */
function limitOf(limits: readonly Value[] | undefined): number {
  const [limit] = limits ?? [];
  return limit === undefined || limit === null ? Infinity : (toNumber(limit) ?? Infinity);
}

/** An array in a `dynamic` column is spread, one level deep. */
function spread(values: readonly Value[], info: AggregateInfo): readonly Value[] {
  return info.argumentTypes[0] === 'dynamic'
    ? values.flatMap((value) => (isArray(value) ? [...value] : [value]))
    : values;
}

const makeList: Aggregate = {
  name: 'make_list',
  evaluate: ([values = [], limits], info) =>
    spread(values, info)
      .filter((value) => value !== null || info.argumentTypes[0] === 'dynamic')
      .slice(0, limitOf(limits)),
};

const makeListWithNulls: Aggregate = {
  name: 'make_list_with_nulls',
  evaluate: ([values = []], info) => spread(values, info),
};

const makeSet: Aggregate = {
  name: 'make_set',
  evaluate: ([values = [], limits], info) =>
    distinct(spread(values, info).filter((value) => value !== null)).slice(0, limitOf(limits)),
};

/** The first of equal values. */
export function distinct(values: readonly Value[]): readonly Value[] {
  const seen = new Map<string, Value>();
  for (const value of values) {
    const key = keyOf([value]);
    if (!seen.has(key)) seen.set(key, value);
  }
  return [...seen.values()];
}

/** Of keys that occur more than once, the first value stays. */
const makeBag: Aggregate = {
  name: 'make_bag',
  evaluate: ([values = [], limits]) => {
    const bag = new Map<string, Value>();
    for (const [key, value] of values.filter(isBag).flatMap((item) => [...item])) {
      if (!bag.has(key) && bag.size < limitOf(limits)) bag.set(key, value);
    }
    return bag;
  },
};

const takeAny: Aggregate = {
  name: 'take_any',
  evaluate: ([values = []], info) => values.find((value) => value !== null) ?? nothing(info),
};

function percentileOf(values: readonly Value[], percent: number): Value {
  const sorted = values.filter((value) => value !== null).toSorted(compareForSort);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? null;
}

const percentile: Aggregate = {
  name: 'percentile',
  evaluate: ([values = [], percents = []]) => percentileOf(values, toNumber(percents[0] ?? null) ?? 50),
};

const percentilesArray: Aggregate = {
  name: 'percentiles_array',
  evaluate: ([values = [], ...percents]) =>
    percents.flatMap((column) => {
      const [percent = null] = column;
      return (isArray(percent) ? percent : [percent]).map((item) =>
        percentileOf(values, toNumber(item) ?? 50),
      );
    }),
};

/** Aggregates that collect values or pick one. Percentiles are exact here. */
export const collectionAggregates: readonly Aggregate[] = [
  makeList,
  { ...makeList, name: 'makelist' },
  makeListWithNulls,
  makeSet,
  { ...makeSet, name: 'makeset' },
  makeBag,
  takeAny,
  { ...takeAny, name: 'any' },
  percentile,
  percentilesArray,
  conditional('make_list_if', makeList),
  conditional('make_set_if', makeSet),
  conditional('make_bag_if', makeBag),
  conditional('take_anyif', takeAny),
  conditional('anyif', takeAny),
];
