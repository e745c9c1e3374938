import { parseDuration } from '../../core/duration.ts';
import type { QueryDetection } from '../../detection/detection.ts';
import type { RowSet } from '../../engine/scope.ts';
import { Datetime, ticksPer } from '../../engine/value.ts';
import type { Row } from '../../engine/value.ts';

/** Stretch of time that a run looks at: `start` included, `end` excluded. */
export interface QueryWindow {
  readonly start: Datetime;
  readonly end: Datetime;
  /** The column that is compared; ingestion time falls back to TimeGenerated. */
  readonly by: 'TimeGenerated' | 'ingestion time';
}

/** Where a fixture keeps the time at which a row was ingested; without it, that is when it was generated. */
export const ingestionColumn = '_IngestionTime';

/** An NRT query looks at what was ingested in the minute before. */
const nrtWindowSeconds = 60;

/**
 * The window of a run at a time; undefined for a hunting query, whose window the person chooses. The service sets it on the
 * query as a whole, so it bounds every table that the query reads, whatever the query says. A row at the end of one
 * window is in the next one only, or it would be found twice.
 */
export function windowOf(detection: QueryDetection, now: Datetime): QueryWindow | undefined {
  switch (detection.kind) {
    case 'Hunting':
      return undefined;
    case 'NRT':
      return { start: secondsBefore(now, nrtWindowSeconds), end: now, by: 'ingestion time' };
    case 'Scheduled':
      return {
        start: secondsBefore(now, parseDuration(detection.queryPeriod) ?? 0),
        end: now,
        by: 'TimeGenerated',
      };
  }
}

/** The time a number of seconds before another. */
export function secondsBefore({ ticks }: Datetime, seconds: number): Datetime {
  return new Datetime(ticks - BigInt(seconds) * ticksPer.second);
}

/** The rows of a table within a window. A table without the column is not bounded. */
export function applyWindow(table: RowSet, window: QueryWindow | undefined): RowSet {
  if (window === undefined) return table;
  const timeOf = timeReader(table, window);
  if (timeOf === undefined) return table;
  return { columns: table.columns, rows: table.rows.filter((row) => isWithin(timeOf(row), window)) };
}

/** True for a time in the window; a row without a time is in none. */
export function isWithin(time: Datetime | undefined, { start, end }: QueryWindow): boolean {
  return time !== undefined && time.ticks >= start.ticks && time.ticks < end.ticks;
}

/** Reads the time of a row that a window compares; undefined where the table has none. */
export function timeReader(
  { columns }: RowSet,
  { by }: Pick<QueryWindow, 'by'>,
): ((row: Row) => Datetime | undefined) | undefined {
  const indexOf = (wanted: string): number => columns.findIndex(({ name }) => name === wanted);
  const generated = indexOf('TimeGenerated');
  const ingested = by === 'ingestion time' ? indexOf(ingestionColumn) : -1;
  if (generated < 0 && ingested < 0) return undefined;
  const at = (row: Row, index: number): Datetime | undefined => {
    const value = row[index];
    return value instanceof Datetime ? value : undefined;
  };
  return (row) => at(row, ingested) ?? at(row, generated);
}
