import type { NodeType } from '../../kql/query-node.ts';
import { distinct } from '../aggregates/collections.ts';
import { followPath, parseDynamicPath, withoutPath, withPath } from '../dynamic-path.ts';
import type { DynamicPath } from '../dynamic-path.ts';
import { scalarFunction, severalColumns, strictFunction } from '../scalar-function.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { compareForSort, keyOf, toNumber } from '../semantics.ts';
import { dynamicToJson } from '../json-text.ts';
import { stepThrough } from '../step-through.ts';
import { valueToText } from '../value-text.ts';
import { Datetime, isArray, isBag, ticksPer, Timespan } from '../value.ts';
import type { Value } from '../value.ts';

/** A function on arrays; null where the first argument is none. */
function onArray(
  signature: string,
  evaluate: (items: readonly Value[], ...more: Value[]) => Value,
): ScalarFunction {
  return scalarFunction(signature, ([items, ...rest]) => (isArray(items) ? evaluate(items, ...rest) : null));
}

function pack(values: readonly Value[]): Value {
  const bag = new Map<string, Value>();
  for (let index = 0; index + 1 < values.length; index += 2)
    bag.set(valueToText(values[index] ?? null), values[index + 1] ?? null);
  return bag;
}

function sortArrays(direction: 1 | -1): ScalarFunction['evaluate'] {
  return (values) => {
    const [items, ...followers] = values;
    if (!isArray(items)) return [null];
    const nullsLast = values.at(-1) !== false;
    const order = [...items.keys()].sort((left, right) => {
      const [a, b] = [items[left] ?? null, items[right] ?? null];
      if (a === null || b === null) return a === b ? 0 : (a === null) === nullsLast ? 1 : -1;
      return typeof a === typeof b ? direction * compareForSort(a, b) : compareForSort(a, b);
    });
    const arrange = (source: readonly Value[]): Value => order.map((index) => source[index] ?? null);
    return [items, ...followers.filter((item) => typeof item !== 'boolean')].map((array) =>
      isArray(array) ? arrange(array) : null,
    );
  };
}

/** The last argument may be a truth value. */
function countArrays(types: readonly NodeType[]): number {
  return types.filter((type) => type !== 'bool').length;
}

function slice(items: readonly Value[], start: Value = null, end: Value = null): Value {
  const size = items.length;
  const place = (value: Value, fallback: number): number => {
    const at = toNumber(value) ?? fallback;
    return at < 0 ? size + at : at;
  };
  const [from, to] = [Math.max(0, place(start, 0)), place(end, size - 1)];
  return items.slice(from, Math.max(from, to + 1));
}

/** The step of `range()` unless told. */
function stepOf(from: Value): Value {
  return from instanceof Datetime || from instanceof Timespan ? new Timespan(ticksPer.hour) : 1n;
}

function rotate(items: readonly Value[], count: number): Value {
  const size = items.length;
  if (size === 0) return items;
  const by = ((count % size) + size) % size;
  return [...items.slice(by), ...items.slice(0, by)];
}

function shift(items: readonly Value[], count: number, fill: Value): Value {
  const size = items.length;
  return items.map((_item, index) => {
    const from = index + count;
    return from >= 0 && from < size ? (items[from] ?? null) : fill;
  });
}

function splitArray(items: readonly Value[], at: Value = null): Value {
  const places = (isArray(at) ? at : [at]).map((place) => {
    const index = toNumber(place) ?? 0;
    return index < 0 ? Math.max(0, items.length + index) : index;
  });
  const ends = [...places, items.length];
  return ends.map((end, index) => items.slice(index === 0 ? 0 : ends[index - 1], end));
}

/** `array_index_of(array, value, start, length, occurrence)` */
function indexOf(items: readonly Value[], ...more: readonly Value[]): Value {
  const [sought = null, start = null, length = null, occurrence = null] = more;
  const key = keyOf([sought]);
  const given = toNumber(start) ?? 0;
  const from = given < 0 ? Math.max(0, items.length + given) : given;
  const span = toNumber(length) ?? -1;
  const end = span < 0 ? items.length : from + span;
  const found = [...items.keys()].filter(
    (index) => index >= from && index < end && keyOf([items[index] ?? null]) === key,
  );
  return BigInt(found[(toNumber(occurrence) ?? 1) - 1] ?? -1);
}

