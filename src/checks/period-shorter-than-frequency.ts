import type { Check } from './check.ts';
import { isShorter } from './duration-range.ts';

/** The query looks back at least as far as its last run. */
export const periodShorterThanFrequency: Check = {
  id: 'period-shorter-than-frequency',
  severity: 'error',
  summary: 'queryPeriod is at least queryFrequency.',
  rationale: 'Events between two periods would never be looked at, so the service refuses the alert rule.',
  examples: {
    good: ['queryFrequency: 1h\nqueryPeriod: 1h', 'queryFrequency: 5m\nqueryPeriod: 1h'],
    bad: ['queryFrequency: 10m\nqueryPeriod: 5m'],
  },
  check({ loaded: { detection } }, report) {
    if (detection.kind !== 'Scheduled') return;
    const { queryFrequency, queryPeriod } = detection;
    if (!isShorter(queryPeriod, queryFrequency)) return;
    report(
      '/queryPeriod',
      `queryPeriod "${queryPeriod}" is shorter than queryFrequency "${queryFrequency}"`,
      {
        hint: `raise queryPeriod to at least ${queryFrequency}, or lower queryFrequency`,
      },
    );
  },
};
