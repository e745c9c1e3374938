import type { Diagnostic } from '../../core/diagnostic.ts';
import { Datetime } from '../../engine/value.ts';
import type { PreparedDetection } from '../prepare-detection.ts';
import { createPreparer, type PreparerContext } from '../preparer.ts';
import type { Scenario } from '../scenario.ts';
import type { DetectionTest } from '../test-detection.ts';
import { emitScenario, prepareEmission, type Emission } from './emit-scenario.ts';
import { createEngineRunner, type QueryRunner } from './query-runner.ts';

/** A scenario and the one query that it is. */
export interface EmittedQuery {
  readonly scenario: Scenario;
  /** Counts the scenarios of the detection from 1. */
  readonly number: number;
  readonly query: string;
}

/** 2001-01-01: no scenario runs then, so that a clock that was not stopped is noticed. */
const otherTime = new Datetime(631_139_040_000_000_000n);

/**
 * Renders every scenario of a tested detection as a query of its own. Scenarios that were refused are left out, since their
 * findings are known; what cannot be emitted is said at its line.
 */
export async function emitDetection(
  { loaded, results }: DetectionTest,
  context: PreparerContext,
  runner: QueryRunner = createEngineRunner(otherTime),
): Promise<{ readonly queries: readonly EmittedQuery[]; readonly diagnostics: readonly Diagnostic[] }> {
  const prepareFor = createPreparer(loaded, context);
  const emissions = new Map<PreparedDetection, Emission>();
  const queries: EmittedQuery[] = [];
  const diagnostics = new Map<string, Diagnostic>();
  for (const [index, { scenario, verdict }] of results.entries()) {
    const preparation = verdict === 'refused' ? undefined : prepareFor(scenario);
    if (preparation === undefined || !('prepared' in preparation)) continue;
    const { prepared } = preparation;
    const emission = emissions.get(prepared) ?? prepareEmission(prepared);
    emissions.set(prepared, emission);
    const emitted = await emitScenario(emission, scenario, runner);
    if ('query' in emitted) queries.push({ scenario, number: index + 1, query: emitted.query });
    else for (const each of emitted.diagnostics) diagnostics.set(JSON.stringify(each), each);
  }
  return { queries, diagnostics: [...diagnostics.values()] };
}
