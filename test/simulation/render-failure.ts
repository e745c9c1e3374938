import type { Failure } from './simulate.ts';

/** A failure for people: what is wrong, what was done, and how to see it again. */
export function renderFailure({ scenario, violations }: Failure): string {
  const { detections, seed, service, steps } = scenario;
  return [
    `seed ${seed} failed:`,
    ...violations.map((violation) => `  - ${violation}`),
    `  service: ${JSON.stringify(service)}`,
    ...detections.map((detection, index) => `  detection ${index}: ${JSON.stringify(detection)}`),
    ...steps.map((step, index) => `  step ${index + 1}: ${JSON.stringify(step)}`),
    `  again: npm run simulate -- --runs 1 --seed ${seed} --shrink`,
    '',
  ].join('\n');
}
