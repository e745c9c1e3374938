import { scalarFunction } from '../scalar-function.ts';
import type { CallInfo, ScalarFunction } from '../scalar-function.ts';
import { foldCase, toNumber } from '../semantics.ts';
import { hasTerm } from '../string-match.ts';
import { valueToText } from '../value-text.ts';
import { isArray } from '../value.ts';
import type { Value } from '../value.ts';

/** The characters of a text, as Kusto counts them. */
function codePointsOf(text: string): string[] {
  return Array.from(text);
}

/** A function on texts; other values are taken as theirs. */
function onText(signature: string, evaluate: (text: string, ...more: string[]) => Value): ScalarFunction {
  return scalarFunction(signature, ([first = null, ...rest]) =>
    evaluate(valueToText(first), ...rest.map(valueToText)),
  );
}

function substring(values: readonly Value[]): Value {
  const [source = null, start = null, length = null] = values;
  const text = valueToText(source);
  const from = toNumber(start) ?? 0;
  const first = from < 0 ? text.length + from : from;
  if (first < 0) return '';
  const count = toNumber(length);
  return text.slice(first, count === null ? undefined : first + Math.max(0, count));
}

/** The n-th place of a text in another, -1 if there is none. */
function indexOf(values: readonly Value[]): Value {
  const [source = null, sought = null, start = null, length = null, occurrence = null] = values;
  const [text, wanted] = [valueToText(source), valueToText(sought)];
  if (wanted === '') return null;
  const given = toNumber(start) ?? 0;
  const from = given < 0 ? Math.max(0, text.length + given) : given;
  const span = toNumber(length) ?? -1;
  const nth = toNumber(occurrence) ?? 1;
  if (nth < 1) return null;
  let at = from - 1;
  // Each search goes on over as many characters as the first.
  for (let left = nth; left > 0; left--) {
    const searched = at + 1;
    at = text.indexOf(wanted, searched);
    const end = span < 0 ? text.length : searched + span;
    if (at < 0 || at + wanted.length > end) return -1n;
  }
  return BigInt(at);
}

/**
 * `replace_strings(text, lookups, rewrites)`: each lookup in what the ones before it left of the text. One whose rewrite is no
 * text stands for itself.
 */
function replaceStrings([source = null, lookups = null, rewrites = null]: readonly Value[]): Value {
  const text = valueToText(source);
  if (!isArray(lookups)) return text;
  const pairs = lookups.flatMap((sought, index): readonly (readonly [string, string])[] => {
    const rewrite = isArray(rewrites) ? (rewrites[index] ?? null) : rewrites;
    if (typeof sought !== 'string' || sought === '') return [];
    return [[sought, typeof rewrite === 'string' ? rewrite : sought]];
  });
  return replacePairs(text, pairs);
}

function replacePairs(text: string, pairs: readonly (readonly [string, string])[]): string {
  const [first, ...others] = pairs;
  if (!first) return text;
  const [sought, rewrite] = first;
  return text
    .split(sought)
    .map((rest) => replacePairs(rest, others))
    .join(rewrite);
}

const units = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** `format_bytes(size, precision, unit)`: zeros at the end of the fraction are left out. */
function formatBytes(values: readonly Value[], info: CallInfo): Value {
  const [value = null, precision = 0n, unit] = values;
  const [size, places] = [toNumber(value), toNumber(precision)];
  if (size === null || places === null) return '';
  if (size < 0) return info.refuse('format_bytes() of a negative size');
  const asked = unit === undefined ? undefined : valueToText(unit).toLowerCase();
  const given = units.findIndex((name) => name.toLowerCase() === asked);
  if (unit !== undefined && given < 0) return info.refuse(`format_bytes() in "${valueToText(unit)}"`);
  const own = units.findLastIndex((_name, power) => power === 0 || size >= 1024 ** power);
  const power = given < 0 ? own : given;
  return `${Number((size / 1024 ** power).toFixed(places))} ${units[power] ?? ''}`;
}

