import { gunzipSync, inflateSync } from 'node:zlib';
import { scalarFunction } from '../scalar-function.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { valueToText } from '../value-text.ts';
import { Guid, isArray } from '../value.ts';
import type { Value } from '../value.ts';

function onText(signature: string, evaluate: (text: string) => Value): ScalarFunction {
  return scalarFunction(signature, ([value = null]) => evaluate(valueToText(value)));
}

/** What URLs may hold as it is; Kusto writes the bytes of the rest in lower case. */
function encodeUrl(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/['()*!]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
    .replaceAll(/%../g, (byte) => byte.toLowerCase());
}

/** Decodes what is encoded right, and leaves the rest as it is. */
function decodeUrl(text: string): string {
  return text.replaceAll('+', ' ').replaceAll(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}

/** Base64 with its padding; null where the text is none. */
function decodeBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function encodeBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function decodeText(bytes: Uint8Array | null): string {
  if (bytes === null) return '';
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return '';
  }
}

function encodeArray(items: Value): string {
  if (!isArray(items)) return '';
  const bytes = items.map((item) =>
    typeof item === 'bigint' && item >= 0n && item < 256n ? Number(item) : NaN,
  );
  return bytes.some(Number.isNaN) ? '' : encodeBase64(Uint8Array.from(bytes));
}

/** The order of a guid's bytes: its first three parts are little-endian. */
const guidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

function encodeGuid(value: Value): string {
  if (!(value instanceof Guid)) return '';
  const bytes = value.text.replaceAll('-', '').match(/../g) ?? [];
  return encodeBase64(Uint8Array.from(guidOrder, (at) => parseInt(bytes[at] ?? '0', 16)));
}

function decodeGuid(text: string): Value {
  const bytes = decodeBase64(text);
  if (bytes?.length !== 16) return null;
  const hex = guidOrder.map((at) => (bytes[at] ?? 0).toString(16).padStart(2, '0')).join('');
  return new Guid(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}

function decompress(text: string, inflate: (bytes: Uint8Array) => Uint8Array): string {
  const bytes = decodeBase64(text);
  try {
    return bytes === null ? '' : decodeText(inflate(bytes));
  } catch {
    return '';
  }
}

function codePointsOf(value: Value): Value {
  return Array.from(valueToText(value), (character) => BigInt(character.codePointAt(0) ?? 0));
}

function fromCodePoints(values: readonly Value[]): Value {
  const points = values.flatMap((value) => (isArray(value) ? [...value] : [value]));
  return points
    .map((point) => (typeof point === 'bigint' && point >= 0n && point < 0x110000n ? Number(point) : 0xfffd))
    .map((point) => String.fromCodePoint(point))
    .join('');
}

/** Functions that write texts and bytes in other ways. */
export const codingFunctions: readonly ScalarFunction[] = [
  onText('url_encode(url)', (text) => encodeUrl(text).replaceAll('%20', '+')),
  onText('url_encode_component(url)', encodeUrl),
  onText('url_decode(url)', decodeUrl),
  ...['base64_encode_tostring(text)', 'base64_encodestring(text)'].map((signature) =>
    onText(signature, (text) => encodeBase64(new TextEncoder().encode(text))),
  ),
  ...['base64_decode_tostring(base64)', 'base64_decodestring(base64)'].map((signature) =>
    onText(signature, (text) => decodeText(decodeBase64(text))),
  ),
  onText('base64_decode_toarray(base64)', (text) => {
    const bytes = decodeBase64(text);
    return bytes && [...bytes].map(BigInt);
  }),
  scalarFunction('base64_encode_fromarray(bytes)', ([items = null]) => encodeArray(items)),
  scalarFunction('base64_encode_fromguid(guid)', ([value = null]) => encodeGuid(value)),
  onText('base64_decode_toguid(base64)', decodeGuid),
  onText('gzip_decompress_from_base64_string(base64)', (text) => decompress(text, gunzipSync)),
  onText('zlib_decompress_from_base64_string(base64)', (text) => decompress(text, inflateSync)),
  ...['unicode_codepoints_from_string(text)', 'to_utf8(text)'].map((signature) =>
    scalarFunction(signature, ([value = null]) => codePointsOf(value)),
  ),
  ...['unicode_codepoints_to_string(value...)', 'make_string(value...)'].map((signature) =>
    scalarFunction(signature, fromCodePoints),
  ),
];
