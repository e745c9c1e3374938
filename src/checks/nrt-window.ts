import type { Check } from './check.ts';
import { rangeOf } from './range-of.ts';
import { findTimeBounds } from './time-bounds.ts';

/** A near-real-time query has no time window. */
export const nrtWindow: Check = {
  id: 'nrt-window',
  severity: 'warning',
  summary: 'The query of an NRT detection does not bound TimeGenerated.',
  rationale:
    'An NRT alert rule sees what was ingested in the last minute, however old it is. A window cannot widen that; it only drops ' +
    'what arrives late.',
  examples: {
    good: ['kind: NRT'],
    bad: ['kind: NRT\nquery: SigninLogs | where TimeGenerated > ago(1h)'],
  },
  check({ loaded: { detection }, query }, report) {
    if (detection.kind !== 'NRT' || query?.tree === undefined) return;
    for (const { comparison, isRecordTime } of findTimeBounds(query.tree)) {
      if (!isRecordTime) continue;
      report('/query', 'an NRT query sees one minute of data, whatever its window', {
        range: rangeOf(comparison),
        hint: 'delete this bound, or make the detection Scheduled',
      });
    }
  },
};
