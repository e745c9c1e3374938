import { parseDuration } from '../core/duration.ts';
import type { Check } from './check.ts';
import { formatSeconds } from './format-seconds.ts';
import { rangeOf } from './range-of.ts';
import { findTimeBounds } from './time-bounds.ts';

/** A query leaves no gap between one run and the next. */
export const windowShorterThanFrequency: Check = {
  id: 'window-shorter-than-frequency',
  severity: 'warning',
  summary: 'No time window of the query is shorter than queryFrequency.',
  rationale: 'What happens between the end of one window and the start of the next is never looked at.',
  examples: {
    good: ['queryFrequency: 1h\nqueryPeriod: 14d\nquery: SigninLogs | where TimeGenerated > ago(70m)'],
    bad: ['queryFrequency: 1h\nqueryPeriod: 14d\nquery: SigninLogs | where TimeGenerated > ago(10m)'],
  },
  check({ loaded: { detection }, query }, report) {
    if (detection.kind !== 'Scheduled' || query?.tree === undefined) return;
    const frequency = parseDuration(detection.queryFrequency);
    if (frequency === undefined) return;
    for (const { comparison, isRecordTime, seconds } of findTimeBounds(query.tree)) {
      if (!isRecordTime || seconds >= frequency || seconds <= 0) continue;
      report(
        '/query',
        `this looks back ${formatSeconds(seconds)}, but the query runs every ${detection.queryFrequency}`,
        {
          range: rangeOf(comparison),
          hint: `look back at least ${detection.queryFrequency}, or run the query more often`,
        },
      );
    }
  },
};
