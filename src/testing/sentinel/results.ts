import type { RowSet } from '../../engine/scope.ts';
import { valueToText } from '../../engine/value-text.ts';
import type { Value } from '../../engine/value.ts';

/** The results that an alert is made of. */
export interface Results {
  readonly columns: RowSet['columns'];
  readonly rows: RowSet['rows'];
}

/** The values of a column in the results, row by row; undefined if the results have no such column. */
export function columnValues({ columns, rows }: Results, name: string): readonly Value[] | undefined {
  const index = columns.findIndex((column) => column.name === name);
  return index < 0 ? undefined : rows.map((row) => row[index] ?? null);
}

/** The text of the first result's value; undefined where it is empty or the column is not there. */
export function firstText(results: Results, name: string): string | undefined {
  const [first] = columnValues(results, name) ?? [];
  return first === undefined || first === null || first === '' ? undefined : valueToText(first);
}

/** Cuts a text to a number of UTF-8 bytes, between characters. */
export function cutToBytes(text: string, limit: number): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= limit) return text;
  return new TextDecoder().decode(bytes.subarray(0, limit)).replace(/\uFFFD+$/, '');
}
