import type { Diagnostic } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import { parseDatetime } from '../engine/datetime-text.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import type { AuthoredScenario } from './authored-tests.ts';
import { isFiring } from './expected-outcome.ts';
import type { FixtureFiles, LoadedTests } from './load-tests.ts';
import { readFixtures } from './read-fixtures.ts';
import type { Expectation, Scenario } from './scenario.ts';

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
  const { columns } = defaults;
  const scenarios: Scenario[] = [];
  const diagnostics = new Map<string, Diagnostic>();
  // What is wrong in the defaults is wrong in every scenario, and said once.
  const report = (each: Diagnostic): unknown => diagnostics.set(JSON.stringify(each), each);
  for (const [index, scenario] of authored.scenarios.entries()) {
    if (scenario === null) continue;
    const pointer = joinPointer('/scenarios', index);
    const now = parseDatetime(scenario.now ?? defaults.now ?? defaultNow);
    if (now === null) {
      report(invalidTime(tests, scenario, pointer));
      continue;
    }
    const owners = [
      { document, pointer: '/defaults', authored: defaults, columns },
      { document, pointer, authored: scenario, columns },
    ];
    const { fixtures, diagnostics: found } = readFixtures(owners, { schema, files, now });
    found.forEach(report);
    if (found.length > 0) continue;
    const environment = scenario.environment ?? defaults.environment;
    const expect = toExpectation(scenario);
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
      expect,
      isFiring: isFiring(expect),
    });
  }
  return { scenarios, diagnostics: [...diagnostics.values()] };
}

function toExpectation({ expect }: AuthoredScenario): Expectation {
  return expect === 'none' ? { none: true } : expect;
}

function invalidTime(
  { file, document, authored }: LoadedTests,
  { now }: AuthoredScenario,
  pointer: string,
): Diagnostic {
  return {
    code: 'invalid-value',
    severity: 'error',
    message: `"${now ?? authored.defaults?.now ?? ''}" is no time`,
    file,
    span: document.spanOf(now === undefined ? '/defaults/now' : joinPointer(pointer, 'now')),
    hint: 'write it like 2026-01-15T12:00:00Z',
  };
}
