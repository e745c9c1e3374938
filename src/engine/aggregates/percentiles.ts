import { compareForSort, toNumber } from '../semantics.ts';
import { isArray } from '../value.ts';
import type { Value } from '../value.ts';
import { aggregate } from './aggregate.ts';
import type { Aggregate } from './aggregate.ts';

interface Weighted {
  readonly value: Value;
  readonly weight: number;
}

/** The value at a percentile by the nearest rank: the first at which so much of the weight is reached. Null if there is none. */
function atPercentile(sorted: readonly Weighted[], percent: number): Value {
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  // 7 % of 100 is a little more than 7 in binary.
  const wanted = Math.max((percent / 100) * total * (1 - 1e-12), Number.MIN_VALUE);
  let reached = 0;
  for (const { value, weight } of sorted) {
    reached += weight;
    if (reached >= wanted) return value;
  }
  return sorted.at(-1)?.value ?? null;
}

function sortWeighted(values: readonly Value[], weights: readonly Value[] | undefined): readonly Weighted[] {
  return values
    .map((value, index) => ({ value, weight: weights ? (toNumber(weights[index] ?? null) ?? 0) : 1 }))
    .filter(({ value, weight }) => value !== null && weight > 0)
    .sort((a, b) => compareForSort(a.value, b.value));
}

/** The percentages, which are constants; one may be an array of them. */
function percentagesOf(columns: readonly (readonly Value[])[]): readonly number[] {
  return columns
    .flatMap(([given = null]) => (isArray(given) ? given : [given]))
    .map((given) => toNumber(given) ?? NaN);
}

const caution = {
  reason: 'approximate',
  because: 'Kusto estimates percentiles of many values; here they are exact, by the nearest rank',
} as const;

function percentiles(signature: string, isWeighted: boolean, isArrayOfThem: boolean): Aggregate {
  return aggregate(
    signature,
    ([values = [], ...more]) => {
      const sorted = sortWeighted(values, isWeighted ? more[0] : undefined);
      const found = percentagesOf(isWeighted ? more.slice(1) : more).map((percent) =>
        atPercentile(sorted, percent),
      );
      return isArrayOfThem ? (sorted.length === 0 ? null : found) : (found[0] ?? null);
    },
    { caution },
  );
}

/** Percentiles, exact. `percentiles` and `percentilesw` give a column for each percentage: summarize asks for them one by one. */
export const percentileAggregates: readonly Aggregate[] = [
  percentiles('percentile(value, percentage)', false, false),
  percentiles('percentilew(value, weight, percentage)', true, false),
  percentiles('percentiles_array(value, percentage...)', false, true),
  percentiles('percentilesw_array(value, weight, percentage...)', true, true),
  percentiles('percentiles(value, percentage...)', false, false),
  percentiles('percentilesw(value, weight, percentage...)', true, false),
];
