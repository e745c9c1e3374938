import { alertRuleLimits } from '../sentinel/limits.ts';
import type { Check } from './check.ts';
import { reportOutsideRange } from './duration-range.ts';

const { queryFrequency, queryPeriod } = alertRuleLimits;

/** Frequency and period are within what the service schedules. */
export const queryScheduleRange: Check = {
  id: 'query-schedule-range',
  severity: 'error',
  summary: `queryFrequency and queryPeriod are from ${queryFrequency.min} to ${queryFrequency.max}.`,
  rationale: 'The service refuses a schedule outside this range. For a shorter delay there is kind NRT.',
  examples: {
    good: ['queryFrequency: 5m\nqueryPeriod: 5m', 'queryFrequency: 14d\nqueryPeriod: 14d'],
    bad: ['queryFrequency: 1m', 'queryPeriod: 30d'],
  },
  check({ loaded: { detection } }, report) {
    if (detection.kind !== 'Scheduled') return;
    reportOutsideRange(report, '/queryFrequency', detection.queryFrequency, queryFrequency);
    reportOutsideRange(report, '/queryPeriod', detection.queryPeriod, queryPeriod);
  },
};
