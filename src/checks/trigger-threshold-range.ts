import { alertRuleLimits } from '../sentinel/limits.ts';
import type { Check } from './check.ts';

const { min, max } = alertRuleLimits.triggerThreshold;

/** The threshold is a count that the service takes. */
export const triggerThresholdRange: Check = {
  id: 'trigger-threshold-range',
  severity: 'error',
  summary: `triggerThreshold is a whole number from ${min} to ${max}.`,
  rationale: 'The service refuses anything else. To count beyond it, count in the query.',
  examples: {
    good: ['triggerThreshold: 0', 'triggerThreshold: 10000'],
    bad: ['triggerThreshold: -1', 'triggerThreshold: 10001'],
  },
  check({ loaded: { detection } }, report) {
    if (detection.kind !== 'Scheduled') return;
    const { triggerThreshold } = detection;
    if (Number.isInteger(triggerThreshold) && triggerThreshold >= min && triggerThreshold <= max) return;
    report(
      '/triggerThreshold',
      `triggerThreshold ${triggerThreshold} is not a whole number from ${min} to ${max}`,
      {
        hint: 'count in the query if the number is larger',
      },
    );
  },
};
