import type { RowSet } from '../../engine/scope.ts';
import { keyOf } from '../../engine/semantics.ts';

/**
 * True if two results have the same columns, and the same rows in any order. What came from a source that may have any column has
 * no known type in the first place: emitted it has one, and its empty value may be that of a string.
 */
export function isSameResult(given: RowSet, expected: RowSet): boolean {
  const { columns } = expected;
  const isSameColumn = ({ name, type }: RowSet['columns'][number], index: number): boolean => {
    const other = given.columns[index];
    const isSameType = type === 'unknown' || other?.type === 'unknown' || other?.type === type;
    return other?.name === name && isSameType;
  };
  if (given.columns.length !== columns.length || !columns.every(isSameColumn)) return false;
  const textOf = ({ rows }: RowSet): string =>
    rows
      .map((row) =>
        keyOf(row.map((value, index) => (columns[index]?.type === 'unknown' ? (value ?? '') : value))),
      )
      .sort()
      .join('\n');
  return textOf(given) === textOf(expected);
}
