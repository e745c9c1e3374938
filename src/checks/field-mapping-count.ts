import { alertRuleLimits } from '../sentinel/limits.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';

const limit = alertRuleLimits.fieldMappings;

/** An entity mapping has identifiers, and no more than the service takes. */
export const fieldMappingCount: Check = {
  id: 'field-mapping-count',
  severity: 'error',
  huntingSeverity: 'warning',
  summary: `An entity mapping has 1 to ${limit} fieldMappings.`,
  rationale: 'The service refuses an entity mapping with none, or with more.',
  examples: {
    good: [
      'entityMappings:\n  - entityType: IP\n    fieldMappings:\n      - identifier: Address\n        columnName: IPAddress',
    ],
    bad: [
      'entityMappings:\n  - entityType: IP\n    fieldMappings: []',
      `entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: Name
        columnName: AccountName
      - identifier: UPNSuffix
        columnName: UPNSuffix
      - identifier: Sid
        columnName: AccountSid
      - identifier: AadUserId
        columnName: UserId`,
    ],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection)) return;
    for (const [index, { entityType, fieldMappings }] of detection.entityMappings.entries()) {
      const pointer = `/entityMappings/${index}/fieldMappings`;
      if (fieldMappings.length === 0) {
        report(pointer, `the ${entityType} mapping has no fieldMappings`, {
          hint: 'map at least one identifier to a column, or take the mapping out',
        });
      } else if (fieldMappings.length > limit) {
        report(
          `${pointer}/${limit}`,
          `the ${entityType} mapping has ${fieldMappings.length} fieldMappings; the service takes ${limit}`,
          { hint: `keep the ${limit} that identify the entity best` },
        );
      }
    }
  },
};
