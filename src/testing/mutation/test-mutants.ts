import type { Diagnostic } from '../../core/diagnostic.ts';
import type { LoadedDetection } from '../../detection/loaded-detection.ts';
import type { WorkspaceSchema } from '../../kql/schemas/workspace-schema.ts';
import type { LoadedTests } from '../load-tests.ts';
import { prepareDetection, type PreparedDetection } from '../prepare-detection.ts';
import { asItIs, createPreparer, type PreparerContext } from '../preparer.ts';
import { judgeScenario } from '../run-scenario.ts';
import type { Scenario } from '../scenario.ts';
import type { DetectionTest } from '../test-detection.ts';
import { checkEquivalents } from './check-equivalents.ts';
import { findMutants, type Mutant } from './find-mutants.ts';

/**
 * `equivalent`: the tests file says why no scenario can tell it from the detection. `not-judged`: it does not bind, or the
 * engine refuses it.
 */
export type MutantVerdict = 'killed' | 'survived' | 'equivalent' | 'not-judged';

/** What became of a mutant. */
export interface MutantResult {
  readonly mutant: Mutant;
  readonly verdict: MutantVerdict;
  /** The scenario that fails with it. */
  readonly killer?: string;
  /** Of an equivalent one. */
  readonly reason?: string;
}

/** How well the scenarios of a detection notice that it is broken. */
export interface MutationTest {
  readonly loaded: LoadedDetection;
  /** The tests file; undefined if the detection has none. */
  readonly file: string | undefined;
  /** In the order of the detection's file. */
  readonly results: readonly MutantResult[];
  /** Killed mutants of those that are judged and not equivalent: 0 to 1; 1 if there are none. */
  readonly score: number;
  /** What is wrong with the list of equivalent mutants. */
  readonly diagnostics: readonly Diagnostic[];
}

/** True if a detection has scenarios and all of them passed: one that fails by itself notices nothing. */
export function canBreak({ results }: DetectionTest): boolean {
  return results.length > 0 && results.every(({ verdict }) => verdict === 'passed');
}

interface Case {
  readonly prepared: PreparedDetection;
  readonly scenarios: readonly Scenario[];
}

/**
 * Breaks a detection in every known way, one at a time, and looks whether one of its scenarios notices.
 *
 * @param test one that `canBreak`
 * @param onMutant is told before each mutant how many were tried, of how many; a promise that it gives is waited for
 */
export async function testMutants(
  { loaded, results: passed }: DetectionTest,
  tests: LoadedTests | undefined,
  context: PreparerContext,
  onMutant: (done: number, total: number) => Promise<void> | void = () => undefined,
): Promise<MutationTest> {
  const cases = collectCases(
    loaded,
    passed.map(({ scenario }) => scenario),
    context,
  );
  const equivalents = tests?.authored.equivalentMutants ?? [];
  const reasons = new Map(equivalents.map(({ mutant, reason }) => [mutant, reason]));
  const mutants = findMutants(asAuthored(loaded, cases, context));
  const kills = new Map<Scenario, number>();
  const results: MutantResult[] = [];
  for (const [index, mutant] of mutants.entries()) {
    await onMutant(index, mutants.length);
    const trial = tryMutant(mutant, byKills(cases, kills), context.schema);
    if (typeof trial === 'object') kills.set(trial, (kills.get(trial) ?? 0) + 1);
    results.push(toResult(mutant, trial, reasons.get(mutant.id)));
  }
  return {
    loaded,
    file: tests?.file,
    results,
    score: scoreOf(results),
    diagnostics: tests === undefined ? [] : checkEquivalents(tests, results),
  };
}

/** Killed mutants of those that are judged and not equivalent; 1 if there are none. */
export function scoreOf(results: readonly MutantResult[]): number {
  const count = (wanted: MutantVerdict): number => results.filter(({ verdict }) => verdict === wanted).length;
  const [killed, survived] = [count('killed'), count('survived')];
  return killed + survived === 0 ? 1 : killed / (killed + survived);
}

/** The scenarios by what the detection is to them. */
function collectCases(
  loaded: LoadedDetection,
  scenarios: readonly Scenario[],
  context: PreparerContext,
): readonly Case[] {
  const prepareFor = createPreparer(loaded, context);
  const cases = new Map<PreparedDetection, Scenario[]>();
  for (const scenario of scenarios) {
    const preparation = prepareFor(scenario);
    if (!('prepared' in preparation)) throw new TypeError(`"${scenario.name}" cannot be run`);
    const { prepared } = preparation;
    cases.set(prepared, [...(cases.get(prepared) ?? []), scenario]);
  }
  return [...cases].map(([prepared, own]) => ({ prepared, scenarios: own }));
}

/** Mutants are those of the detection without what a scenario sets, if it can be run that way. */
function asAuthored(
  loaded: LoadedDetection,
  cases: readonly Case[],
  context: PreparerContext,
): PreparedDetection {
  const preparation = createPreparer(loaded, context)(asItIs(loaded));
  if ('prepared' in preparation) return preparation.prepared;
  const [first] = cases;
  if (first === undefined) throw new TypeError(`"${loaded.file}" has no scenario`);
  return first.prepared;
}

/** The scenarios that killed most come first: they are likely to kill the next one, too. */
function byKills(cases: readonly Case[], kills: ReadonlyMap<Scenario, number>): readonly Case[] {
  const killsOf = (scenario: Scenario): number => kills.get(scenario) ?? 0;
  const total = ({ scenarios }: Case): number => scenarios.reduce((sum, each) => sum + killsOf(each), 0);
  return cases
    .map((each) => ({
      ...each,
      scenarios: each.scenarios.toSorted((a, b) => killsOf(b) - killsOf(a)),
    }))
    .sort((a, b) => total(b) - total(a));
}

/** The scenario that fails first, if one does; `refused` if none does and one cannot be run. */
function tryMutant(
  mutant: Mutant,
  cases: readonly Case[],
  schema: WorkspaceSchema,
): Scenario | 'survived' | 'refused' {
  let isRefused = false;
  for (const { prepared, scenarios } of cases) {
    const broken = breakPrepared(mutant, prepared, schema);
    if (broken === undefined) continue;
    if (broken === 'refused') return 'refused';
    for (const scenario of scenarios) {
      const { verdict } = judgeScenario(broken, scenario);
      if (verdict === 'failed') return scenario;
      isRefused ||= verdict === 'refused';
    }
  }
  return isRefused ? 'refused' : 'survived';
}

/** A query that changes is bound again; one whose detection alone changes is not. */
function breakPrepared(
  mutant: Mutant,
  prepared: PreparedDetection,
  schema: WorkspaceSchema,
): PreparedDetection | 'refused' | undefined {
  const { detection, loaded } = prepared;
  const broken = mutant.breakDetection(detection);
  if (broken === undefined) return undefined;
  if (broken.query === detection.query && broken.parameters === detection.parameters)
    return { ...prepared, detection: broken };
  const preparation = prepareDetection(loaded, broken, schema);
  return 'prepared' in preparation ? preparation.prepared : 'refused';
}

function toResult(
  mutant: Mutant,
  trial: ReturnType<typeof tryMutant>,
  reason: string | undefined,
): MutantResult {
  if (trial === 'refused') return { mutant, verdict: 'not-judged' };
  if (typeof trial === 'object') return { mutant, verdict: 'killed', killer: trial.name };
  return reason === undefined ? { mutant, verdict: 'survived' } : { mutant, verdict: 'equivalent', reason };
}