function split(values: readonly Value[]): Value {
  const [source = null, separator = null, index = null] = values;
  const [text, by] = [valueToText(source), valueToText(separator)];
  const parts = by === '' ? codePointsOf(text) : text.split(by);
  const at = toNumber(index);
  if (at === null) return parts;
  const chosen = parts.at(at);
  return chosen === undefined ? null : [chosen];
}

/** How often a text occurs in another, also where occurrences overlap. */
export function countOf(text: string, sought: string): bigint {
  if (sought === '') return 0n;
  let count = 0n;
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) count++;
  return count;
}

function joinArray(values: readonly Value[]): Value {
  const [items = null, delimiter = null] = values;
  return isArray(items) ? items.map(valueToText).join(valueToText(delimiter)) : '';
}

function repeat(values: readonly Value[]): Value {
  const [source = null, count = null, delimiter = null] = values;
  const times = toNumber(count) ?? 0;
  return Array.from({ length: Math.max(0, times) }, () => valueToText(source)).join(valueToText(delimiter));
}

function toHex(values: readonly Value[], { argumentTypes }: CallInfo): Value {
  const [value = null, width = null] = values;
  if (typeof value !== 'bigint') return '';
  return BigInt.asUintN(argumentTypes[0] === 'int' ? 32 : 64, value)
    .toString(16)
    .padStart(toNumber(width) ?? 0, '0');
}

/** The index of the first listed text that the source has as a term. */
function hasAnyIndex(values: readonly Value[]): Value {
  const [source = null, sought = null] = values;
  const text = foldCase(valueToText(source));
  return isArray(sought)
    ? BigInt(sought.findIndex((item) => hasTerm(text, foldCase(valueToText(item)))))
    : null;
}

function translate(search: string, replacement: string, source: string): string {
  return codePointsOf(source)
    .map((character) => {
      const at = search.indexOf(character);
      return at < 0 ? character : (replacement[at] ?? replacement.at(-1) ?? '');
    })
    .join('');
}

/** Functions on strings. */
export const stringFunctions: readonly ScalarFunction[] = [
  onText('tolower(value)', (text) => text.toLowerCase()),
  onText('toupper(value)', (text) => text.toUpperCase()),
  onText('strlen(string)', (text) => BigInt(codePointsOf(text).length)),
  onText('string_size(string)', (text) => BigInt(new TextEncoder().encode(text).length)),
  onText('reverse(value)', (text) => codePointsOf(text).reverse().join('')),
  scalarFunction('strcat(arg...)', (values) => values.map(valueToText).join('')),
  scalarFunction('strcat_delim(delimiter, arg...)', ([delimiter = null, ...rest]) =>
    rest.map(valueToText).join(valueToText(delimiter)),
  ),
  scalarFunction('strcat_array(array, delimiter)', joinArray),
  scalarFunction('strrep(value, multiplier, delimiter?)', repeat),
  onText('strcmp(s1, s2)', (a, b = '') => (a < b ? -1n : a > b ? 1n : 0n)),
  scalarFunction('substring(string, start, length?)', substring),
  scalarFunction('indexof(string, match, start?, length?, occurrence?)', indexOf),
  scalarFunction('split(source, delimiter, requestedIndex?)', split),
  onText('replace_string(text, lookup, rewrite)', (text, sought = '', replacement = '') =>
    sought === '' ? text : text.replaceAll(sought, () => replacement),
  ),
  onText('translate(searchList, replacementList, source)', (search, replacement = '', source = '') =>
    translate(search, replacement, source),
  ),
  scalarFunction('replace_strings(text, lookups, rewrites)', replaceStrings),
  scalarFunction('format_bytes(size, precision?, units?)', formatBytes, {
    limits: 'a negative size is refused',
  }),
  scalarFunction('array_strcat(array, delimiter)', joinArray),
  onText('isascii(value)', (text) => /^[\0-\x7f]*$/.test(text)),
  onText('isutf8(value)', (text) => /^\P{Cs}*$/u.test(text)),
  scalarFunction('tohex(value, minLength?)', toHex),
  scalarFunction('has_any_index(source, values)', hasAnyIndex),
];
