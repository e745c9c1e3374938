import { alertRuleLimits } from '../sentinel/limits.ts';
import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { reportOutsideRange } from './duration-range.ts';
import { groupingExample } from './grouping-example.ts';

const range = alertRuleLimits.lookbackDuration;
const allEntities = groupingExample('matchingMethod: AllEntities');

/** Alerts are grouped over a time that the service allows. */
export const lookbackRange: Check = {
  id: 'lookback-range',
  severity: 'error',
  summary: `lookbackDuration is from ${range.min} to ${range.max}.`,
  rationale: 'The service groups alerts into an incident over no shorter and no longer time.',
  examples: {
    good: [allEntities],
    bad: [allEntities.replace('5h', '1m'), allEntities.replace('5h', '14d')],
  },
  check({ loaded: { detection } }, report) {
    const lookback = raisesAlerts(detection)
      ? detection.incidentConfiguration?.groupingConfiguration?.lookbackDuration
      : undefined;
    if (lookback === undefined) return;
    reportOutsideRange(
      report,
      '/incidentConfiguration/groupingConfiguration/lookbackDuration',
      lookback,
      range,
    );
  },
};
