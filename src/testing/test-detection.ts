import { compareDiagnostics, type Diagnostic } from '../core/diagnostic.ts';
import { hasQuery } from '../checks/detection-kinds.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import { toBenignScenario } from './benign-scenario.ts';
import { buildScenarios } from './build-scenarios.ts';
import { checkScenario } from './check-scenario.ts';
import { explainScenario } from './explain-scenario.ts';
import type { FixtureFiles, LoadedBenign, LoadedTests } from './load-tests.ts';
import type { PreparedDetection } from './prepare-detection.ts';
import { asItIs, createPreparer, type Preparer, type PreparerContext } from './preparer.ts';
import { runScenario, type ScenarioResult } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';

/** What scenarios are run with. */
export interface TestContext extends PreparerContext {
  readonly files: FixtureFiles;
  /** Rows that no detection may alert on. */
  readonly benign?: readonly LoadedBenign[];
  /** Explain every scenario, not only those that fail. */
  readonly explainsAll?: boolean;
}

/** A construct of a query that the workspace estimates (`approximate`), or whose answer is arbitrary. */
export interface QueryNote {
  readonly kind: 'approximate' | 'arbitrary';
  readonly construct: string;
  /** In the detection's file, from 1. */
  readonly line: number;
}

/** What became of the scenarios of one detection. */
export interface DetectionTest {
  readonly loaded: LoadedDetection;
  /** The tests file; undefined if the detection has none. */
  readonly file: string | undefined;
  /** Of its own scenarios in the order of the file, then of benign rows. */
  readonly results: readonly ScenarioResult[];
  /** What of the query the workspace may answer otherwise than the engine, which is exact and keeps the order of rows. */
  readonly notes: readonly QueryNote[];
  /** What is wrong with the scenarios themselves, and what the engine refuses: each once. Sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs every scenario of a detection. One that cannot be run is never a pass: `diagnostics` then holds an error. */
export function testDetection(
  loaded: LoadedDetection,
  tests: LoadedTests | undefined,
  context: TestContext,
): DetectionTest {
  if (!hasQuery(loaded.detection))
    return { loaded, file: tests?.file, results: [], notes: [], diagnostics: [] };
  const prepareFor = createPreparer(loaded, context);
  const own =
    tests === undefined
      ? { scenarios: [], diagnostics: [] }
      : buildScenarios(tests, context.schema, context.files);
  const benign = benignScenarios(tests, prepareFor, context, loaded);
  const results = [...own.scenarios, ...benign.scenarios].map((scenario) =>
    tryScenario(prepareFor, scenario, context),
  );
  const found = [
    ...own.diagnostics,
    ...benign.diagnostics,
    ...results.flatMap(({ diagnostics }) => [...diagnostics]),
  ];
  const distinct = new Map(found.map((each) => [JSON.stringify(each), each]));
  return {
    loaded,
    file: tests?.file,
    results,
    notes: results.length === 0 ? [] : notesOf(loaded, prepareFor),
    diagnostics: [...distinct.values()].sort(compareDiagnostics),
  };
}

function tryScenario(prepareFor: Preparer, scenario: Scenario, context: TestContext): ScenarioResult {
  const preparation = prepareFor(scenario);
  const refuse = (diagnostics: readonly Diagnostic[]): ScenarioResult => {
    return { scenario, verdict: 'refused', mismatches: [], diagnostics, dependsOnOrder: false };
  };
  if ('diagnostics' in preparation) return refuse(preparation.diagnostics);
  const findings = checkScenario(preparation.prepared, scenario);
  if (findings.some(({ severity }) => severity === 'error')) return refuse(findings);
  const result = runAndExplain(preparation.prepared, scenario, context);
  return { ...result, diagnostics: [...findings, ...result.diagnostics] };
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

function notesOf(loaded: LoadedDetection, prepareFor: Preparer): readonly QueryNote[] {
  const preparation = prepareFor(asItIs(loaded));
  if ('diagnostics' in preparation) return [];
  return preparation.prepared.plan.flags.map(({ reason, construct, start, length }) => {
    const { line } = loaded.document.spanWithin('/query', start, start + length).start;
    return { kind: reason, construct, line };
  });
}

/** Benign rows are tried on the detection as it is by default: as authored, or as the environment has it. */
function benignScenarios(
  tests: LoadedTests | undefined,
  prepareFor: Preparer,
  { benign = [], schema, files }: TestContext,
  loaded: LoadedDetection,
): { readonly scenarios: readonly Scenario[]; readonly diagnostics: readonly Diagnostic[] } {
  if (benign.length === 0 || tests?.authored.skipBenign !== undefined)
    return { scenarios: [], diagnostics: [] };
  const preparation = prepareFor(asItIs(loaded));
  if ('diagnostics' in preparation) return { scenarios: [], diagnostics: preparation.diagnostics };
  const built = benign.map((each) => toBenignScenario(each, preparation.prepared, tests, { schema, files }));
  return {
    scenarios: built.flatMap(({ scenario }) => scenario ?? []),
    diagnostics: built.flatMap(({ diagnostics }) => [...diagnostics]),
  };
}
