import { alertRuleLimits } from '../sentinel/limits.ts';
import type { Check } from './check.ts';

const limit = alertRuleLimits.displayNameLength;

/** The display name of an alert rule is no longer than the service stores. */
export const displayNameLength: Check = {
  id: 'display-name-length',
  severity: 'error',
  summary: `The name has at most ${limit} characters.`,
  rationale:
    'The service refuses an alert rule with a longer display name. A hunting query has no such limit.',
  examples: {
    good: ['name: Sign-in from a blocked country'],
    bad: [`name: ${'Sign-in from a country in which nobody of ours works '.repeat(5).trim()}`],
  },
  check({ loaded: { detection } }, report) {
    const { name, kind } = detection;
    if (kind === 'Hunting' || name.length <= limit) return;
    report('/name', `name has ${name.length} characters; the service stores ${limit}`, {
      hint: `shorten it to ${limit} characters, and say the rest in the description`,
    });
  },
};
