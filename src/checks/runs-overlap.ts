import { parseDuration } from '../core/duration.ts';
import type { ScheduledDetection } from '../detection/detection.ts';
import type { Check } from './check.ts';
import { findTimeBounds } from './time-bounds.ts';

/** An activity is alerted on once, not by every run that still sees it. */
export const runsOverlap: Check = {
  id: 'runs-overlap',
  severity: 'warning',
  summary:
    'If queryPeriod spans several runs, the query says what is new, or suppression bridges the period.',
  rationale:
    'Each run sees the whole period. Without a condition such as `TimeGenerated > ago(70m)` the same records raise an alert in ' +
    'every run until the period has passed them.',
  examples: {
    good: [
      'queryFrequency: 1h\nqueryPeriod: 1d\nquery: SigninLogs | summarize LastSeen = max(TimeGenerated) by UserPrincipalName | where LastSeen > ago(70m)',
      'queryFrequency: 1h\nqueryPeriod: 1d\nsuppressionEnabled: true\nsuppressionDuration: 1d',
    ],
    bad: ['queryFrequency: 1h\nqueryPeriod: 1d'],
  },
  check({ loaded: { detection }, query }, report) {
    if (detection.kind !== 'Scheduled' || query?.tree === undefined) return;
    const [frequency, period] = [
      parseDuration(detection.queryFrequency),
      parseDuration(detection.queryPeriod),
    ];
    if (frequency === undefined || period === undefined || period < 2 * frequency) return;
    if (isSuppressed(detection, period)) return;
    if (findTimeBounds(query.tree).some(({ seconds }) => seconds < 2 * frequency)) return;
    report(
      '/queryPeriod',
      `each record is seen by ${Math.floor(period / frequency)} runs, and may raise an alert in each of them`,
      {
        hint: `ask for what is new, such as "TimeGenerated > ago(…)" with a little more than ${detection.queryFrequency}, or lower queryPeriod`,
      },
    );
  },
};

function isSuppressed(detection: ScheduledDetection, period: number): boolean {
  return detection.suppressionEnabled && (parseDuration(detection.suppressionDuration) ?? 0) >= period;
}
