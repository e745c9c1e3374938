import { decomposeSeries, scoreOutliers } from '../decompose-series.ts';
import type { Decomposition } from '../decompose-series.ts';
import { fitLine, mean } from '../linear-fit.ts';
import { scalarFunction, severalColumns } from '../scalar-function.ts';
import type { CallInfo, ScalarFunction } from '../scalar-function.ts';
import { toNumber } from '../semantics.ts';
import { valueToText } from '../value-text.ts';
import { isArray } from '../value.ts';
import type { Value } from '../value.ts';

function numbersOf(value: Value | undefined): readonly number[] | null {
  return isArray(value) ? value.map((item) => toNumber(item) ?? NaN) : null;
}

const statNames = ['min', 'min_idx', 'max', 'max_idx', 'avg', 'stdev', 'variance'];

/** The columns of `series_stats`; of a series with a gap they are null, unless gaps are ignored. */
function stats([series, ignores = false]: readonly Value[]): readonly Value[] {
  const all = numbersOf(series);
  const finite = all?.filter((item) => Number.isFinite(item));
  if (!all || !finite || finite.length === 0) return statNames.map(() => null);
  if (finite.length < all.length && ignores !== true) return statNames.map(() => null);
  const average = mean(finite);
  const squares = finite.reduce((sum, item) => sum + (item - average) ** 2, 0);
  const variance = finite.length < 2 ? 0 : squares / (finite.length - 1);
  const [min, max] = [Math.min(...finite), Math.max(...finite)];
  const places = [min, max].map((item) => BigInt(all.indexOf(item)));
  return [min, places[0] ?? null, max, places[1] ?? null, average, Math.sqrt(variance), variance];
}

function statsBag(values: readonly Value[]): Value {
  const found = stats(values);
  const all = numbersOf(values[0]);
  if (!all) return null;
  const sum = all.filter((item) => Number.isFinite(item)).reduce((total, item) => total + item, 0);
  return new Map<string, Value>([
    ...statNames.map((name, index): [string, Value] => [name, found[index] ?? null]),
    ['sum', found[0] === null ? null : sum],
    ['len', BigInt(all.length)],
  ]);
}

/** The columns of `series_fit_line`, in its order. The interception is that of a line on which the series starts at 1. */
function lineColumns([series]: readonly Value[]): readonly Value[] {
  const values = numbersOf(series);
  if (!values || values.length === 0 || values.some(Number.isNaN))
    return [null, null, null, null, null, null];
  const { rSquare, slope, variance, residualVariance, intercept, line } = fitLine(values);
  return [rSquare, slope, variance, residualVariance, intercept - slope, line];
}

function lineBag(values: readonly Value[]): Value {
  const names = ['rsquare', 'slope', 'variance', 'rvariance', 'interception', 'line_fit'];
  return new Map(lineColumns(values).map((value, index) => [names[index] ?? '', value]));
}

/** What lies ahead of the series and behind it counts as 0. https://learn.microsoft.com/kusto/query/series-fir-function */
function filterFinite([series, filter, normalizes, isCentered = false]: readonly Value[]): Value {
  const [values, weights] = [numbersOf(series), numbersOf(filter)];
  if (!values || !weights) return null;
  const isSigned = weights.some((weight) => weight < 0);
  const isNormalized = normalizes === undefined ? !isSigned : normalizes === true;
  if (isNormalized && isSigned) return null;
  const sum = isNormalized ? weights.reduce((total, weight) => total + weight, 0) : 1;
  const ahead = isCentered === true ? Math.floor(weights.length / 2) : 0;
  return values.map(
    (_value, at) =>
      weights.reduce((total, weight, index) => total + weight * (values[at + ahead - index] ?? 0), 0) / sum,
  );
}

/** https://learn.microsoft.com/kusto/query/series-iir-function */
function filterInfinite([series, numerators, denominators]: readonly Value[]): Value {
  const [values, forward, backward] = [numbersOf(series), numbersOf(numerators), numbersOf(denominators)];
  if (!values || !forward || !backward || !backward[0]) return null;
  const output: number[] = [];
  values.forEach((_value, at) => {
    const given = forward.reduce((sum, weight, index) => sum + weight * (values[at - index] ?? 0), 0);
    const fedBack = backward
      .slice(1)
      .reduce((sum, weight, index) => sum + weight * (output[at - index - 1] ?? 0), 0);
    output.push((given - fedBack) / (backward[0] ?? NaN));
  });
  return output;
}

/** The median of the values in one phase; of a series without a season it is 0. */
function seasonal([series, period = -1n]: readonly Value[]): Value {
  const values = numbersOf(series);
  const length = toNumber(period);
  if (!values || length === null || values.some(Number.isNaN)) return null;
  const parts = decomposeSeries(values, { period: length, trend: 'none', testPoints: 0, threshold: 0.6 });
  return parts?.seasonal ?? null;
}

