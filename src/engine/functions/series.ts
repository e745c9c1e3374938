import { equalValues, compareValues, toNumber } from '../semantics.ts';
import { scalarFunction } from '../scalar-function.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { isArray } from '../value.ts';
import type { Value } from '../value.ts';

type Items = readonly Value[];

function onSeries(signature: string, evaluate: (items: Items, ...more: Value[]) => Value): ScalarFunction {
  return scalarFunction(signature, ([items, ...rest]) => (isArray(items) ? evaluate(items, ...rest) : null));
}

function each(signature: string, calculate: (x: number) => number): ScalarFunction {
  return onSeries(signature, (items) =>
    items.map((item) => {
      const x = toNumber(item);
      return x === null ? null : calculate(x);
    }),
  );
}

/** Item by item; a single number stands for a series of it. */
function pairwise(signature: string, combine: (a: Value, b: Value) => Value): ScalarFunction {
  return scalarFunction(signature, ([a = null, b = null]) => {
    if (!isArray(a) && !isArray(b)) return null;
    const size = Math.max(isArray(a) ? a.length : 0, isArray(b) ? b.length : 0);
    const at = (source: Value, index: number): Value => (isArray(source) ? (source[index] ?? null) : source);
    return Array.from({ length: size }, (_item, index) => combine(at(a, index), at(b, index)));
  });
}

function calculated(signature: string, combine: (x: number, y: number) => number): ScalarFunction {
  return pairwise(signature, (a, b) => {
    const [x, y] = [toNumber(a), toNumber(b)];
    return x === null || y === null ? null : combine(x, y);
  });
}

function compared(signature: string, holds: (order: number) => boolean): ScalarFunction {
  return pairwise(signature, (a, b) => {
    const order = compareValues(a, b);
    return order === null ? null : holds(order);
  });
}

function isGap(item: Value, placeholder: Value): boolean {
  return item === null || equalValues(item, placeholder) === true;
}

/** Each gap takes the value before it. */
function fillForward(items: Items, placeholder: Value): Value[] {
  let last: Value = null;
  return items.map((item) => {
    if (!isGap(item, placeholder)) last = item;
    return isGap(item, placeholder) ? (last ?? item) : item;
  });
}

/**
 * A gap between two values lies on the line between them, and is whole where all values are; at the ends it takes the nearest
 * value, if so asked. A series of gaps is filled with a constant. https://learn.microsoft.com/kusto/query/series-fill-linear-function
 */
function fillLinear(items: Items, placeholder: Value, fillsEdges: boolean, constant: Value): Value {
  const known = [...items.keys()].filter((index) => !isGap(items[index] ?? null, placeholder));
  if (known.length === 0) return items.map(() => constant);
  const isWhole = known.every((index) => typeof items[index] === 'bigint');
  const valueAt = (index: number): number => toNumber(items[index] ?? null) ?? NaN;
  return items.map((item, index) => {
    if (!isGap(item, placeholder)) return item;
    const before = known.findLast((place) => place < index);
    const after = known.find((place) => place > index);
    if (before === undefined || after === undefined)
      return fillsEdges ? (items[before ?? after ?? 0] ?? null) : item;
    const filled =
      valueAt(before) + ((valueAt(after) - valueAt(before)) * (index - before)) / (after - before);
    return isWhole ? BigInt(Math.trunc(filled)) : filled;
  });
}

function sumOf(items: Items): number {
  return items.reduce<number>((total, item) => total + (toNumber(item) ?? 0), 0);
}

function sumOfSquares(items: Items): number {
  return dotProduct(items, items);
}

function dotProduct(a: Items, b: Items): number {
  return a.reduce<number>(
    (sum, item, index) => sum + (toNumber(item) ?? 0) * (toNumber(b[index] ?? null) ?? 0),
    0,
  );
}

/** Of two series or of one and a number that stands for all items of the other; null of an empty one. */
function dotProductOf(a: Value, b: Value): Value {
  if (!isArray(a)) return isArray(b) ? dotProductOf(b, a) : null;
  const other = isArray(b) ? b : typeof b === 'bigint' || typeof b === 'number' ? a.map(() => b) : [];
  return a.length === 0 || other.length === 0 ? null : dotProduct(a, other);
}

