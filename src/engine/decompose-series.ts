import { fitLine, mean, quantile } from './linear-fit.ts';

/** How a series is taken apart. https://learn.microsoft.com/kusto/query/series-decompose-function */
export interface Decomposition {
  /** What the season and the trend foretell. */
  readonly baseline: readonly number[];
  readonly seasonal: readonly number[];
  readonly trend: readonly number[];
  readonly residual: readonly number[];
}

/** What to take a series apart by. */
export interface DecompositionOptions {
  /** The length of the season; 0 for none, -1 to find it. */
  readonly period: number;
  readonly trend: string;
  /** So many points at the end are foretold, not learnt from. */
  readonly testPoints: number;
  /** How clear a season has to be to be found, from 0 to 1. */
  readonly threshold: number;
}

/** Takes a series apart; undefined if the trend is none that Kusto knows. */
export function decomposeSeries(
  values: readonly number[],
  { period, trend, testPoints, threshold }: DecompositionOptions,
): Decomposition | undefined {
  const learnt = values.slice(0, Math.max(0, values.length - testPoints));
  const length = period < 0 ? findPeriod(learnt, threshold) : period;
  const season = Array.from({ length }, (_phase, phase) =>
    quantile(
      learnt.filter((_value, index) => index % length === phase),
      0.5,
    ),
  );
  const seasonal = values.map((_value, index) => season[index % Math.max(1, length)] ?? 0);
  const rest = learnt.map((value, index) => value - (seasonal[index] ?? 0));
  const line = trendOf(rest, trend);
  if (!line) return undefined;
  const trends = values.map((_value, index) => line(index));
  const baseline = trends.map((value, index) => value + (seasonal[index] ?? 0));
  return {
    baseline,
    seasonal,
    trend: trends,
    residual: values.map((value, index) => value - (baseline[index] ?? 0)),
  };
}

function trendOf(values: readonly number[], trend: string): ((index: number) => number) | undefined {
  if (trend === 'none') return () => 0;
  if (trend === 'avg') {
    const average = mean(values);
    return () => average;
  }
  if (trend !== 'linefit') return undefined;
  const { intercept, slope } = fitLine(values);
  return (index) => intercept + slope * index;
}

/**
 * The lag at which a series is most like itself; 0 if it is not like itself enough, where what the lag leaves without a partner
 * counts against it: so it finds the seasons that the examples of `series_seasonal` name. A period has to fit in twice.
 */
function findPeriod(values: readonly number[], threshold: number): number {
  const { line } = fitLine(values);
  const left = values.map((value, index) => value - (line[index] ?? 0));
  const power = left.reduce((sum, value) => sum + value * value, 0) / left.length;
  const likeness = (lag: number): number =>
    left.slice(lag).reduce((sum, value, index) => sum + value * (left[index] ?? 0), 0) /
    (left.length - lag) /
    power;
  const lags = Array.from(
    { length: Math.max(0, Math.floor(left.length / 2) - 3) },
    (_lag, index) => index + 4,
  );
  const peaks = lags.filter(
    (lag) =>
      likeness(lag) > likeness(lag - 1) &&
      likeness(lag) >= likeness(lag + 1) &&
      likeness(lag) * Math.sqrt(1 - lag / left.length) >= threshold,
  );
  return peaks.reduce((best, lag) => (best === 0 || likeness(lag) > likeness(best) + 0.05 ? lag : best), 0);
}

/**
 * Tukey's test: how far a value lies outside of the range between two quantiles, in widths of that range; 0 within it.
 * https://learn.microsoft.com/kusto/query/series-outliers-function
 */
export function scoreOutliers(values: readonly number[], low: number, high: number): readonly number[] {
  const [bottom, top] = [quantile(values, low), quantile(values, high)];
  const width = top - bottom;
  const score = (distance: number): number =>
    width > 0 ? distance / width : distance === 0 ? 0 : Math.sign(distance) * Infinity;
  return values.map((value) =>
    value > top ? score(value - top) : value < bottom ? score(value - bottom) : 0,
  );
}
