import { toNumber } from '../semantics.ts';
import { createValueIndex } from '../value-index.ts';
import { isArray, isBag } from '../value.ts';
import type { Value } from '../value.ts';
import { aggregate, anyRow, conditional, nothing, renamed } from './aggregate.ts';
import type { Aggregate, AggregateInfo } from './aggregate.ts';

/** The most values that a list, set or bag holds unless told. https://learn.microsoft.com/kusto/query/make-list-aggregation-function */
const largest = 1_048_576;

/** A limit given as an argument; null and absence mean the largest. */
function limitOf(limits: readonly Value[] | undefined): number {
  const [limit] = limits ?? [];
  return limit === undefined || limit === null ? largest : (toNumber(limit) ?? largest);
}

/** An array in a `dynamic` column is spread, one level deep. */
function spread(values: readonly Value[], info: AggregateInfo): readonly Value[] {
  return info.argumentTypes[0] === 'dynamic'
    ? values.flatMap((value) => (isArray(value) ? [...value] : [value]))
    : values;
}

const makeList = aggregate('make_list(value, max?)', ([values = [], limits], info) =>
  spread(values, info)
    .filter((value) => value !== null || info.argumentTypes[0] === 'dynamic')
    .slice(0, limitOf(limits)),
);

const makeListWithNulls = aggregate('make_list_with_nulls(value)', ([values = []], info) =>
  spread(values, info),
);

const makeSet = aggregate('make_set(value, max?)', ([values = [], limits], info) =>
  distinct(spread(values, info).filter((value) => value !== null)).slice(0, limitOf(limits)),
);

/** The first of equal values. */
export function distinct(values: readonly Value[]): readonly Value[] {
  const numberOf = createValueIndex();
  const first: Value[] = [];
  for (const value of values) if (numberOf(value) === first.length) first.push(value);
  return first;
}

/** Of keys that occur more than once, the first value stays. */
const makeBag = aggregate('make_bag(bag, max?)', ([values = [], limits]) => {
  const bag = new Map<string, Value>();
  for (const [key, value] of values.filter(isBag).flatMap((item) => [...item])) {
    if (!bag.has(key) && bag.size < limitOf(limits)) bag.set(key, value);
  }
  return bag;
});

const takeAny = aggregate(
  'take_any(value)',
  ([values = []], info) => values.find((value) => value !== null && value !== '') ?? nothing(info),
  { caution: anyRow },
);

/** Aggregates that collect values or pick one. */
export const collectionAggregates: readonly Aggregate[] = [
  makeList,
  renamed('makelist', makeList),
  makeListWithNulls,
  makeSet,
  renamed('makeset', makeSet),
  makeBag,
  renamed('make_dictionary', makeBag),
  takeAny,
  renamed('any', takeAny),
  conditional('make_list_if(value, predicate, max?)', makeList),
  conditional('make_set_if(value, predicate, max?)', makeSet),
  conditional('make_bag_if(bag, predicate, max?)', makeBag),
  conditional('take_anyif(value, predicate)', takeAny),
  conditional('anyif(value, predicate)', takeAny),
];
