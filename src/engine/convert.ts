import type { NodeType } from '../kql/query-node.ts';
import { parseDatetime } from './datetime-text.ts';
import { decimalToNumber, parseDecimal } from './decimal.ts';
import { parseJson } from './json-text.ts';
import { parseTimespan } from './timespan-text.ts';
import { valueToText } from './value-text.ts';
import { Datetime, datetimeOf, Decimal, Guid, isArray, isBag, Timespan } from './value.ts';
import type { Value } from './value.ts';

/** What a column has where there is no value: a string is never null. */
export function emptyOf(type: NodeType): Value {
  return type === 'string' ? '' : null;
}

/** Converts a value as `toTYPE()` does; null where it cannot be. */
export function convertTo(type: NodeType, value: Value): Value {
  switch (type) {
    case 'string':
      return valueToText(value);
    case 'bool':
      return toBool(value);
    case 'int':
      return toWhole(value, 32);
    case 'long':
      return toWhole(value, 64);
    case 'real':
      return toReal(value);
    case 'decimal':
      return toDecimal(value);
    case 'datetime':
      return toDatetime(value);
    case 'timespan':
      return toTimespan(value);
    case 'guid':
      return toGuid(value);
    case 'dynamic':
      return toDynamic(value);
    case 'unknown':
      return value;
  }
}

function toBool(value: Value): Value {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value !== 0n;
  if (typeof value === 'number') return value !== 0;
  if (value instanceof Decimal) return value.unscaled !== 0n;
  if (typeof value !== 'string') return null;
  const text = value.trim().toLowerCase();
  if (text === 'true') return true;
  if (text === 'false') return false;
  return /^(-?\d+|0x[0-9a-f]+)$/.test(text) ? BigInt(text) !== 0n : null;
}

/** A real beyond 64 bits is clamped; what then is beyond 32 bits wraps, save that a clamped one stays at the end. */
function toWhole(value: Value, bits: 32 | 64): Value {
  const whole = readWhole(value, bits);
  return whole === null ? null : BigInt.asIntN(bits, whole);
}

function readWhole(value: Value, bits: 32 | 64): bigint | null {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') return truncateReal(value, bits);
  if (value instanceof Decimal) return value.unscaled / 10n ** BigInt(value.scale);
  if (value instanceof Datetime || value instanceof Timespan) return value.ticks;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^0x[0-9a-f]+$/i.test(text)) return BigInt(text.toLowerCase());
  if (!/^[+-]?\d+$/.test(text)) return null;
  const whole = BigInt(text);
  return BigInt.asIntN(bits, whole) === whole ? whole : null;
}

function truncateReal(value: number, bits: 32 | 64): bigint | null {
  if (Number.isNaN(value)) return null;
  const end = 2 ** 63;
  if (value >= end) return 2n ** BigInt(bits - 1) - 1n;
  if (value < -end) return -(2n ** BigInt(bits - 1));
  return BigInt(Math.trunc(value));
}

function toReal(value: Value): Value {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Decimal) return decimalToNumber(value);
  if (value instanceof Datetime || value instanceof Timespan) return Number(value.ticks);
  if (typeof value !== 'string') return null;
  const text = value.trim().toLowerCase();
  if (text === 'nan') return NaN;
  const infinity = /^([+-]?)(?:[iI][nN][fF][iI][nN][iI][tT][yY]|[iI]nf)$/.exec(value.trim());
  if (infinity) return infinity[1] === '-' ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text) ? Number(text) : null;
}

function toDecimal(value: Value): Value {
  if (value instanceof Decimal) return value;
  if (typeof value === 'bigint') return new Decimal(value, 0);
  if (typeof value === 'boolean') return new Decimal(value ? 1n : 0n, 0);
  if (typeof value === 'number') return parseDecimal(String(value));
  return typeof value === 'string' ? parseDecimal(value) : null;
}

function toDatetime(value: Value): Value {
  if (value instanceof Datetime) return value;
  if (typeof value === 'bigint') return datetimeOf(value);
  if (typeof value === 'number') return Number.isFinite(value) ? datetimeOf(BigInt(Math.trunc(value))) : null;
  return typeof value === 'string' ? parseDatetime(value) : null;
}

function toTimespan(value: Value): Value {
  if (value instanceof Timespan) return value;
  if (typeof value === 'bigint') return new Timespan(value);
  return typeof value === 'string' ? parseTimespan(value) : null;
}

function toGuid(value: Value): Value {
  if (value instanceof Guid) return value;
  if (typeof value !== 'string') return null;
  const hex = value.trim().replaceAll(/[-{}]/g, '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(hex)) return null;
  return new Guid(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}

/** A text that is no JSON is a string of its own; an empty one is null. */
function toDynamic(value: Value): Value {
  if (typeof value !== 'string' || isArray(value) || isBag(value)) return value;
  if (value === '') return null;
  const parsed = parseJson(value);
  return parsed === undefined ? value : parsed;
}
