import type { AlertingDetection } from '../detection/detection.ts';
import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';

/** An alert says whom or what it is about. */
export const entitiesMissing: Check = {
  id: 'entities-missing',
  severity: 'warning',
  summary: 'A detection that alerts on what its query returns maps at least one entity.',
  rationale:
    'Without entities an incident cannot be grouped, investigated or enriched: nothing says which account or host it is about.',
  examples: {
    good: ['triggerOperator: lt\ntriggerThreshold: 1\nentityMappings: []'],
    bad: ['entityMappings: []'],
  },
  check({ loaded: { detection } }, report) {
    if (!raisesAlerts(detection) || alertsOnSilence(detection)) return;
    if (detection.entityMappings.length + detection.sentinelEntitiesMappings.length > 0) return;
    report('/entityMappings', 'the alerts have no entity', {
      part: 'key',
      hint: 'map columns of the result, such as an account, a host or an address, in entityMappings',
    });
  },
};

/** True if few or no rows are the alert: what is missing has no entity. */
function alertsOnSilence(detection: AlertingDetection): boolean {
  if (detection.kind !== 'Scheduled') return false;
  const { triggerOperator, triggerThreshold } = detection;
  return triggerOperator === 'LessThan' || (triggerOperator === 'Equal' && triggerThreshold === 0);
}
