#!/usr/bin/env node
/**
 * `npm run simulate -- [--runs N] [--seed S] [--shrink] [--verbose]`: deploys against embedded workspaces in which everything goes
 * wrong, at random but always the same way for a seed. Exit code 1 if a run broke a promise of docs/deploying-safely.md.
 */
import { parseArgs } from 'node:util';
import { renderFailure } from '../test/simulation/render-failure.ts';
import { shrinkFailure, simulate } from '../test/simulation/simulate.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    failures: { type: 'string', default: '1' },
    shrink: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});
const [runs, seed, maxFailures] = [values.runs, values.seed, values.failures].map(Number);
if (
  ![runs, seed, maxFailures].every((value) => value !== undefined && Number.isInteger(value) && value >= 0)
) {
  throw new Error('usage: npm run simulate -- [--runs N] [--seed S] [--failures N] [--shrink] [--verbose]');
}

const startedAt = performance.now();
let done = 0;
const failures = await simulate({
  runs: runs ?? 0,
  seed: seed ?? 0,
  maxFailures: maxFailures ?? 1,
  onRun: (of, failure) => {
    done++;
    if (values.verbose)
      console.log(`${of}: ${failure === undefined ? 'passed' : failure.violations.join('; ')}`);
    else if (done % 1_000 === 0) console.log(`${done} runs`);
  },
});
for (const failure of failures) {
  console.log(renderFailure(values.shrink ? await shrinkFailure(failure) : failure));
}
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
console.log(`${done} runs in ${seconds} s from seed ${values.seed}, ${failures.length} failed`);
if (failures.length > 0) process.exitCode = 1;
