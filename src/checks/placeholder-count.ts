import { alertRuleLimits } from '../sentinel/limits.ts';
import { alertFormats } from './alert-formats.ts';
import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';

const limit = alertRuleLimits.placeholdersPerFormat;

/** A format has no more columns in it than the service fills in. */
export const placeholderCount: Check = {
  id: 'placeholder-count',
  severity: 'error',
  summary: `A format has at most ${limit} {{column}} placeholders.`,
  rationale: 'The service refuses an alert rule with more. A column that is used twice counts twice.',
  examples: {
    good: [
      'alertDetailsOverride:\n  alertDisplayNameFormat: "{{UserPrincipalName}} from {{IPAddress}}, {{Location}}"',
    ],
    bad: [
      'alertDetailsOverride:\n  alertDisplayNameFormat: "{{Location}}: {{IPAddress}}, {{IPAddress}}, {{IPAddress}}"',
    ],
  },
  check({ loaded: { detection } }, report) {
    if (!raisesAlerts(detection)) return;
    for (const { pointer, name, format } of alertFormats(detection)) {
      const placeholders = [...format.matchAll(/\{\{[^{}]*\}\}/g)];
      const firstTooMany = placeholders[limit];
      if (firstTooMany === undefined) continue;
      report(pointer, `${name} has ${placeholders.length} placeholders; the service takes ${limit}`, {
        range: { start: firstTooMany.index, end: firstTooMany.index + firstTooMany[0].length },
        hint: 'join columns in the query with strcat(), and use the joined column',
      });
    }
  },
};
