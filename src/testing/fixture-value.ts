import { isJsonArray, isJsonObject } from '../core/json.ts';
import { convertTo, emptyOf } from '../engine/convert.ts';
import { parseJson } from '../engine/json-text.ts';
import { parseDatetime } from '../engine/datetime-text.ts';
import { parseTimespan } from '../engine/timespan-text.ts';
import { datetimeOf } from '../engine/value.ts';
import type { Datetime, Value } from '../engine/value.ts';
import type { NodeType } from '../kql/query-node.ts';

/** A value of KQL, or what is wrong with the authored one and how to write it. */
export type FixtureValue = { readonly value: Value } | { readonly problem: string; readonly hint: string };

/**
 * Reads the value of a column as a tests file, a JSON line or a CSV field gives it. It never guesses: a number where text
 * belongs is a problem, since `"0"` and `0` are different things to a query.
 *
 * @param now what `-2h` counts from
 */
export function readFixtureValue(type: NodeType, authored: unknown, now: Datetime): FixtureValue {
  if (authored === null || authored === undefined) return { value: emptyOf(type) };
  switch (type) {
    case 'string':
      if (typeof authored === 'string') return { value: authored };
      return typeof authored === 'number' || typeof authored === 'boolean'
        ? problem(type, authored, `write it in quotes: "${authored}"`)
        : problem(type, authored, 'write it as a text, such as the JSON in quotes');
    case 'bool':
      if (typeof authored === 'boolean') return { value: authored };
      return problem(type, authored, 'write true or false');
    case 'int':
    case 'long':
      return readWhole(type, authored);
    case 'real':
    case 'decimal':
      return readNumber(type, authored);
    case 'datetime':
      return readTime(authored, now);
    case 'timespan':
      return readDuration(authored);
    case 'guid':
      return readText(type, authored, 'write it like 5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11');
    case 'dynamic':
      return { value: typeof authored === 'string' ? readDynamicText(authored) : toDynamic(authored) };
    case 'unknown':
      return { value: toDynamic(authored) };
  }
}

function problem(type: NodeType, authored: unknown, hint: string): FixtureValue {
  return { problem: `${describe(authored)} is no ${type}`, hint };
}

function describe(authored: unknown): string {
  if (isJsonArray(authored)) return 'a list';
  if (isJsonObject(authored)) return 'a mapping';
  return typeof authored === 'string' ? `"${authored}"` : String(authored);
}

function readWhole(type: 'int' | 'long', authored: unknown): FixtureValue {
  const bits = type === 'int' ? 32 : 64;
  const text = typeof authored === 'number' || typeof authored === 'string' ? String(authored) : '';
  if (!/^-?\d+$/.test(text)) return problem(type, authored, 'write a whole number');
  if (typeof authored === 'number' && !Number.isSafeInteger(authored)) {
    return problem(type, authored, 'write a number beyond 2^53 in quotes, or it loses digits');
  }
  const whole = BigInt(text);
  if (BigInt.asIntN(bits, whole) === whole) return { value: whole };
  return problem(type, authored, `it has more than ${bits} bits`);
}

function readNumber(type: 'real' | 'decimal', authored: unknown): FixtureValue {
  const value =
    typeof authored === 'number' || typeof authored === 'string' ? convertTo(type, authored) : null;
  return value === null ? problem(type, authored, 'write a number') : { value };
}

const relativeTime = /^([+-])\s*(\d+(?:\.\d+)?(?:d|h|m|s|ms))$/;

/** `now`, a distance from it such as `-2h`, or a point in time in ISO 8601. */
function readTime(authored: unknown, now: Datetime): FixtureValue {
  const hint = 'write it like -2h, now, or 2026-01-15T12:00:00Z';
  if (typeof authored !== 'string') return problem('datetime', authored, hint);
  if (authored === 'now') return { value: now };
  const [, sign, distance] = relativeTime.exec(authored) ?? [];
  const span = distance === undefined ? null : parseTimespan(distance);
  const value =
    span === null
      ? parseDatetime(authored)
      : datetimeOf(now.ticks + (sign === '-' ? -span.ticks : span.ticks));
  return value === null ? problem('datetime', authored, hint) : { value };
}

function readDuration(authored: unknown): FixtureValue {
  const value = typeof authored === 'string' ? parseTimespan(authored) : null;
  return value === null ? problem('timespan', authored, 'write it like 5m or 00:05:00') : { value };
}

function readText(type: NodeType, authored: unknown, hint: string): FixtureValue {
  const value = typeof authored === 'string' ? convertTo(type, authored) : null;
  return value === null ? problem(type, authored, hint) : { value };
}

/** Exports of logs hold lists and mappings as JSON text; the workspace has them as values. Other text is text. */
function readDynamicText(text: string): Value {
  return /^\s*[[{]/.test(text) ? (parseJson(text) ?? text) : text;
}

/** A whole number becomes a long, as in a JSON text that Kusto reads. */
export function toDynamic(authored: unknown): Value {
  if (isJsonArray(authored)) return authored.map(toDynamic);
  if (isJsonObject(authored)) {
    return new Map(Object.entries(authored).map(([key, member]) => [key, toDynamic(member)]));
  }
  if (typeof authored === 'number') return Number.isSafeInteger(authored) ? BigInt(authored) : authored;
  return typeof authored === 'string' || typeof authored === 'boolean' ? authored : null;
}
