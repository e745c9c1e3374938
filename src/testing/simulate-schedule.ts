import { parseDuration } from '../core/duration.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { raisesAlerts } from '../checks/detection-kinds.ts';
import type { AlertingDetection } from '../detection/detection.ts';
import type { RowSet } from '../engine/scope.ts';
import { Datetime, ticksPer } from '../engine/value.ts';
import type { Fixture } from './build-fixture.ts';
import type { PreparedDetection } from './prepare-detection.ts';
import type { Place } from './row-source.ts';
import { runDetection, type DetectionRun } from './run-detection.ts';
import { summariseRun } from './run-scenario.ts';
import type { Fixtures } from './scenario.ts';
import type { Alert } from './sentinel/alert.ts';
import { groupIncidents, type Incident, type RaisedAlert } from './sentinel/group-incidents.ts';
import { isWithin, secondsBefore, timeReader, windowOf } from './sentinel/query-window.ts';
import { runDelaySeconds, runIntervalSeconds } from './sentinel/schedule.ts';

/** One run of the schedule. */
export interface SimulatedRun {
  /** The scheduled time: the end of the run's window, and what `now()` gives. */
  readonly at: Datetime;
  /** How many rows of the timeline lie in the window and had come in by then. */
  readonly seen: number;
  readonly results: number;
  readonly alerts: readonly Alert[];
  /** True if the run did not take place, since an alert had been raised shortly before. */
  readonly isSuppressed: boolean;
}

/** A row of the timeline. `number` counts from 1 within its table. */
export interface TimelineRow {
  readonly table: string;
  readonly number: number;
  readonly place: Place;
  readonly time: Datetime | undefined;
}

/** What a schedule makes of a timeline. */
export interface Simulation {
  readonly runs: readonly SimulatedRun[];
  readonly incidents: readonly Incident[];
  /** Rows that no run looked at: they came in too late, lie outside the simulated time, or runs were suppressed. */
  readonly neverSeen: readonly TimelineRow[];
  /** Rows without which two or more runs would not have raised their alerts. */
  readonly alertedTwice: readonly { readonly row: TimelineRow; readonly at: readonly Datetime[] }[];
}

/** The stretch of time in which runs take place: both ends included. */
export interface SimulatedTime {
  readonly from: Datetime;
  readonly to: Datetime;
}

/** A simulation, or what keeps it from being one. */
export type SimulationResult =
  { readonly simulation: Simulation } | { readonly diagnostics: readonly Diagnostic[] };

/** When runs take place if nobody says: from the first row on, until the last has left every window. */
export function simulatedTimeOf(
  detection: AlertingDetection,
  { tables }: Fixtures,
): SimulatedTime | undefined {
  const times = rowsOf(tables).flatMap(({ time }) => (time === undefined ? [] : [time.ticks]));
  const [first, ...others] = times;
  if (first === undefined) return undefined;
  const interval = BigInt(runIntervalSeconds(detection)) * ticksPer.second;
  const earliest = others.reduce((a, b) => (a < b ? a : b), first);
  const latest = others.reduce((a, b) => (a > b ? a : b), first);
  const ceil = (ticks: bigint): bigint => ((ticks + interval - 1n) / interval) * interval;
  const period = 'queryPeriod' in detection ? (parseDuration(detection.queryPeriod) ?? 0) : 60;
  return {
    from: new Datetime(ceil(earliest + 1n)),
    to: new Datetime(ceil(latest + BigInt(period) * ticksPer.second)),
  };
}

/** How many runs there are in a stretch of time. */
export function countRuns(detection: AlertingDetection, { from, to }: SimulatedTime): number {
  const interval = BigInt(runIntervalSeconds(detection)) * ticksPer.second;
  return to.ticks < from.ticks ? 0 : Number((to.ticks - from.ticks) / interval) + 1;
}

/**
 * Runs a detection on its schedule over a timeline of rows: each run over what lies in its window and has come in by the
 * time at which the service runs it, with the suppression that alerts bring about, and the incidents that they become.
 */
