import { parseDuration } from '../core/duration.ts';
import { isJsonArray, isJsonObject, type JsonValue } from '../core/json.ts';
import type { ParameterType } from '../detection/detection.ts';

/** The literal, or why the value is none of its type (to follow "…: "; names the accepted forms). */
export type KqlLiteral = { readonly literal: string } | { readonly problem: string };

/**
 * Writes a value as a KQL literal of a type. Numbers and durations are written so that KQL reads exactly that type
 * (`real(5)`, not `5`), and text so that no content can end the literal.
 */
export function toKqlLiteral(type: ParameterType, value: JsonValue): KqlLiteral {
  switch (type) {
    case 'string':
      return typeof value === 'string'
        ? { literal: quoteString(value) }
        : { problem: 'write text, in quotes' };
    case 'long':
      return toLong(value);
    case 'real':
      return typeof value === 'number' && Number.isFinite(value)
        ? { literal: `real(${value})` }
        : { problem: 'write a number, such as 0.5' };
    case 'bool':
      return typeof value === 'boolean' ? { literal: String(value) } : { problem: 'write true or false' };
    case 'datetime':
      return toDatetime(value);
    case 'timespan':
      return toTimespan(value);
    case 'dynamic':
      return isPlainJson(value)
        ? { literal: `dynamic(${escapeLineSeparators(JSON.stringify(value))})` }
        : { problem: 'write a list, a mapping or a scalar that JSON can hold' };
  }
}

/** A KQL string literal. Everything that could end it or break its line is escaped. */
export function quoteString(text: string): string {
  const escaped = text.replace(/["\\\p{Cc}\u2028\u2029]/gu, (character) => {
    return escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

const escapes: Readonly<Record<string, string>> = {
  '"': String.raw`\"`,
  '\\': String.raw`\\`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
};

const minLong = -(2n ** 63n);
const maxLong = 2n ** 63n - 1n;

function toLong(value: JsonValue): KqlLiteral {
  const isInteger =
    typeof value === 'number'
      ? Number.isInteger(value)
      : typeof value === 'string' && /^-?\d{1,19}$/.test(value);
  if (!isInteger) return { problem: 'write a whole number' };
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    return { problem: 'a whole number of more than 15 digits loses some; write it in quotes' };
  }
  const long = BigInt(value as number | string);
  if (long < minLong || long > maxLong)
    return { problem: `write a whole number from ${minLong} to ${maxLong}` };
  // A sign is an operator in KQL: `-9223372036854775808` would overflow before it applies.
  return { literal: long < 0n ? `long(${long})` : String(long) };
}

const datetimePattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,7})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?$/;

function toDatetime(value: JsonValue): KqlLiteral {
  const match = typeof value === 'string' ? datetimePattern.exec(value) : null;
  if (match === null || !isCalendarDay(Number(match[1]), Number(match[2]), Number(match[3]))) {
    return { problem: 'write a date or time, such as 2025-01-31 or 2025-01-31T08:00:00Z' };
  }
  return { literal: `datetime(${match[0]})` };
}

/** The parser takes `2025-02-30`; the service does not. */
function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function toTimespan(value: JsonValue): KqlLiteral {
  const seconds = typeof value === 'string' ? parseDuration(value) : undefined;
  if (seconds === undefined) return { problem: 'write a duration, such as 30m, 1h, 14d or PT1H30M' };
  const [size, unit] = timespanUnits.find(([size]) => seconds % size === 0) ?? [1, 's'];
  return { literal: seconds === 0 ? '0s' : `${seconds / size}${unit}` };
}

const timespanUnits = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'm'],
] as const;

/** KQL ends a line, and with it a string, at these two; JSON lets them stand. */
function escapeLineSeparators(json: string): string {
  return json.replaceAll('\u2028', String.raw`\u2028`).replaceAll('\u2029', String.raw`\u2029`);
}

/** YAML also has numbers that JSON lacks (`.inf`, `.nan`); JSON.stringify would write them as null. */
function isPlainJson(value: JsonValue | undefined): boolean {
  if (value === undefined) return false;
  if (isJsonArray(value)) return value.every(isPlainJson);
  if (isJsonObject(value)) return Object.values(value).every(isPlainJson);
  return typeof value !== 'number' || Number.isFinite(value);
}