function pearson(a: Items, b: Items): Value {
  const [x, y] = [a, b].map((items) => items.map((item) => toNumber(item) ?? NaN));
  if (!x || !y || x.length !== y.length) return null;
  const [meanX, meanY] = [sumOf(x) / x.length, sumOf(y) / y.length];
  const products = x.map((item, index) => (item - meanX) * ((y[index] ?? NaN) - meanY));
  const spread = sumOf(x.map((item) => (item - meanX) ** 2)) * sumOf(y.map((item) => (item - meanY) ** 2));
  return sumOf(products) / Math.sqrt(spread);
}

/** Functions on the arrays of `make-series`. */
export const seriesFunctions: readonly ScalarFunction[] = [
  calculated('series_add(series1, series2)', (x, y) => x + y),
  calculated('series_subtract(series1, series2)', (x, y) => x - y),
  calculated('series_multiply(series1, series2)', (x, y) => x * y),
  calculated('series_divide(series1, series2)', (x, y) => x / y),
  calculated('series_pow(series1, series2)', (x, y) => x ** y),
  compared('series_greater(series1, series2)', (order) => order > 0),
  compared('series_greater_equals(series1, series2)', (order) => order >= 0),
  compared('series_less(series1, series2)', (order) => order < 0),
  compared('series_less_equals(series1, series2)', (order) => order <= 0),
  compared('series_equals(series1, series2)', (order) => order === 0),
  compared('series_not_equals(series1, series2)', (order) => order !== 0),
  each('series_abs(series)', Math.abs),
  each('series_sign(series)', Math.sign),
  each('series_ceiling(series)', Math.ceil),
  each('series_floor(series)', Math.floor),
  each('series_exp(series)', Math.exp),
  each('series_log(series)', Math.log),
  each('series_sin(series)', Math.sin),
  each('series_cos(series)', Math.cos),
  each('series_tan(series)', Math.tan),
  each('series_asin(series)', Math.asin),
  each('series_acos(series)', Math.acos),
  each('series_atan(series)', Math.atan),
  onSeries('series_sum(series)', sumOf),
  onSeries('series_magnitude(series)', (items) => Math.sqrt(sumOfSquares(items))),
  scalarFunction('series_dot_product(series1, series2)', ([a = null, b = null]) => dotProductOf(a, b)),
  onSeries(
    'series_cosine_similarity(series1, series2, magnitude1?, magnitude2?)',
    (a, b = null, first, second) => {
      if (!isArray(b) || a.length === 0 || b.length === 0) return null;
      const size = Math.min(a.length, b.length);
      const [x, y] = [a.slice(0, size), b.slice(0, size)];
      const lengths = [
        toNumber(first ?? null) ?? Math.sqrt(sumOfSquares(x)),
        toNumber(second ?? null) ?? Math.sqrt(sumOfSquares(y)),
      ];
      return dotProduct(x, y) / ((lengths[0] ?? NaN) * (lengths[1] ?? NaN));
    },
  ),
  onSeries('series_product(series)', (items) =>
    items.reduce<number>((product, item) => product * (toNumber(item) ?? 1), 1),
  ),
  onSeries('series_pearson_correlation(series1, series2)', (a, b = null) =>
    isArray(b) ? pearson(a, b) : null,
  ),
  onSeries('series_fill_forward(series, missing_value_placeholder?)', (items, placeholder = null) =>
    fillForward(items, placeholder),
  ),
  onSeries('series_fill_backward(series, missing_value_placeholder?)', (items, placeholder = null) =>
    fillForward(items.toReversed(), placeholder).reverse(),
  ),
  onSeries(
    'series_fill_const(series, constant_value?, missing_value_placeholder?)',
    (items, constant = null, placeholder = null) =>
      items.map((item) => (isGap(item, placeholder) ? constant : item)),
  ),
  onSeries(
    'series_fill_linear(series, placeholder?, fillEdges?, constant?)',
    (items, placeholder = null, fillsEdges = true, constant = 0n) =>
      fillLinear(items, placeholder, fillsEdges === true, constant),
  ),
];
