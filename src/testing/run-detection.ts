import type { Diagnostic } from '../core/diagnostic.ts';
import { runQuery } from '../engine/compile-query.ts';
import { UnsupportedError } from '../engine/scope.ts';
import type { RowSet, RunInput, TableSet } from '../engine/scope.ts';
import type { Datetime } from '../engine/value.ts';
import type { Fixture } from './build-fixture.ts';
import { parseForeignTable } from './foreign-table.ts';
import { toUnsupported, type PreparedDetection } from './prepare-detection.ts';
import type { Fixtures } from './scenario.ts';
import type { Alert } from './sentinel/alert.ts';
import { groupIncidents, type Incident } from './sentinel/group-incidents.ts';
import { applyWindow, windowOf } from './sentinel/query-window.ts';
import { raiseAlerts } from './sentinel/raise-alerts.ts';

/** What one run of a detection comes to. A hunting query alerts nobody. */
export interface DetectionRun {
  /** False of a hunting query. */
  readonly raisesAlerts: boolean;
  readonly result: RowSet;
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
}

/** A run, or what the engine met in it that it does not know. */
export type DetectionRunResult =
  { readonly run: DetectionRun } | { readonly diagnostics: readonly Diagnostic[] };

/**
 * Runs a detection once as the service would at a time: over the rows of its window, then the trigger, the grouping of events,
 * and the alerts with their entities and details.
 */
export function runDetection(
  prepared: PreparedDetection,
  fixtures: Fixtures,
  now: Datetime,
): DetectionRunResult {
  const { detection, loaded, plan } = prepared;
  try {
    const result = runQuery(plan, toRunInput(prepared, fixtures, now));
    if (detection.kind === 'Hunting')
      return { run: { raisesAlerts: false, result, alerts: [], incidents: [] } };
    const alerts = raiseAlerts(detection, result);
    const incidents = groupIncidents(
      detection,
      alerts.map((alert) => ({ alert, at: now })),
    );
    return { run: { raisesAlerts: true, result, alerts, incidents } };
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    return { diagnostics: [toUnsupported(loaded, error.unsupported)] };
  }
}

/** What the engine is given: the rows that the window of the run lets through. */
export function toRunInput({ detection }: PreparedDetection, fixtures: Fixtures, now: Datetime): RunInput {
  const window = windowOf(detection, now);
  const mapRows = (
    found: ReadonlyMap<string, Fixture>,
    convert: (rows: RowSet) => RowSet = (rows) => rows,
  ): TableSet => new Map([...found].map(([name, { rows }]) => [name, convert(rows)]));
  const tables = mapRows(fixtures.tables, (rows) => applyWindow(rows, window));
  return {
    now,
    tables,
    databases: foreignTables(tables),
    watchlists: mapRows(fixtures.watchlists),
    functions: mapRows(fixtures.functions),
    external: mapRows(fixtures.external),
  };
}

/** The tables of other workspaces, by what the query calls those. */
function foreignTables(tables: TableSet): ReadonlyMap<string, TableSet> {
  const found = new Map<string, Map<string, RowSet>>();
  for (const [name, rows] of tables) {
    const foreign = parseForeignTable(name);
    if (foreign === undefined) continue;
    const own = found.get(foreign.workspace) ?? new Map<string, RowSet>();
    found.set(foreign.workspace, own.set(foreign.table, rows));
  }
  return found;
}
