import type { Diagnostic } from '../core/diagnostic.ts';
import { keyOf } from '../engine/semantics.ts';
import { isArray, isBag } from '../engine/value.ts';
import type { Value } from '../engine/value.ts';
import type { Fixture } from './build-fixture.ts';
import { compareExpectation, type Mismatch } from './compare-expectation.ts';
import type { Explanation } from './explain-scenario.ts';
import type { PreparedDetection } from './prepare-detection.ts';
import { runDetection, type DetectionRun } from './run-detection.ts';
import type { Fixtures, Scenario } from './scenario.ts';
import { identityOf } from './sentinel/map-entities.ts';

/**
 * What became of a scenario. `refused`: the engine does not run the query over these rows, so that nothing is known;
 * `diagnostics` says why.
 */
export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly verdict: 'passed' | 'failed' | 'refused';
  readonly mismatches: readonly Mismatch[];
  readonly diagnostics: readonly Diagnostic[];
  readonly run?: DetectionRun;
  /** True if other alerts come of the same rows in reverse: in the workspace their order is anybody's guess. */
  readonly dependsOnOrder: boolean;
  /** Operator by operator and row by row: of a scenario that failed, and of any that is to be explained. */
  readonly explanation?: Explanation;
}

/** Runs a scenario, and a second time with its rows reversed. Pure: the same rows give the same result. */
export function runScenario(prepared: PreparedDetection, scenario: Scenario): ScenarioResult {
  const result = judgeScenario(prepared, scenario);
  if (result.run === undefined) return result;
  const reversed = runDetection(prepared, reverseFixtures(scenario.fixtures), scenario.now);
  const dependsOnOrder = !('run' in reversed) || summariseRun(result.run) !== summariseRun(reversed.run);
  return { ...result, dependsOnOrder };
}

/** Runs a scenario once: enough for a mutant, of which only the verdict counts. */
export function judgeScenario(prepared: PreparedDetection, scenario: Scenario): ScenarioResult {
  const base = { scenario, mismatches: [], diagnostics: [], dependsOnOrder: false };
  const ran = runDetection(prepared, scenario.fixtures, scenario.now);
  if ('diagnostics' in ran) return { ...base, verdict: 'refused', diagnostics: ran.diagnostics };
  const mismatches = compareExpectation(scenario, ran.run);
  return { ...base, verdict: mismatches.length === 0 ? 'passed' : 'failed', mismatches, run: ran.run };
}

/** The same fixtures with all rows in reverse. */
export function reverseFixtures(fixtures: Fixtures): Fixtures {
  const reverse = (found: ReadonlyMap<string, Fixture>): ReadonlyMap<string, Fixture> =>
    new Map(
      [...found].map(([name, { rows, places }]) => [
        name,
        { rows: { columns: rows.columns, rows: rows.rows.toReversed() }, places: places.toReversed() },
      ]),
    );
  return {
    tables: reverse(fixtures.tables),
    watchlists: reverse(fixtures.watchlists),
    functions: reverse(fixtures.functions),
    external: reverse(fixtures.external),
  };
}

/** A run as a text in which no order counts: of alerts, of rows, of what is in a list. */
export function summariseRun({ alerts, result }: DetectionRun): string {
  if (alerts.length === 0) return JSON.stringify(result.rows.map((row) => keyOf(row.map(sorted))).sort());
  return JSON.stringify(
    alerts
      .map(({ title, description, severity, tactics, entities, customDetails, properties, rows }) =>
        JSON.stringify([
          [title, description, severity, [...tactics].sort(), rows.length],
          entities.map(identityOf).sort(),
          Object.entries(customDetails).map(([name, values]) => [name, values.map(sortedText).sort()]),
          properties,
        ]),
      )
      .sort(),
  );
}

function sorted(value: Value): Value {
  if (isBag(value)) return new Map([...value].map(([key, item]) => [key, sorted(item)]));
  if (!isArray(value)) return value;
  return value
    .map(sorted)
    .map((item) => ({ item, key: keyOf([item]) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ item }) => item);
}

/** A list that became text, as in a custom detail: its letters are enough to tell. */
function sortedText(text: string): string {
  return text.startsWith('[') ? Array.from(text).sort().join('') : text;
}
