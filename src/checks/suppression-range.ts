import { alertRuleLimits } from '../sentinel/limits.ts';
import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { reportOutsideRange } from './duration-range.ts';

const range = alertRuleLimits.suppressionDuration;

/** Suppression lasts as long as the service allows. */
export const suppressionRange: Check = {
  id: 'suppression-range',
  severity: 'error',
  summary: `suppressionDuration is from ${range.min} to ${range.max}.`,
  rationale: 'The service takes no other value, even where suppression is off.',
  examples: {
    good: ['suppressionEnabled: true\nsuppressionDuration: 5h'],
    bad: ['suppressionEnabled: true\nsuppressionDuration: 2d'],
  },
  check({ loaded: { detection } }, report) {
    if (!raisesAlerts(detection)) return;
    reportOutsideRange(report, '/suppressionDuration', detection.suppressionDuration, range);
  },
};