export function simulateSchedule(
  prepared: PreparedDetection,
  timeline: Fixtures,
  time: SimulatedTime,
): SimulationResult {
  const { detection } = prepared;
  if (!raisesAlerts(detection)) throw new TypeError('a hunting query has no schedule');
  const interval = BigInt(runIntervalSeconds(detection)) * ticksPer.second;
  const runs: SimulatedRun[] = [];
  const raised: RaisedAlert[] = [];
  const seen = new Set<string>();
  const alerted = new Map<string, Datetime[]>();
  let restsUntil: bigint | undefined;
  for (let { ticks } = time.from; ticks <= time.to.ticks; ticks += interval) {
    const at = new Datetime(ticks);
    if (restsUntil !== undefined && ticks < restsUntil) {
      runs.push({ at, seen: 0, results: 0, alerts: [], isSuppressed: true });
      continue;
    }
    const visible = rowsSeenBy(detection, timeline, at);
    const fixtures = keepRows(timeline, visible);
    const ran = runDetection(prepared, fixtures, at);
    if ('diagnostics' in ran) return ran;
    const { alerts, result } = ran.run;
    for (const key of visible) seen.add(key);
    runs.push({ at, seen: visible.size, results: result.rows.length, alerts, isSuppressed: false });
    raised.push(...alerts.map((alert) => ({ alert, at })));
    if (alerts.length === 0) continue;
    restsUntil = restOf(detection, ticks);
    for (const key of contributors(prepared, timeline, visible, ran.run, at)) {
      alerted.set(key, [...(alerted.get(key) ?? []), at]);
    }
  }
  const rows = rowsOf(timeline.tables);
  return {
    simulation: {
      runs,
      incidents: groupIncidents(detection, raised),
      neverSeen: rows.filter((row) => !seen.has(keyOfRow(row))),
      alertedTwice: rows.flatMap((row) => {
        const times = alerted.get(keyOfRow(row)) ?? [];
        return times.length > 1 ? [{ row, at: times }] : [];
      }),
    },
  };
}

function restOf(detection: AlertingDetection, ticks: bigint): bigint | undefined {
  if (!detection.suppressionEnabled) return undefined;
  return ticks + BigInt(parseDuration(detection.suppressionDuration) ?? 0) * ticksPer.second;
}

function keyOfRow({ table, number }: Pick<TimelineRow, 'table' | 'number'>): string {
  return `${table} ${number}`;
}

function rowsOf(tables: Fixtures['tables']): readonly TimelineRow[] {
  return [...tables].flatMap(([table, { rows, places }]) => {
    const timeOf = timeReader(rows, { by: 'TimeGenerated' });
    return rows.rows.flatMap((row, index) => {
      const place = places[index];
      return place === undefined ? [] : [{ table, number: index + 1, place, time: timeOf?.(row) }];
    });
  });
}

/** The rows in the window of a run that had come in when the service ran it. */
function rowsSeenBy(detection: AlertingDetection, { tables }: Fixtures, at: Datetime): ReadonlySet<string> {
  const window = windowOf(detection, at);
  const ranAt = secondsBefore(at, -runDelaySeconds(detection));
  const keys = new Set<string>();
  for (const [table, { rows }] of tables) {
    const timeOf = window && timeReader(rows, window);
    const ingestedAt = timeReader(rows, { by: 'ingestion time' });
    for (const [index, row] of rows.rows.entries()) {
      const isIn = window === undefined || timeOf === undefined || isWithin(timeOf(row), window);
      const ingested = ingestedAt?.(row);
      const hasCome = ingested === undefined || ingested.ticks <= ranAt.ticks;
      if (isIn && hasCome) keys.add(keyOfRow({ table, number: index + 1 }));
    }
  }
  return keys;
}

function keepRows(fixtures: Fixtures, kept: ReadonlySet<string>): Fixtures {
  const tables = [...fixtures.tables].map(([table, { rows, places }]): [string, Fixture] => {
    const isKept = (_item: unknown, index: number): boolean =>
      kept.has(keyOfRow({ table, number: index + 1 }));
    const keptRows: RowSet = { columns: rows.columns, rows: rows.rows.filter(isKept) };
    return [table, { rows: keptRows, places: places.filter(isKept) }];
  });
  return { ...fixtures, tables: new Map(tables) };
}

/** The rows without which a run would have raised other alerts: each is left out once. */
function contributors(
  prepared: PreparedDetection,
  timeline: Fixtures,
  visible: ReadonlySet<string>,
  run: DetectionRun,
  at: Datetime,
): readonly string[] {
  const whole = summariseRun(run);
  return [...visible].filter((key) => {
    const without = new Set(visible);
    without.delete(key);
    const other = runDetection(prepared, keepRows(timeline, without), at);
    return 'run' in other && summariseRun(other.run) !== whole;
  });
}
