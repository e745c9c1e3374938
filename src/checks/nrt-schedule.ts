import { isJsonObject } from '../core/json.ts';
import type { Check } from './check.ts';

const scheduleKeys = ['queryFrequency', 'queryPeriod', 'triggerOperator', 'triggerThreshold'] as const;

/** A near-real-time detection has no schedule and no threshold, so it does not pretend to. */
export const nrtSchedule: Check = {
  id: 'nrt-schedule',
  severity: 'warning',
  summary: 'An NRT detection has no queryFrequency, queryPeriod, triggerOperator or triggerThreshold.',
  rationale:
    'An NRT alert rule runs about every minute over what arrived since, and alerts on any result. It has none of these ' +
    'properties, so what is written there is lost.',
  examples: {
    good: ['kind: NRT'],
    bad: [
      'kind: NRT\nqueryFrequency: 1d\nqueryPeriod: 14d',
      'kind: NRT\ntriggerOperator: gt\ntriggerThreshold: 5',
    ],
  },
  check({ loaded: { detection, document } }, report) {
    if (detection.kind !== 'NRT' || !isJsonObject(document.data)) return;
    for (const key of scheduleKeys) {
      const value = document.data[key];
      if (value === undefined || value === null) continue;
      report(`/${key}`, `${key} ${JSON.stringify(value)} has no effect in an NRT detection`, {
        part: 'key',
        hint: 'delete it, or make the detection Scheduled',
      });
    }
  },
};
