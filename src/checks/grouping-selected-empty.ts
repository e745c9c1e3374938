import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { groupingExample } from './grouping-example.ts';

/** Alerts that are grouped by selected keys have at least one. */
export const groupingSelectedEmpty: Check = {
  id: 'grouping-selected-empty',
  severity: 'error',
  summary: 'matchingMethod Selected names at least one entity, alert detail or custom detail to group by.',
  rationale: 'The service refuses to group by nothing.',
  examples: {
    good: [groupingExample('matchingMethod: Selected', 'groupByEntities:', '  - Account')],
    bad: [
      groupingExample('matchingMethod: Selected'),
      groupingExample('matchingMethod: Selected', 'groupByEntities: []'),
    ],
  },
  check({ loaded: { detection } }, report) {
    const grouping = raisesAlerts(detection)
      ? detection.incidentConfiguration?.groupingConfiguration
      : undefined;
    if (grouping?.matchingMethod !== 'Selected') return;
    const { groupByEntities = [], groupByAlertDetails = [], groupByCustomDetails = [] } = grouping;
    if (groupByEntities.length + groupByAlertDetails.length + groupByCustomDetails.length > 0) return;
    report(
      '/incidentConfiguration/groupingConfiguration/matchingMethod',
      'matchingMethod "Selected" has nothing to group by',
      { hint: 'fill groupByEntities, groupByAlertDetails or groupByCustomDetails, or use AllEntities' },
    );
  },
};
