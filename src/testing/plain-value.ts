import type { JsonObject, JsonValue } from '../core/json.ts';
import type { RowSet } from '../engine/scope.ts';
import { valueToText } from '../engine/value-text.ts';
import { Decimal, isArray, isBag } from '../engine/value.ts';
import type { Value } from '../engine/value.ts';
import { decimalToNumber } from '../engine/decimal.ts';

/** A value as JSON: times and GUIDs as text, a long that JSON would round as text. */
export function toPlainValue(value: Value): JsonValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : valueToText(value);
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  if (value instanceof Decimal) return decimalToNumber(value);
  if (isArray(value)) return value.map(toPlainValue);
  if (isBag(value)) {
    return Object.fromEntries([...value].map(([key, item]) => [key, toPlainValue(item)]));
  }
  return valueToText(value);
}

/** Rows as JSON objects by column. Of two columns with one name, which the parser lets nobody write, the last counts. */
export function toPlainRows({ columns, rows }: RowSet): readonly JsonObject[] {
  return rows.map((row) =>
    Object.fromEntries(columns.map(({ name }, index) => [name, toPlainValue(row[index] ?? null)])),
  );
}
