import { parseDuration } from '../core/duration.ts';
import type { Check } from './check.ts';
import { rangeOf } from './range-of.ts';
import { findTimeBounds } from './time-bounds.ts';

/** A query does not repeat what queryPeriod does already. */
export const windowEqualsPeriod: Check = {
  id: 'window-equals-period',
  severity: 'info',
  summary: 'No time window of the query is as long as queryPeriod.',
  rationale:
    'queryPeriod bounds every table already. The two windows are not even the same: the service runs the query about five ' +
    'minutes after the period ends, so that late data is there, and `now()` counts from the run. The oldest minutes of each ' +
    'period may thus be lost.',
  examples: {
    good: ['query: SigninLogs | where Location == "XX"'],
    bad: ['queryPeriod: 1h\nquery: SigninLogs | where TimeGenerated > ago(1h)'],
  },
  check({ loaded: { detection }, query }, report) {
    if (detection.kind !== 'Scheduled' || query?.tree === undefined) return;
    const period = parseDuration(detection.queryPeriod);
    for (const { comparison, isRecordTime, seconds } of findTimeBounds(query.tree)) {
      if (!isRecordTime || seconds !== period) continue;
      report('/query', `queryPeriod "${detection.queryPeriod}" bounds the query already`, {
        range: rangeOf(comparison),
        hint: 'delete this bound: it counts from the run, some minutes after the period that it is meant to cover',
      });
    }
  },
};
