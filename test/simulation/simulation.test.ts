import { bugs } from './bugs.ts';
import { generateScenario } from './generate.ts';
import { renderFailure } from './render-failure.ts';
import { runScenario, shrinkFailure, simulate } from './simulate.ts';

/** Many scenarios on a busy machine. */
const timeout = 300_000;

test(
  'whatever goes wrong, what is not ours stays, no edit is lost unseen, and the next deploy converges',
  async () => {
    const failures = await simulate({ runs: 200, seed: 1 });
    expect(failures.map(renderFailure)).toEqual([]);
  },
  timeout,
);

describe('what once went wrong no longer does:', () => {
  test.each([
    [4619, 'a run that could not read the workspace went on sending requests'],
    [7517, 'an edit came between a plan and its write, and made just what the write would have made'],
    [
      2878,
      'a run could not note what the service had filled in before the next one stopped in the middle of a delete',
    ],
  ])('%i: %s', async (seed) => {
    const failures = await simulate({ runs: 1, seed });
    expect(failures.map(renderFailure)).toEqual([]);
  });
});

test('a seed always gives the same scenario', () => {
  expect(generateScenario(7)).toEqual(generateScenario(7));
  expect(generateScenario(7)).not.toEqual(generateScenario(8));
});

describe('the oracle notices that', () => {
  test.each(Object.keys(bugs))(
    '%s',
    async (bug) => {
      const wrap = bugs[bug]!;
      const [failure] = await simulate({ runs: 60, seed: 1, wrap });
      expect(failure?.violations).not.toHaveLength(0);
      expect(failure).toBeDefined();
      expect(await runScenario(failure!.scenario, wrap)).toEqual(failure!.violations);
    },
    timeout,
  );
});

test(
  'a failure shrinks to what it cannot do without, and still fails',
  async () => {
    const wrap = bugs['metadata is never written']!;
    const [failure] = await simulate({ runs: 1, seed: 1, wrap });
    const smallest = await shrinkFailure(failure!, wrap);
    expect(smallest.violations).not.toEqual([]);
    expect(smallest.scenario.steps.length).toBeLessThan(failure!.scenario.steps.length);
    expect(smallest.scenario.steps.length).toBeLessThanOrEqual(1);
    expect(renderFailure(smallest)).toContain('npm run simulate -- --runs 1 --seed 1 --shrink');
  },
  timeout,
);
