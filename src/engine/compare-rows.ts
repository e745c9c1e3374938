import type { ConformanceCase } from './conformance.ts';
import type { RowSet } from './scope.ts';
import { valueToText } from './value-text.ts';
import { decimalToNumber } from './decimal.ts';
import { Datetime, Decimal, Guid, isArray, isBag, Timespan } from './value.ts';
import type { Value } from './value.ts';

/**
 * Says how rows differ from the expected ones; undefined if they do not. Names and their order must be the same, and so must
 * the rows: in their order if the case is ordered, since a query that does not sort says nothing of it. Beyond that the rules
 * below, and no others, let values pass that are not the same.
 *
 * @param isRandom true of rows that another seed of the generator changes
 */
export function compareRows(actual: RowSet, item: ConformanceCase, isRandom = false): string | undefined {
  const { expected } = item;
  const names = actual.columns.map(({ name }) => name).join();
  const wantedNames = expected.columns.map(({ name }) => name).join();
  if (names !== wantedNames) return `columns ${names} instead of ${wantedNames}`;
  const rows = actual.rows.map((row) =>
    row.map((value, index) => toPlain(value, actual.columns[index]?.type ?? 'unknown')),
  );
  const given = expected.last_row_only ? rows.slice(-1) : rows;
  const wanted = expected.rows.map((row) => row.map(unwrap));
  const isSame = given.length === wanted.length && areSameRows(given, wanted, item, isRandom);
  return isSame ? undefined : `${describe(given)} instead of ${describe(wanted)}`;
}

/**
 * Of rows drawn at random, as by `sample`, only the number and the kinds of their values can be told. A pick that is arbitrary
 * and not random (`take`, `take_any`, `arg_max` of equal values) must be the one that the engine made: the first.
 * https://learn.microsoft.com/kusto/query/sample-operator
 */
function areSameRows(given: PlainRows, wanted: PlainRows, item: ConformanceCase, isRandom: boolean): boolean {
  const { flags, ordered, expected } = item;
  if (isRandom && flags.includes('arbitrary-pick'))
    return given.every((row, at) => row.every((value, index) => isSameKind(value, wanted[at]?.[index])));
  const comparison: Comparison = {
    tolerance: item.float_tolerance,
    isLoose: flags.some((flag) => flag === 'set-order' || flag === 'list-order'),
    isTrimmed: item.authority === 'microsoft-docs',
  };
  const types = expected.columns.map(({ type }) => type);
  const isSameRow = (row: readonly Plain[], other: readonly Plain[] | undefined): boolean =>
    row.length === other?.length &&
    row.every((value, index) =>
      isSameCell(value, other[index] ?? null, types[index] ?? 'unknown', comparison),
    );
  return ordered
    ? given.every((row, index) => isSameRow(row, wanted[index]))
    : matchUnordered(given, wanted, isSameRow);
}

type PlainRows = readonly (readonly Plain[])[];

interface Comparison {
  /** Of numbers, relative to the greater one. */
  readonly tolerance: number;
  /**
   * True where the order of an array's items is not documented: of `make_set` it never is, of `make_list` only over sorted rows.
   * https://learn.microsoft.com/kusto/query/make-list-aggregation-function
   */
  readonly isLoose: boolean;
  /** True of tables in a page: Markdown drops the blanks at the end of a cell. */
  readonly isTrimmed: boolean;
}

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

function describe(rows: PlainRows): string {
  const text = JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

function isSameKind(a: Plain, b: Plain | undefined): boolean {
  return typeof a === typeof b && (a === null) === (b === null);
}

function matchUnordered<Item>(
  given: readonly Item[],
  wanted: readonly Item[],
  isSame: (a: Item, b: Item) => boolean,
): boolean {
  const left = [...given];
  return wanted.every((item) => {
    const index = left.findIndex((candidate) => isSame(candidate, item));
    if (index < 0) return false;
    left.splice(index, 1);
    return true;
  });
}

const numericTypes: ReadonlySet<string> = new Set(['decimal', 'int', 'long', 'real']);

/**
 * A value against that of a cell. The columns of `bag_unpack` and `pivot` have no type in a page: there an empty cell stands for
 * null too, and a number is its text.
 */
function isSameCell(a: Plain, b: Plain, type: string, comparison: Comparison): boolean {
  const isUntyped = type === 'unknown';
  if (isUntyped && a === null && b === '') return true;
  if (isUntyped || numericTypes.has(type)) {
    const [left, right] = [toNumber(a), toNumber(b)];
    if (left !== undefined && right !== undefined) return isSameNumber(left, right, comparison.tolerance);
  }
  if (comparison.isTrimmed && typeof a === 'string' && typeof b === 'string')
    return a === b || a.replace(/ +$/, '') === b;
  return isSame(a, b, comparison);
}

function isSame(a: Plain, b: Plain, comparison: Comparison): boolean {
  if (typeof a === 'number' && typeof b === 'number') return isSameNumber(a, b, comparison.tolerance);
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (isList(a) || isList(b)) return isList(a) && isList(b) && isSameList(a, b, comparison);
  const left = Object.entries(a);
  return (
    left.length === Object.keys(b).length &&
    left.every(([key, value]) => key in b && isSame(value, b[key] ?? null, comparison))
  );
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

function isSameList(a: readonly Plain[], b: readonly Plain[], comparison: Comparison): boolean {
  if (a.length !== b.length) return false;
  const isSameItem = (left: Plain, right: Plain): boolean => isSame(left, right, comparison);
  return (
    a.every((value, index) => isSameItem(value, b[index] ?? null)) ||
    (comparison.isLoose && matchUnordered(a, b, isSameItem))
  );
}

function isSameNumber(a: number, b: number, tolerance: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}

/** A number, or the text that stands for one that JSON cannot hold. */
function toNumber(value: Plain): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value.replace(/^(-?)inf$/, '$1Infinity'));
  return value === 'NaN' || !Number.isNaN(number) ? number : undefined;
}

function unwrap(value: unknown): Plain {
  const isWrapped = typeof value === 'object' && value !== null && '$dynamic' in value;
  return (isWrapped ? value.$dynamic : value) as Plain;
}

function toPlain(value: Value, type: string): Plain {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return toPlainInteger(value, type);
  if (value instanceof Decimal) return type === 'dynamic' ? valueToText(value) : decimalToNumber(value);
  if (value instanceof Timespan) return type === 'timespan' ? `${value.ticks}t` : valueToText(value);
  if (value instanceof Datetime || value instanceof Guid) return valueToText(value);
  if (isArray(value)) return value.map((item) => toPlain(item, 'dynamic'));
  if (isBag(value))
    return Object.fromEntries([...value].map(([key, item]) => [key, toPlain(item, 'dynamic')]));
  return null;
}

/** Columns have texts where JSON loses digits; within a dynamic value they are lost. */
function toPlainInteger(value: bigint, type: string): Plain {
  const number = Number(value);
  return type === 'dynamic' || Number.isSafeInteger(number) ? number : String(value);
}
