import type { Diagnostic } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import type { JsonObject } from '../core/json.ts';
import { emptyOf } from '../engine/convert.ts';
import { parseDatetime } from '../engine/datetime-text.ts';
import type { Datetime } from '../engine/value.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import type {
  AuthoredDefaults,
  AuthoredExpectation,
  AuthoredFixtures,
  AuthoredRows,
  AuthoredScenario,
} from './authored-tests.ts';
import { buildFixture, type Fixture, type FixtureShape } from './build-fixture.ts';
import {
  externalShape,
  functionShape,
  tableShape,
  watchlistShape,
  type ShapeResult,
} from './fixture-shapes.ts';
import type { FixtureFiles, LoadedTests } from './load-tests.ts';
import { readRowSources } from './row-source.ts';
import type { Fixtures, Scenario } from './scenario.ts';

/** The time at which a scenario runs that names none. */
export const defaultNow = '2026-01-15T12:00:00Z';

/** Scenarios with typed rows; a scenario with an error in its rows is left out. */
export interface BuiltScenarios {
  readonly scenarios: readonly Scenario[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes scenarios of a tests file: the defaults filled in, the rows of tables and the rest held against the schema of the
 * workspace. Everything that is wrong is said, at its place.
 */
export function buildScenarios(
  tests: LoadedTests,
  schema: WorkspaceSchema,
  files: FixtureFiles,
): BuiltScenarios {
  const { document, authored } = tests;
  const defaults = authored.defaults ?? {};
  const scenarios: Scenario[] = [];
  const diagnostics = new Map<string, Diagnostic>();
  for (const [index, scenario] of authored.scenarios.entries()) {
    if (scenario === null) continue;
    const pointer = joinPointer('/scenarios', index);
    const now = parseDatetime(scenario.now ?? defaults.now ?? defaultNow);
    if (now === null) {
      const place = scenario.now === undefined ? '/defaults/now' : joinPointer(pointer, 'now');
      const fault = invalidTime(tests, place, scenario.now ?? defaults.now ?? '');
      diagnostics.set(JSON.stringify(fault), fault);
      continue;
    }
    const reader = createReader(tests, schema, files, now);
    const fixtures = readFixtures(reader, defaults, scenario, pointer);
    // What is wrong in the defaults is wrong in every scenario, and said once.
    for (const each of reader.diagnostics) diagnostics.set(JSON.stringify(each), each);
    if (reader.diagnostics.length > 0) continue;
    const environment = scenario.environment ?? defaults.environment;
    scenarios.push({
      name: scenario.name,
      document,
      pointer,
      span: document.spanOf(joinPointer(pointer, 'name')),
      now,
      settings: {
        ...(environment === undefined ? {} : { environment }),
        parameters: { ...defaults.parameters, ...scenario.parameters },
      },
      fixtures,
      expect: toExpectation(scenario),
    });
  }
  return { scenarios, diagnostics: [...diagnostics.values()] };
}

function toExpectation({ expect }: AuthoredScenario): AuthoredExpectation {
  return expect === 'none' ? { rows: 0, alerts: 0 } : expect;
}

function invalidTime({ file, document }: LoadedTests, pointer: string, text: string): Diagnostic {
  return {
    code: 'invalid-value',
    severity: 'error',
    message: `"${text}" is no time`,
    file,
    span: document.spanOf(pointer),
    hint: 'write it like 2026-01-15T12:00:00Z',
  };
}

/** Reads rows at pointers of one tests file, for one point in time. */
interface RowReader {
  readonly diagnostics: Diagnostic[];
  readonly read: (shape: FixtureShape, pointer: string, rows: AuthoredRows, defaults?: JsonObject) => Fixture;
  readonly refuse: (pointer: string, problem: string, hint: string) => void;
  readonly schema: WorkspaceSchema;
}

function createReader(
  { file, document }: LoadedTests,
  schema: WorkspaceSchema,
  files: FixtureFiles,
  now: Datetime,
): RowReader {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    schema,
    read: (shape, pointer, rows, defaults) => {
      const read = readRowSources(document, pointer, rows, files);
      const built = buildFixture(shape, read.sources, now, defaults);
      diagnostics.push(...read.diagnostics, ...built.diagnostics);
      return built.fixture;
    },
    refuse: (pointer, message, hint) => {
      const span = document.spanOf(pointer, 'key');
      diagnostics.push({ code: 'fixture-unknown-table', severity: 'error', message, file, span, hint });
    },
  };
}

/** The rows of tables are those of the defaults and then the scenario's own; anything else the scenario replaces by name. */
function readFixtures(
  reader: RowReader,
  defaults: AuthoredDefaults,
  scenario: AuthoredScenario,
  pointer: string,
): Fixtures {
  const { schema } = reader;
  const owners = [
    { authored: defaults, pointer: '/defaults' },
    { authored: scenario, pointer },
  ];
  const collect = (
    key: keyof AuthoredFixtures,
    shapeOf: (name: string) => ShapeResult,
    merge: (earlier: Fixture, later: Fixture) => Fixture,
  ): ReadonlyMap<string, Fixture> => {
    const found = new Map<string, Fixture>();
    for (const owner of owners) {
      for (const [name, rows] of Object.entries(owner.authored[key] ?? {})) {
        const place = joinPointer(owner.pointer, key, name);
        const result = shapeOf(name);
        if ('problem' in result) {
          reader.refuse(place, result.problem, result.hint);
          continue;
        }
        const fixture = reader.read(result.shape, place, rows, defaults.columns?.[name]);
        const earlier = found.get(name);
        found.set(name, earlier === undefined ? fixture : merge(earlier, fixture));
      }
    }
    return found;
  };
  const replace = (_earlier: Fixture, later: Fixture): Fixture => later;
  return {
    tables: collect('given', (name) => tableShape(schema, name), joinFixtures),
    watchlists: collect('watchlists', (alias) => ({ shape: watchlistShape(schema, alias) }), replace),
    functions: collect('functions', (name) => functionShape(schema, name), replace),
    external: collect('external', (address) => ({ shape: externalShape(address) }), replace),
  };
}

/** Rows of one table from two places; a column that one of them lacks is empty there. */
export function joinFixtures(a: Fixture, b: Fixture): Fixture {
  const columns = [...a.rows.columns];
  for (const column of b.rows.columns) {
    if (!columns.some(({ name }) => name === column.name)) columns.push(column);
  }
  const arrange = ({ rows }: Fixture): Fixture['rows']['rows'] => {
    const places = columns.map(({ name }) => rows.columns.findIndex((column) => column.name === name));
    return rows.rows.map((row) =>
      places.map((place, index) => row[place] ?? emptyOf(columns[index]?.type ?? 'unknown')),
    );
  };
  return {
    rows: { columns, rows: [...arrange(a), ...arrange(b)] },
    places: [...a.places, ...b.places],
  };
}