/** What is foretold of a series, from all but its last points. */
function forecast(
  [series, points = 0n, period = -1n, trend = 'avg', threshold]: readonly Value[],
  info: CallInfo,
): Value {
  const given = threshold === undefined ? [period, trend, points] : [period, trend, points, threshold];
  return decompose(series, given, info)?.baseline ?? null;
}

/** How far values lie outside of the usual range; what is missing or to be ignored counts as usual. */
function outliers(values: readonly Value[], info: CallInfo): Value {
  const [series, method = 'ctukey', ignored = null, least = 10n, most = 90n] = values;
  const kind = valueToText(method);
  if (kind !== 'ctukey' && kind !== 'tukey') return info.refuse(`the method "${kind}"`);
  const [all, left] = [numbersOf(series), toNumber(ignored)];
  if (!all) return null;
  const counts = (value: number): boolean => !Number.isNaN(value) && value !== left;
  const shares =
    kind === 'tukey' ? [0.25, 0.75] : [least, most].map((percent) => (toNumber(percent) ?? NaN) / 100);
  const scores = [...scoreOutliers(all.filter(counts), shares[0] ?? NaN, shares[1] ?? NaN)];
  return all.map((value) => (counts(value) ? (scores.shift() ?? 0) : 0));
}

function decompose(series: Value | undefined, given: readonly Value[], info: CallInfo): Decomposition | null {
  const values = numbersOf(series);
  if (!values || values.length === 0 || values.some(Number.isNaN)) return null;
  const [period = -1n, trend = 'avg', testPoints = 0n, threshold = 0.6] = given;
  const options = {
    period: toNumber(period) ?? -1,
    trend: valueToText(trend),
    testPoints: toNumber(testPoints) ?? 0,
    threshold: toNumber(threshold) ?? 0.6,
  };
  return decomposeSeries(values, options) ?? info.refuse(`the trend "${options.trend}"`);
}

function anomalies(values: readonly Value[], info: CallInfo): readonly Value[] {
  const [
    series,
    threshold = 1.5,
    period = -1n,
    trend = 'avg',
    testPoints = 0n,
    method = 'ctukey',
    seasonality = 0.6,
  ] = values;
  const parts = decompose(series, [period, trend, testPoints, seasonality], info);
  if (!parts) return [null, null, null];
  const kind = valueToText(method);
  if (kind !== 'ctukey' && kind !== 'tukey') return info.refuse(`the method "${kind}"`);
  const scores =
    kind === 'tukey' ? scoreOutliers(parts.residual, 0.25, 0.75) : scoreOutliers(parts.residual, 0.1, 0.9);
  const limit = toNumber(threshold) ?? 1.5;
  const flags = scores.map((score) => (score > limit ? 1n : score < -limit ? -1n : 0n));
  return [flags, scores, parts.baseline];
}

const estimated = {
  caution: {
    reason: 'approximate',
    because:
      'how Kusto finds a season and scales the score is not published; here it is by the documented steps',
  },
} as const;

/** Functions that fit models to the arrays of `make-series`. */
export const seriesModelFunctions: readonly ScalarFunction[] = [
  severalColumns('series_stats(series, ignoreNonfinite?)', statNames.length, stats),
  scalarFunction('series_stats_dynamic(series, ignoreNonfinite?)', statsBag),
  severalColumns('series_fit_line(series)', 6, lineColumns),
  scalarFunction('series_fit_line_dynamic(series)', lineBag),
  scalarFunction('series_fir(series, filter, normalize?, center?)', filterFinite),
  scalarFunction('series_iir(series, numerators, denominators)', filterInfinite),
  scalarFunction('series_seasonal(series, period?)', seasonal, estimated),
  scalarFunction(
    'series_outliers(series, kind?, ignored?, minPercentile?, maxPercentile?)',
    outliers,
    estimated,
  ),
  scalarFunction(
    'series_decompose_forecast(series, points, seasonality?, trend?, seasonalityThreshold?)',
    forecast,
    estimated,
  ),
  severalColumns(
    'series_decompose(series, seasonality?, trend?, testPoints?, seasonalityThreshold?)',
    4,
    ([series, ...given], info) => {
      const parts = decompose(series, given, info);
      return parts ? [parts.baseline, parts.seasonal, parts.trend, parts.residual] : [null, null, null, null];
    },
    estimated,
  ),
  severalColumns(
    'series_decompose_anomalies(series, threshold?, seasonality?, trend?, testPoints?, method?, seasonalityThreshold?)',
    3,
    anomalies,
    estimated,
  ),
];
