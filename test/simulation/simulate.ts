import { generateScenario } from './generate.ts';
import type { Scenario } from './scenario.ts';
import { shrinkScenario } from './shrink.ts';
import { warmUp, type StoreWrapper } from './tool.ts';
import { World } from './world.ts';

/** A scenario in which the tool did what it must not do. */
export interface Failure {
  readonly scenario: Scenario;
  readonly violations: readonly string[];
}

/** How a simulation is run. */
export interface SimulateOptions {
  readonly runs: number;
  /** The first seed; the others follow. */
  readonly seed: number;
  /** Stops at so many failures; 1 by default. */
  readonly maxFailures?: number;
  /** Told after each run. */
  readonly onRun?: (seed: number, failure: Failure | undefined) => void;
  readonly wrap?: StoreWrapper;
}

/** Runs the scenarios of consecutive seeds, and gives those that failed. */
export async function simulate(options: SimulateOptions): Promise<readonly Failure[]> {
  const { maxFailures = 1, onRun = () => undefined, runs, seed, wrap } = options;
  const failures: Failure[] = [];
  for (let index = 0; index < runs && failures.length < maxFailures; index++) {
    const scenario = generateScenario(seed + index);
    const violations = await runScenario(scenario, wrap);
    const failure = violations.length === 0 ? undefined : { scenario, violations };
    if (failure !== undefined) failures.push(failure);
    onRun(seed + index, failure);
  }
  return failures;
}

/** Runs one scenario to its end, and gives what was wrong, as sentences. It ends at the first step at which anything was. */
export async function runScenario(
  scenario: Scenario,
  wrap: StoreWrapper = (store) => store,
): Promise<readonly string[]> {
  await warmUp();
  const world = new World(scenario, wrap);
  for (const step of scenario.steps) {
    await world.do(step);
    if (world.violations.length > 0) return world.violations;
  }
  await world.settle();
  return world.violations;
}

/** Takes away from a failing scenario whatever it fails without. */
export async function shrinkFailure({ scenario }: Failure, wrap?: StoreWrapper): Promise<Failure> {
  const smallest = await shrinkScenario(
    scenario,
    async (candidate) => (await runScenario(candidate, wrap)).length > 0,
  );
  return { scenario: smallest, violations: await runScenario(smallest, wrap) };
}