function sum(items: readonly Value[]): Value {
  const numbers = items.map(toNumber);
  const total = numbers.reduce<number>((so_far, value) => so_far + (value ?? 0), 0);
  return numbers.every((value) => value === null) ? null : total;
}

/** The arrays among the values. A set operation with something else gives null. */
function arraysOf(values: readonly Value[]): readonly (readonly Value[])[] | null {
  const arrays = values.filter(isArray);
  return arrays.length === values.length ? arrays : null;
}

function onSets(
  signature: string,
  evaluate: (sets: readonly (readonly Value[])[]) => readonly Value[],
): ScalarFunction {
  return scalarFunction(signature, (values) => {
    const sets = arraysOf(values);
    return sets && evaluate(sets);
  });
}

function intersect([first = [], ...others]: readonly (readonly Value[])[]): readonly Value[] {
  const keys = others.map((set) => new Set(set.map((item) => keyOf([item]))));
  return distinct(first).filter((item) => keys.every((set) => set.has(keyOf([item]))));
}

function subtract([first = [], ...others]: readonly (readonly Value[])[]): readonly Value[] {
  const keys = new Set(others.flat().map((item) => keyOf([item])));
  return distinct(first).filter((item) => !keys.has(keyOf([item])));
}

function jaccard(values: readonly Value[]): Value {
  const sets = arraysOf(values);
  if (!sets) return null;
  const union = distinct(sets.flat()).length;
  return union === 0 ? null : intersect(sets).length / union;
}

function zip(values: readonly Value[]): Value {
  const arrays = values.map((value) => (isArray(value) ? value : [value]));
  const size = Math.max(0, ...arrays.map((array) => array.length));
  return Array.from({ length: size }, (_item, index) => arrays.map((array) => array[index] ?? null));
}

function mergeBags(values: readonly Value[]): Value {
  const bag = new Map<string, Value>();
  for (const [key, value] of values.filter(isBag).flatMap((item) => [...item]))
    if (!bag.has(key)) bag.set(key, value);
  return bag;
}

function chooseItems(values: readonly Value[]): Value {
  const [conditions, then = null, otherwise = null] = values;
  if (!isArray(conditions)) return null;
  return conditions.map((condition, index) => {
    const isTrue = typeof condition === 'boolean' ? condition : toNumber(condition);
    if (isTrue === null) return null;
    const source = isTrue ? then : otherwise;
    return isArray(source) ? (source[index] ?? null) : source;
  });
}

/** A key of a bag, or a path such as `$.a.b`. */
function pathOf(key: Value): DynamicPath | undefined {
  if (typeof key !== 'string') return undefined;
  return key.startsWith('$.') || key.startsWith('$[') ? parseDynamicPath(key) : [key];
}

/** `dynamic_to_json()` puts keys in order. */
function sortKeys(value: Value): Value {
  if (isArray(value)) return value.map(sortKeys);
  if (!isBag(value)) return value;
  return new Map([...value].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sortKeys(item)]));
}

/** The paths of all that lies in a dynamic value. */
function treePaths(value: Value, prefix: string): readonly string[] {
  if (isBag(value)) {
    return [...value].flatMap(([key, item]) => {
      const path = `${prefix}['${key}']`;
      return [path, ...treePaths(item, path)];
    });
  }
  return isArray(value) && value.length > 0
    ? [`${prefix}[0]`, ...value.flatMap((item) => treePaths(item, `${prefix}[0]`))]
    : [];
}

