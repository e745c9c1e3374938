import { joinPointer } from '../core/json-pointer.ts';
import { alertRuleLimits } from '../sentinel/limits.ts';
import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';

const limit = alertRuleLimits.customDetails;

const twentyOne = Array.from({ length: limit + 1 }, (_, index) => `Hop${index + 1}: IPAddress`);

/** An alert rule has no more custom details than the service takes. */
export const customDetailCount: Check = {
  id: 'custom-detail-count',
  severity: 'error',
  summary: `customDetails has at most ${limit} entries.`,
  rationale: 'The service refuses an alert rule with more.',
  examples: {
    good: ['customDetails:\n  Country: Location'],
    bad: [`customDetails: { ${twentyOne.join(', ')} }`],
  },
  check({ loaded: { detection } }, report) {
    if (!raisesAlerts(detection)) return;
    const keys = Object.keys(detection.customDetails ?? {});
    const firstTooMany = keys[limit];
    if (firstTooMany === undefined) return;
    report(
      joinPointer('/customDetails', firstTooMany),
      `customDetails has ${keys.length} entries; an alert rule can have ${limit}`,
      { part: 'key', hint: 'pack what belongs together into one column with bag_pack()' },
    );
  },
};
