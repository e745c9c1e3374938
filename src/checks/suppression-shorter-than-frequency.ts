import type { Check } from './check.ts';
import { isShorter } from './duration-range.ts';

/** Suppression lasts at least until the next run. */
export const suppressionShorterThanFrequency: Check = {
  id: 'suppression-shorter-than-frequency',
  severity: 'error',
  summary: 'With suppression on, suppressionDuration is at least queryFrequency.',
  rationale: 'It would be over before the query runs again, and suppress nothing. The service refuses it.',
  examples: {
    good: ['queryFrequency: 1h\nsuppressionEnabled: true\nsuppressionDuration: 1h'],
    bad: ['queryFrequency: 1h\nsuppressionEnabled: true\nsuppressionDuration: 30m'],
  },
  check({ loaded: { detection } }, report) {
    if (detection.kind !== 'Scheduled' || !detection.suppressionEnabled) return;
    const { suppressionDuration, queryFrequency } = detection;
    if (!isShorter(suppressionDuration, queryFrequency)) return;
    report(
      '/suppressionDuration',
      `suppressionDuration "${suppressionDuration}" is shorter than queryFrequency "${queryFrequency}"`,
      { hint: `raise suppressionDuration to at least ${queryFrequency}` },
    );
  },
};
