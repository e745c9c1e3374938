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
  const end = span < 0 ? text.length : from + span;
  let at = from - 1;
  for (let left = toNumber(occurrence) ?? 1; left > 0; left--) {
    at = text.indexOf(wanted, at + 1);
    if (at < 0 || at + wanted.length > end) return -1n;
  }
  return BigInt(at);
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

/** Kusto writes the bytes in lower case. */
function encodeUrl(text: string): string {
  return encodeURIComponent(text).replaceAll(/%../g, (byte) => byte.toLowerCase());
}

function decodeUrl(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function toHex(values: readonly Value[], { argumentTypes }: CallInfo): Value {
  const [value = null, width = null] = values;
  if (typeof value !== 'bigint') return '';
  return BigInt.asUintN(argumentTypes[0] === 'int' ? 32 : 64, value)
    .toString(16)
    .padStart(toNumber(width) ?? 0, '0');
}

function decodeBase64(text: string): Uint8Array | null {
  const trimmed = text.replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(trimmed) || trimmed.length % 4 === 1) return null;
  return Uint8Array.from(atob(trimmed), (character) => character.charCodeAt(0));
}

function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function decodeText(bytes: Uint8Array | null): Value {
  if (bytes === null) return '';
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return '';
  }
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
  scalarFunction('tohex(value, minLength?)', toHex),
  onText('url_encode(url)', (text) => encodeUrl(text).replaceAll('%20', '+')),
  onText('url_encode_component(url)', encodeUrl),
  onText('url_decode(encoded_url)', decodeUrl),
  onText('base64_encode_tostring(string)', (text) => encodeBase64(new TextEncoder().encode(text))),
  onText('base64_encodestring(string)', (text) => encodeBase64(new TextEncoder().encode(text))),
  onText('base64_decode_tostring(base64_string)', (text) => decodeText(decodeBase64(text))),
  onText('base64_decodestring(base64_string)', (text) => decodeText(decodeBase64(text))),
  onText('base64_decode_toarray(base64_string)', (text) => {
    const bytes = decodeBase64(text);
    return bytes && [...bytes].map(BigInt);
  }),
  scalarFunction('unicode_codepoints_from_string(value)', ([value = null]) =>
    codePointsOf(valueToText(value)).map((character) => BigInt(character.codePointAt(0) ?? 0)),
  ),
  scalarFunction('to_utf8(value)', ([value = null]) =>
    codePointsOf(valueToText(value)).map((character) => BigInt(character.codePointAt(0) ?? 0)),
  ),
  ...['unicode_codepoints_to_string', 'make_string'].map((name) =>
    scalarFunction(`${name}(value...)`, (values) =>
      values
        .flatMap((value) => (isArray(value) ? [...value] : [value]))
        .map((value) => String.fromCodePoint(toNumber(value) ?? 0))
        .join(''),
    ),
  ),
  scalarFunction('has_any_index(source, values)', hasAnyIndex),
];
