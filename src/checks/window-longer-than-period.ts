import { parseDuration } from '../core/duration.ts';
import type { Check } from './check.ts';
import { formatSeconds } from './format-seconds.ts';
import { rangeOf } from './range-of.ts';
import { findTimeBounds } from './time-bounds.ts';

/** A query looks back no further than its alert rule lets it. */
export const windowLongerThanPeriod: Check = {
  id: 'window-longer-than-period',
  severity: 'warning',
  summary: 'No time window of the query is longer than queryPeriod.',
  rationale:
    'A Scheduled alert rule sees queryPeriod and nothing older, whatever its query asks for. A baseline of two weeks over a ' +
    'period of a day is a baseline of a day, and everything looks new.',
  examples: {
    good: ['queryPeriod: 14d\nquery: SigninLogs | where TimeGenerated > ago(14d)'],
    bad: [
      'queryPeriod: 1d\nquery: SigninLogs | where TimeGenerated > ago(14d)',
      'query: let start = now() - 2h; SigninLogs | where TimeGenerated between (start .. now())',
    ],
  },
  check({ loaded: { detection }, query }, report) {
    if (detection.kind !== 'Scheduled' || query?.tree === undefined) return;
    const period = parseDuration(detection.queryPeriod);
    if (period === undefined) return;
    for (const { comparison, isRecordTime, seconds } of findTimeBounds(query.tree)) {
      if (!isRecordTime || seconds <= period) continue;
      const window = formatSeconds(seconds);
      report(
        '/query',
        `this looks back ${window}, but queryPeriod "${detection.queryPeriod}" ends all data there`,
        {
          range: rangeOf(comparison),
          hint: `raise queryPeriod to at least ${window} (14 days is the most), or shorten the window`,
        },
      );
    }
  },
};
