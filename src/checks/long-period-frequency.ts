import { alertRuleLimits } from '../sentinel/limits.ts';
import type { Check } from './check.ts';
import { isShorter } from './duration-range.ts';

const { longPeriod, longPeriodFrequency: leastFrequency } = alertRuleLimits;

/** A query over days does not run every few minutes. */
export const longPeriodFrequency: Check = {
  id: 'long-period-frequency',
  severity: 'error',
  summary: `With a queryPeriod of ${longPeriod} or more, queryFrequency is at least ${leastFrequency}.`,
  rationale: 'The service refuses to run a query over so much data more often.',
  examples: {
    good: ['queryFrequency: 1h\nqueryPeriod: 14d', 'queryFrequency: 5m\nqueryPeriod: 47h'],
    bad: ['queryFrequency: 30m\nqueryPeriod: 2d'],
  },
  check({ loaded: { detection } }, report) {
    if (detection.kind !== 'Scheduled') return;
    const { queryFrequency, queryPeriod } = detection;
    if (isShorter(queryPeriod, longPeriod) || !isShorter(queryFrequency, leastFrequency)) return;
    report(
      '/queryFrequency',
      `queryFrequency "${queryFrequency}" is too often for queryPeriod "${queryPeriod}": from ${longPeriod} on it is ` +
        `${leastFrequency} at least`,
      { hint: `raise queryFrequency to ${leastFrequency}, or lower queryPeriod below ${longPeriod}` },
    );
  },
};