/** Functions on arrays and property bags. */
export const dynamicFunctions: readonly ScalarFunction[] = [
  ...['pack', 'bag_pack', 'pack_dictionary'].map((name) =>
    scalarFunction(`${name}(key, value, more...?)`, pack),
  ),
  scalarFunction('pack_array(value...)', (values) => values),
  ...['array_length', 'arraylength'].map((name) =>
    onArray(`${name}(array)`, (items) => BigInt(items.length)),
  ),
  scalarFunction('array_concat(array...)', (values) => values.filter(isArray).flat()),
  onArray('array_reverse(value)', (items) => items.toReversed()),
  onArray('array_slice(array, start, end)', slice),
  onArray('array_split(array, index)', splitArray),
  onArray('array_sum(array)', sum),
  onArray('array_index_of(array, value, start?, length?, occurrence?)', indexOf),
  onArray('array_rotate_left(array, rotate_count)', (items, count = 0n) =>
    rotate(items, toNumber(count) ?? 0),
  ),
  onArray('array_rotate_right(array, rotate_count)', (items, count = 0n) =>
    rotate(items, -(toNumber(count) ?? 0)),
  ),
  onArray('array_shift_left(array, shift_count, default_value?)', (items, count = 0n, fill = null) =>
    shift(items, toNumber(count) ?? 0, fill),
  ),
  onArray('array_shift_right(array, shift_count, default_value?)', (items, count = 0n, fill = null) =>
    shift(items, -(toNumber(count) ?? 0), fill),
  ),
  ...['array_iff', 'array_iif'].map((name) =>
    scalarFunction(`${name}(conditions, then, otherwise)`, chooseItems),
  ),
  severalColumns('array_sort_asc(array..., nullsLast?)', countArrays, sortArrays(1)),
  severalColumns('array_sort_desc(array..., nullsLast?)', countArrays, sortArrays(-1)),
  scalarFunction('zip(array...)', zip),
  scalarFunction('range(start, stop, step?)', ([from = null, to = null, step = stepOf(from)]) =>
    stepThrough(from, to, step),
  ),
  scalarFunction('repeat(value, count)', ([value = null, count = null]) =>
    Array.from({ length: Math.max(0, toNumber(count) ?? 0) }, () => value),
  ),
  onSets('set_union(set...)', (sets) => distinct(sets.flat())),
  onSets('set_intersect(set...)', intersect),
  onSets('set_difference(set...)', subtract),
  onArray('set_has_element(set, value)', (items, sought = null) =>
    items.some((item) => keyOf([item]) === keyOf([sought])),
  ),
  scalarFunction('jaccard_index(set...)', jaccard),
  scalarFunction('bag_keys(object)', ([bag]) => (isBag(bag) ? [...bag.keys()] : null)),
  scalarFunction('bag_merge(bag...)', mergeBags),
  scalarFunction('bag_has_key(bag, key)', ([bag, key = null]) => {
    if (!isBag(bag)) return null;
    const path = pathOf(key);
    return path !== undefined && followPath(bag, path) !== undefined;
  }),
  scalarFunction('bag_remove_keys(bag, keys)', ([bag, keys]) => {
    if (!isBag(bag) || !isArray(keys)) return bag ?? null;
    return keys.map(pathOf).reduce<Value>((rest, path) => (path ? withoutPath(rest, path) : rest), bag);
  }),
  scalarFunction(
    'bag_set_key(bag, key, value)',
    ([bag, key = null, value = null], info) => {
      if (!isBag(bag)) return null;
      const path = pathOf(key);
      return path && path.length > 0 && path.every((key) => typeof key === 'string')
        ? withPath(bag, path, value)
        : info.refuse(`bag_set_key() with the path "${valueToText(key)}"`);
    },
    { limits: 'a path through an array is refused, as by the service' },
  ),
  scalarFunction('bag_zip(keys, values)', ([keys, values]) => {
    if (!isArray(keys) || !isArray(values)) return null;
    return new Map(
      keys.flatMap((key, index) => (typeof key === 'string' ? [[key, values[index] ?? null]] : [])),
    );
  }),
  scalarFunction('set_equals(set1, set2)', ([a, b]) => {
    if (!isArray(a) || !isArray(b)) return null;
    return subtract([a, b]).length === 0 && subtract([b, a]).length === 0;
  }),
  strictFunction('dynamic_to_json(dynamic)', ([value = null]) => dynamicToJson(sortKeys(value))),
  scalarFunction('treepath(object)', ([value = null]) => treePaths(value, '')),
];
