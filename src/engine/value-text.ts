import { datetimeToText } from './datetime-text.ts';
import { decimalToText } from './decimal.ts';
import { dynamicToJson } from './json-text.ts';
import { digitsOf } from './real-text.ts';
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
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const { digits, exponent } = digitsOf(Math.abs(value));
  return `${value < 0 ? '-' : ''}${placePoint(digits, exponent)}`;
}

/** Up to 21 digits ahead of the point and six zeros after it; else with an exponent. */
function placePoint(digits: string, exponent: number): string {
  const point = digits.length + exponent;
  if (exponent >= 0 && point <= 21) return `${digits}${'0'.repeat(exponent)}.0`;
  if (point > 0 && point <= 21) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  if (point > -6 && point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${digits.charAt(0)}${fraction}e${point > 0 ? '+' : ''}${point - 1}`;
}
