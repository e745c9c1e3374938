import { compareDiagnostics, type Diagnostic } from '../core/diagnostic.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import { buildScenarios } from './build-scenarios.ts';
import { explainScenario } from './explain-scenario.ts';
import type { FixtureFiles, LoadedTests } from './load-tests.ts';
import { createPreparer, hasQuery, type PreparerContext } from './preparer.ts';
import type { PreparedDetection } from './prepare-detection.ts';
import { runScenario, type ScenarioResult } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';

/** What scenarios are run with. */
export interface TestContext extends PreparerContext {
  readonly schema: WorkspaceSchema;
  readonly files: FixtureFiles;
  /** Explain every scenario, not only those that fail. */
  readonly explainsAll?: boolean;
}

/** What became of the scenarios of one detection. */
export interface DetectionTest {
  readonly loaded: LoadedDetection;
  /** The tests file; undefined if the detection has none. */
  readonly file: string | undefined;
  readonly results: readonly ScenarioResult[];
  /** What is wrong with the scenarios themselves, and what the engine refuses: each once. Sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs every scenario of a detection. One that cannot be run is never a pass: `diagnostics` then holds an error. */
export function testDetection(
  loaded: LoadedDetection,
  tests: LoadedTests | undefined,
  context: TestContext,
): DetectionTest {
  if (tests === undefined || !hasQuery(loaded.detection)) {
    return { loaded, file: tests?.file, results: [], diagnostics: [] };
  }
  const built = buildScenarios(tests, context.schema, context.files);
  const prepareFor = createPreparer(loaded, context);
  const results = built.scenarios.map((scenario): ScenarioResult => {
    const preparation = prepareFor(scenario);
    if ('prepared' in preparation) return runAndExplain(preparation.prepared, scenario, context);
    const { diagnostics } = preparation;
    return { scenario, verdict: 'refused', mismatches: [], diagnostics, dependsOnOrder: false };
  });
  const found = [...built.diagnostics, ...results.flatMap(({ diagnostics }) => [...diagnostics])];
  const distinct = new Map(found.map((each) => [JSON.stringify(each), each]));
  return { loaded, file: tests.file, results, diagnostics: [...distinct.values()].sort(compareDiagnostics) };
}

function runAndExplain(
  prepared: PreparedDetection,
  scenario: Scenario,
  { explainsAll = false }: TestContext,
): ScenarioResult {
  const result = runScenario(prepared, scenario);
  if (result.verdict === 'refused' || (result.verdict === 'passed' && !explainsAll)) return result;
  const explained = explainScenario(prepared, scenario);
  return 'unsupported' in explained ? result : { ...result, explanation: explained };
}
