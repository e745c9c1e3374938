import { alertRuleLimits } from '../sentinel/limits.ts';
import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';

const limit = alertRuleLimits.entityMappings;

const eleven = Array.from(
  { length: limit + 1 },
  (_, hop) => `  - { entityType: IP, fieldMappings: [{ identifier: Address, columnName: Hop${hop + 1} }] }`,
);

/** An alert rule has no more entity mappings than the service takes. */
export const entityMappingCount: Check = {
  id: 'entity-mapping-count',
  severity: 'error',
  summary: `entityMappings and sentinelEntitiesMappings are ${limit} at most, together.`,
  rationale: 'The service refuses an alert rule with more.',
  examples: {
    good: ['entityMappings: []', 'sentinelEntitiesMappings:\n  - columnName: Entities'],
    bad: [`entityMappings:\n${eleven.join('\n')}`],
  },
  check({ loaded: { detection } }, report) {
    if (!raisesAlerts(detection)) return;
    const own = detection.entityMappings.length;
    const total = own + detection.sentinelEntitiesMappings.length;
    if (total <= limit) return;
    const firstTooMany =
      own > limit ? `/entityMappings/${limit}` : `/sentinelEntitiesMappings/${limit - own}`;
    report(firstTooMany, `the detection has ${total} entity mappings; an alert rule can have ${limit}`, {
      hint: 'keep those that an analyst pivots on',
    });
  },
};
