import { nearestName } from '../core/nearest-name.ts';
import type { AlertingDetection } from '../detection/detection.ts';
import type { Check, Report } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { groupingExample } from './grouping-example.ts';
import { quote } from './quote.ts';

const base = '/incidentConfiguration/groupingConfiguration';
const alertDetails = ['DisplayName', 'Severity'];

/** Alerts are grouped by things that the detection has. */
export const groupingKeyUnknown: Check = {
  id: 'grouping-key-unknown',
  severity: 'error',
  summary:
    'groupByEntities names mapped entity types, groupByAlertDetails DisplayName or Severity, groupByCustomDetails keys of ' +
    'customDetails.',
  rationale: 'The service groups only by what the alerts carry, and refuses other keys.',
  examples: {
    good: [groupingExample('matchingMethod: Selected', 'groupByAlertDetails:', '  - Severity')],
    bad: [
      groupingExample('matchingMethod: Selected', 'groupByEntities:', '  - Host'),
      groupingExample('matchingMethod: Selected', 'groupByAlertDetails:', '  - Title'),
      groupingExample('matchingMethod: Selected', 'groupByCustomDetails:', '  - Country'),
    ],
  },
  check({ loaded: { detection } }, report) {
    if (!raisesAlerts(detection)) return;
    const grouping = detection.incidentConfiguration?.groupingConfiguration;
    if (grouping?.matchingMethod !== 'Selected') return;
    const types = mappedEntityTypes(detection);
    if (types !== undefined) {
      checkKeys('groupByEntities', grouping.groupByEntities, types, 'a mapped entity type', report);
    }
    checkKeys('groupByAlertDetails', grouping.groupByAlertDetails, alertDetails, 'an alert detail', report);
    const keys = Object.keys(detection.customDetails ?? {});
    checkKeys('groupByCustomDetails', grouping.groupByCustomDetails, keys, 'a key of customDetails', report);
  },
};

/** Undefined if a column holds whole entities: then any type may come. */
function mappedEntityTypes(detection: AlertingDetection): readonly string[] | undefined {
  return detection.sentinelEntitiesMappings.length > 0
    ? undefined
    : [...new Set(detection.entityMappings.map((mapping) => mapping.entityType))];
}

function checkKeys(
  name: string,
  keys: readonly string[] = [],
  known: readonly string[],
  what: string,
  report: Report,
): void {
  for (const [index, key] of keys.entries()) {
    if (known.includes(key)) continue;
    const nearest = nearestName(key, known);
    const choice = known.length === 0 ? 'there is none' : `there is ${known.join(', ')}`;
    report(`${base}/${name}/${index}`, `${name} ${quote(key)} is not ${what}`, {
      hint: nearest === undefined ? choice : `did you mean "${nearest}"?`,
    });
  }
}
