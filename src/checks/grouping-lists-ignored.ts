import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { groupingExample } from './grouping-example.ts';

const lists = ['groupByEntities', 'groupByAlertDetails', 'groupByCustomDetails'] as const;

/** Lists of keys to group by are used. */
export const groupingListsIgnored: Check = {
  id: 'grouping-lists-ignored',
  severity: 'warning',
  summary: 'groupByEntities, groupByAlertDetails and groupByCustomDetails come with matchingMethod Selected.',
  rationale:
    'With AllEntities and AnyAlert the service does not look at them: incidents are not grouped as they say.',
  examples: {
    good: [groupingExample('matchingMethod: Selected', 'groupByEntities:', '  - Account')],
    bad: [groupingExample('matchingMethod: AllEntities', 'groupByEntities:', '  - Account')],
  },
  check({ loaded: { detection } }, report) {
    const grouping = raisesAlerts(detection)
      ? detection.incidentConfiguration?.groupingConfiguration
      : undefined;
    if (grouping === undefined || grouping.matchingMethod === 'Selected') return;
    for (const name of lists) {
      if ((grouping[name] ?? []).length === 0) continue;
      report(
        `/incidentConfiguration/groupingConfiguration/${name}`,
        `${name} has no effect with matchingMethod "${grouping.matchingMethod}"`,
        { part: 'key', hint: 'use matchingMethod Selected, or delete the list' },
      );
    }
  },
};
