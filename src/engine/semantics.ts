/**
 * The rules for null, equality and order, in one place.
 * https://learn.microsoft.com/kusto/query/scalar-data-types/null-values
 * https://learn.microsoft.com/kusto/query/sort-operator
 */
import { align, decimalToNumber } from './decimal.ts';
import { dynamicToJson } from './json-text.ts';
import { valueToText } from './value-text.ts';
import { Datetime, Decimal, Guid, isArray, isBag, Timespan } from './value.ts';
import type { Value } from './value.ts';

/** `==`: one null makes it false, two make it null. NaN equals nothing. */
export function equalValues(a: Value, b: Value): boolean | null {
  if (a === null || b === null) return a === null && b === null ? null : false;
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  if (isArray(a) || isBag(a) || isArray(b) || isBag(b)) return valueToText(a) === valueToText(b);
  const order = compareValues(a, b);
  return order === 0;
}

/** `=~` and `in~`: case is ignored. */
export function foldCase(text: string): string {
  return text.toLowerCase();
}

/** Negates a truth value; null stays null. */
export function negate(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

/** Compares values that are not null; null where they have no order, as NaN or values of two types. */
export function compareValues(a: Value, b: Value): number | null {
  if (a === null || b === null) return null;
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (a instanceof Datetime && b instanceof Datetime)
    return a.ticks < b.ticks ? -1 : a.ticks > b.ticks ? 1 : 0;
  if (a instanceof Timespan && b instanceof Timespan) return compareValues(a.ticks, b.ticks);
  if (a instanceof Guid || b instanceof Guid) return compareValues(valueToText(a), valueToText(b));
  if (a instanceof Decimal && b instanceof Decimal) {
    const [left, right] = align(a, b);
    return compareValues(left, right);
  }
  const [left, right] = [toNumber(a), toNumber(b)];
  if (left === null || right === null || Number.isNaN(left) || Number.isNaN(right)) return null;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A number of any type as a real; null of anything else. */
export function toNumber(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof Decimal ? decimalToNumber(value) : null;
}

/** The order of `sort … asc nulls first`: null, NaN, then by value; what cannot be compared is ordered by its text. */
export function compareForSort(a: Value, b: Value): number {
  if (isOrderedPair(a, b)) return compareValues(a, b) ?? 0;
  const ranks = rankOf(a) - rankOf(b);
  if (ranks !== 0 || rankOf(a) < 2) return ranks;
  return compareValues(a, b) ?? (valueToText(a) < valueToText(b) ? -1 : 1);
}

/** True of values that always have an order; most are such. */
function isOrderedPair(a: Value, b: Value): boolean {
  if (typeof a === 'string') return typeof b === 'string';
  if (typeof a === 'bigint') return typeof b === 'bigint';
  return a instanceof Datetime && b instanceof Datetime;
}

function rankOf(value: Value): number {
  if (value === null) return 0;
  return typeof value === 'number' && Number.isNaN(value) ? 1 : 2;
}

/** Equal keys are one group, and match in a join; null is a key like any other. */
export function keyOf(values: readonly Value[]): string {
  return values.map(keyOfValue).join('\u0000');
}

function keyOfValue(value: Value): string {
  if (typeof value === 'string') return `s${value}`;
  if (typeof value === 'bigint') return `n${value}`;
  if (typeof value === 'number') return Number.isInteger(value) ? `n${value}` : `n${String(value)}`;
  if (value === null) return '-';
  if (typeof value === 'object' && 'type' in value) return `${value.type}${valueToText(value)}`;
  return `d${dynamicToJson(value)}`;
}
