import { parseDuration } from '../../src/core/duration.ts';
import { alertRuleLimits } from '../../src/sentinel/limits.ts';

test.each([
  ['queryFrequency', 5 * 60, 14 * 86_400],
  ['queryPeriod', 5 * 60, 14 * 86_400],
  ['suppressionDuration', 5 * 60, 86_400],
  ['lookbackDuration', 5 * 60, 7 * 86_400],
] as const)('%s goes from %d to %d seconds', (name, min, max) => {
  const range = alertRuleLimits[name];
  expect([range.min, range.max].map(parseDuration)).toEqual([min, max]);
});
