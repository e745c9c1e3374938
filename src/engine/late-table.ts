import type { EngineColumn, Run, RowSet, Table } from './scope.ts';
import { commonType } from './value-type.ts';

/** The rows of a table that has run, with the columns that it turned out to have. */
export function runTable(table: Table, run: Run): RowSet {
  return table.late?.(run) ?? { columns: table.columns, rows: table.rows(run) };
}

/**
 * Builds a table on others. If the columns of one are known only once it has run, what is built on it is compiled then.
 *
 * @param build gets the tables with known columns; `isLate` tells that they come from values or from a fixture
 */
export function buildOver(
  tables: readonly Table[],
  build: (tables: readonly Table[], isLate: boolean) => Table,
): Table {
  if (!tables.some(({ late }) => late)) return build(tables, false);
  return lateTable((run) => {
    const known = tables.map((table): Table => {
      const { columns, rows } = runTable(table, run);
      return { columns, rows: () => rows };
    });
    return typeColumns(runTable(build(known, true), run), known);
  });
}

/**
 * Gives columns of unknown type the one that their values have, if those cannot be of another: an int is no other than a long,
 * and in a dynamic value anything may be.
 */
function typeColumns({ columns, rows }: RowSet, inputs: readonly Table[]): RowSet {
  const isAmbiguous = inputs.some((table) =>
    table.columns.some(({ type }) => type === 'dynamic' || type === 'int' || type === 'unknown'),
  );
  const typed = columns.map((column, index): EngineColumn => {
    if (column.type !== 'unknown' || isAmbiguous) return column;
    return { ...column, type: commonType(rows.map((row) => row[index] ?? null)) ?? 'unknown' };
  });
  return { columns: typed, rows };
}

/** A table whose columns are known only once it has run. */
export function lateTable(late: (run: Run) => RowSet): Table {
  return { columns: [], rows: (run) => late(run).rows, late };
}
