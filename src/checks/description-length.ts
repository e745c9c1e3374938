import { alertRuleLimits } from '../sentinel/limits.ts';
import type { Check } from './check.ts';

const limit = alertRuleLimits.descriptionLength;

/** The description of an alert rule is no longer than the service stores. */
export const descriptionLength: Check = {
  id: 'description-length',
  severity: 'error',
  summary: `The description has at most ${limit} characters.`,
  rationale: 'The service refuses an alert rule with a longer one. A hunting query has no such limit.',
  examples: {
    good: ['description: Identifies successful sign-ins from blocked countries.'],
    bad: [`description: "${'x'.repeat(limit + 1)}"`],
  },
  check({ loaded: { detection } }, report) {
    const { description = '', kind } = detection;
    if (kind === 'Hunting' || description.length <= limit) return;
    report('/description', `description has ${description.length} characters; the service stores ${limit}`, {
      part: 'key',
      hint: `shorten it to ${limit} characters`,
    });
  },
};
