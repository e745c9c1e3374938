import type { ConformanceCase } from './conformance.ts';
import type { RowSet } from './scope.ts';
import { valueToText } from './value-text.ts';
import { decimalToNumber } from './decimal.ts';
import { Datetime, Decimal, Guid, isArray, isBag, Timespan } from './value.ts';
import type { Value } from './value.ts';

/** Says how rows differ from the expected ones; undefined if they do not. */
export function compareRows(actual: RowSet, item: ConformanceCase): string | undefined {
  const { expected, flags, grade } = item;
  const names = actual.columns.map(({ name }) => name).join();
  const wantedNames = expected.columns.map(({ name }) => name).join();
  if (grade !== 'B' && names !== wantedNames) return `columns ${names} instead of ${wantedNames}`;
  if (actual.columns.length !== expected.columns.length) return `${actual.columns.length} columns`;
  const isLoose = flags.some((flag) => flag === 'set-order' || flag === 'list-order');
  const hasTypes = !item.notes?.some((note) => note.startsWith('open-schema'));
  const options: Comparison = {
    tolerance: item.float_tolerance,
    isLoose,
    hasTypes,
    isTrimmed: item.authority === 'microsoft-docs',
  };
  const rows = actual.rows.map((row) =>
    row.map((value, index) => toPlain(value, actual.columns[index]?.type ?? 'unknown')),
  );
  const given = expected.last_row_only ? rows.slice(-1) : rows;
  const wanted = expected.rows.map((row) => row.map(unwrap));
  const isSame = given.length === wanted.length && areSameRows(given, wanted, item, options);
  return isSame ? undefined : `${describe(given)} instead of ${describe(wanted)}`;
}

/** Of an arbitrary pick only the number of rows can be told. */
function areSameRows(
  given: readonly (readonly Plain[])[],
  wanted: readonly (readonly Plain[])[],
  { flags, ordered }: ConformanceCase,
  options: Comparison,
): boolean {
  if (flags.includes('arbitrary-pick')) return true;
  return ordered
    ? given.every((row, index) => isSameRow(row, wanted[index] ?? [], options))
    : matchUnordered(given, wanted, options);
}

interface Comparison {
  readonly tolerance: number;
  readonly isLoose: boolean;
  /** False where the types of the columns are not known, so that an empty text stands for null. */
  readonly hasTypes: boolean;
  /** True of tables in a page, whose cells lose the blanks at their end. */
  readonly isTrimmed: boolean;
}

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

function describe(rows: readonly (readonly Plain[])[]): string {
  const text = JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

function matchUnordered(
  given: readonly (readonly Plain[])[],
  wanted: readonly (readonly Plain[])[],
  options: Comparison,
): boolean {
  const left = [...given];
  return wanted.every((row) => {
    const index = left.findIndex((candidate) => isSameRow(candidate, row, options));
    if (index < 0) return false;
    left.splice(index, 1);
    return true;
  });
}

function isSameRow(a: readonly Plain[], b: readonly Plain[], options: Comparison): boolean {
  return a.length === b.length && a.every((value, index) => isSame(value, b[index] ?? null, options));
}

function isSame(a: Plain, b: Plain, options: Comparison): boolean {
  if (options.isTrimmed && typeof a === 'string' && typeof b === 'string')
    return trimBlanks(a) === trimBlanks(b);
  if (!options.hasTypes && a === null && b === '') return true;
  if (typeof a === 'number' || typeof b === 'number') return isSameNumber(a, b, options.tolerance);
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    const [left, right] = [a as readonly Plain[], b as readonly Plain[]];
    return (
      left.every((value, index) => isSame(value, right[index] ?? null, options)) ||
      (options.isLoose &&
        matchUnordered(
          left.map((value) => [value]),
          right.map((value) => [value]),
          options,
        ))
    );
  }
  const left = Object.entries(a as { readonly [key: string]: Plain });
  const right = b as { readonly [key: string]: Plain };
  return (
    left.length === Object.keys(right).length &&
    left.every(([key, value]) => key in right && isSame(value, right[key] ?? null, options))
  );
}

function trimBlanks(text: string): string {
  return text.replace(/ +$/, '');
}

function isSameNumber(a: Plain, b: Plain, tolerance: number): boolean {
  const [left, right] = [toNumber(a), toNumber(b)];
  if (left === undefined || right === undefined) return false;
  if (Object.is(left, right)) return true;
  return Math.abs(left - right) <= tolerance * Math.max(1, Math.abs(left), Math.abs(right));
}

function toNumber(value: Plain): number | undefined {
  if (typeof value === 'number') return value;
  const number =
    typeof value === 'string' && value !== '' ? Number(value.replace(/^(-?)inf$/, '$1Infinity')) : NaN;
  return typeof value === 'string' && (value === 'NaN' || !Number.isNaN(number)) ? number : undefined;
}

function unwrap(value: unknown): Plain {
  const isWrapped = typeof value === 'object' && value !== null && '$dynamic' in value;
  return (isWrapped ? value.$dynamic : value) as Plain;
}

function toPlain(value: Value, type: string): Plain {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number')
    return Number.isFinite(value)
      ? value
      : Number.isNaN(value)
        ? 'NaN'
        : value > 0
          ? 'Infinity'
          : '-Infinity';
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Decimal) return decimalToNumber(value);
  if (value instanceof Timespan) return type === 'timespan' ? `${value.ticks}t` : valueToText(value);
  if (value instanceof Datetime || value instanceof Guid) return valueToText(value);
  if (isArray(value)) return value.map((item) => toPlain(item, 'dynamic'));
  if (isBag(value))
    return Object.fromEntries([...value].map(([key, item]) => [key, toPlain(item, 'dynamic')]));
  return null;
}
