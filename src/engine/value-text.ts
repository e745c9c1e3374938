import { datetimeToText } from './datetime-text.ts';
import { decimalToText } from './decimal.ts';
import { dynamicToJson } from './json-text.ts';
import { timespanToText } from './timespan-text.ts';
import { Datetime, Decimal, Guid, Timespan } from './value.ts';
import type { Value } from './value.ts';

/** What `tostring()` gives: null is the empty string, `true` is `True`. */
export function valueToText(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return realToText(value);
  if (value instanceof Datetime) return datetimeToText(value);
  if (value instanceof Timespan) return timespanToText(value);
  if (value instanceof Guid) return value.text;
  if (value instanceof Decimal) return decimalToText(value);
  return dynamicToJson(value);
}

/** A real always has a point or an exponent: `1.0`. */
export function realToText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
