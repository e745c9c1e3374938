import type { SourceSpan } from '../core/diagnostic.ts';
import { UnsupportedError, type RowSet, type UnsupportedConstruct } from '../engine/scope.ts';
import { keyOf } from '../engine/semantics.ts';
import type { TraceStep } from '../engine/trace.ts';
import { compileTraced, traceQuery, type QueryTrace, type TracedPlan } from '../engine/trace-query.ts';
import type { Fixture } from './build-fixture.ts';
import type { PreparedDetection } from './prepare-detection.ts';
import type { Place } from './row-source.ts';
import { toRunInput } from './run-detection.ts';
import type { Fixtures, Scenario } from './scenario.ts';

/** An operator of the detection's query, at its place in the detection's file. */
export interface ExplainedStep {
  readonly text: string;
  readonly isSource: boolean;
  readonly file: string;
  /** undefined for what is not written in the file, as an exclusion that an environment adds. */
  readonly span?: SourceSpan;
}

/**
 * What became of a given row. It `died` at the operator whose output is the same with and without it, though what the operator
 * read is not; it `survived` if the result of the query is another one without it; `outside` the window of the run, no query
 * sees it; the query reads nothing of an `unread` one.
 */
export interface RowFate {
  /** The table or function that it is a row of. */
  readonly table: string;
  /** Counts from 1, over the rows of the defaults and then those of the scenario. */
  readonly number: number;
  readonly place: Place;
  readonly fate: 'died' | 'survived' | 'outside' | 'unread';
  /** Where it died; where it died in several legs of the query, the last of them. */
  readonly step?: ExplainedStep;
}

/** What a scenario's query does with its rows, operator by operator and row by row. */
export interface Explanation {
  readonly steps: readonly { readonly step: ExplainedStep; readonly rows: RowSet }[];
  readonly fates: readonly RowFate[];
  /** How many given rows were not followed: there are too many. */
  readonly omitted: number;
}

/** The query is run again for each given row; further ones say little that the first did not. */
const mostRows = 200;

/** Runs a scenario with every operator watched, and once more without each of its rows in turn. */
export function explainScenario(
  prepared: PreparedDetection,
  scenario: Scenario,
): Explanation | { readonly unsupported: UnsupportedConstruct } {
  const compiled = compileTraced(prepared.tree);
  if ('unsupported' in compiled) {
    const [unsupported] = compiled.unsupported;
    if (unsupported) return { unsupported };
    throw new TypeError('a query was refused for no reason');
  }
  try {
    return explain(prepared, scenario, compiled.traced);
  } catch (error) {
    if (error instanceof UnsupportedError) return { unsupported: error.unsupported };
    throw error;
  }
}

function explain(prepared: PreparedDetection, scenario: Scenario, traced: TracedPlan): Explanation {
  const traceOf = (fixtures: Fixtures): QueryTrace =>
    traceQuery(traced, toRunInput(prepared, fixtures, scenario.now));
  const whole = traceOf(scenario.fixtures);
  const wholeInput = toRunInput(prepared, scenario.fixtures, scenario.now);
  const outputs = new Map(whole.steps.map(({ step, rows }) => [step, signatureOf(rows)]));
  const result = signatureOf(whole.result.rows);
  const given = givenRows(scenario.fixtures);
  const fates = given.slice(0, mostRows).map(({ kind, table, index, fixture }): RowFate => {
    const base = { table, number: index + 1, place: placeOf(fixture, index, scenario) };
    const row = fixture.rows.rows[index];
    const isSeen = row !== undefined && wholeInput[kind]?.get(table)?.rows.includes(row);
    if (!isSeen) return { ...base, fate: 'outside' };
    const without = traceOf(withoutRow(scenario.fixtures, kind, table, index));
    if (signatureOf(without.result.rows) !== result) return { ...base, fate: 'survived' };
    const others = new Map(without.steps.map(({ step, rows }) => [step, signatureOf(rows)]));
    const isAlive = (step: TraceStep): boolean => outputs.get(step) !== others.get(step);
    const alive = [...outputs.keys()].filter(isAlive);
    if (alive.length === 0) return { ...base, fate: 'unread' };
    const readers = new Set(alive.flatMap((step) => [...whole.readersOf(step)]));
    const last = [...outputs.keys()].filter((step) => readers.has(step) && !isAlive(step)).at(-1);
    return { ...base, fate: 'died', ...(last ? { step: toExplained(prepared, last) } : {}) };
  });
  return {
    steps: whole.steps.map(({ step, columns, rows }) => ({
      step: toExplained(prepared, step),
      rows: { columns, rows },
    })),
    fates,
    omitted: Math.max(0, given.length - mostRows),
  };
}

/** Rows as a text that is the same for the same rows in any order. */
function signatureOf(rows: RowSet['rows']): string {
  return rows.map(keyOf).sort().join('\u0001');
}

type FixtureKind = 'tables' | 'functions';

interface GivenRow {
  readonly kind: FixtureKind;
  readonly table: string;
  readonly index: number;
  readonly fixture: Fixture;
}

/** The rows that stand for events. Watchlists and files are what those are held against. */
function givenRows({ tables, functions }: Fixtures): readonly GivenRow[] {
  const of = (kind: FixtureKind, found: ReadonlyMap<string, Fixture>): readonly GivenRow[] =>
    [...found].flatMap(([table, fixture]) =>
      fixture.rows.rows.map((_row, index) => ({ kind, table, index, fixture })),
    );
  return [...of('tables', tables), ...of('functions', functions)];
}

function withoutRow(fixtures: Fixtures, kind: FixtureKind, table: string, index: number): Fixtures {
  const changed = [...fixtures[kind]].map(([name, fixture]): [string, Fixture] => {
    if (name !== table) return [name, fixture];
    const { rows, places } = fixture;
    return [
      name,
      {
        rows: { columns: rows.columns, rows: rows.rows.toSpliced(index, 1) },
        places: places.toSpliced(index, 1),
      },
    ];
  });
  return { ...fixtures, [kind]: new Map(changed) };
}

function placeOf({ places }: Fixture, index: number, { document, span }: Scenario): Place {
  return places[index] ?? { file: document.file, span };
}

function toExplained({ loaded, detection }: PreparedDetection, step: TraceStep): ExplainedStep {
  const { text, start, length, isSource } = step;
  const { file, document } = loaded;
  const authored = 'query' in loaded.detection ? loaded.detection.query : '';
  // A query that an environment replaces or adds to is written elsewhere, as far as it differs.
  const isWritten = authored.slice(start, start + length) === detection.query.slice(start, start + length);
  const span = isWritten ? document.spanWithin('/query', start, start + length) : undefined;
  return { text, isSource, file, ...(span ? { span } : {}) };
}
