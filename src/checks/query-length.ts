import { alertRuleLimits } from '../sentinel/limits.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';

const limit = alertRuleLimits.queryLength;

/** The query is not blank, and no longer than an alert rule can hold. */
export const queryLength: Check = {
  id: 'query-length',
  severity: 'error',
  summary: `The query has 1 to ${limit} characters.`,
  rationale:
    'The service refuses an alert rule with a longer query. It counts UTF-16 units, comments and blanks included. A ' +
    'hunting query may be longer.',
  examples: {
    good: ['query: SigninLogs | where ResultType == 0'],
    bad: ['query: " "', `query: 'SigninLogs | where IPAddress != "${'9'.repeat(limit)}"'`],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection)) return;
    const { query } = detection;
    if (query.trim() === '') {
      report('/query', 'query is blank', { part: 'key', hint: 'write the KQL that finds the activity' });
    } else if (detection.kind !== 'Hunting' && query.length > limit) {
      report('/query', `query has ${query.length} characters; an alert rule holds ${limit}`, {
        part: 'key',
        hint: 'move long lists to a watchlist, and what several queries share to a function',
      });
    }
  },
};
