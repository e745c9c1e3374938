import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';

/** A row of the result says when it happened. */
export const resultWithoutTime: Check = {
  id: 'result-without-time',
  severity: 'warning',
  summary: 'The result of a query that alerts has a column of type datetime, best TimeGenerated.',
  rationale:
    'An alert takes its start and its end from TimeGenerated, and without it from queryPeriod. With no time at all in the row, ' +
    'an analyst must run the query again to learn when it happened.',
  examples: {
    good: [
      'query: SigninLogs | summarize FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated) by UserPrincipalName',
    ],
    bad: ['query: SigninLogs | summarize Failures = count() by UserPrincipalName'],
  },
  check({ loaded: { detection }, query }, report) {
    const result = query?.tree && query.bound.result;
    if (!raisesAlerts(detection) || result === undefined || result.isOpen) return;
    if (result.columns.some(({ type }) => type === 'datetime' || type === 'unknown')) return;
    report('/query', 'the result has no column that says when', {
      part: 'key',
      hint: 'keep TimeGenerated, or summarize its min() and max()',
    });
  },
};
