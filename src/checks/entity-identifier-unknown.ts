import { nearestName } from '../core/nearest-name.ts';
import { entityIdentifiers } from '../sentinel/entity-identifiers.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { quote } from './quote.ts';

/** An entity mapping uses identifiers that its entity type has. */
export const entityIdentifierUnknown: Check = {
  id: 'entity-identifier-unknown',
  severity: 'error',
  huntingSeverity: 'warning',
  summary: 'An identifier is one that the entity type has, in its exact spelling.',
  rationale: 'The service refuses an alert rule that maps anything else.',
  examples: {
    good: [
      'entityMappings:\n  - entityType: IP\n    fieldMappings:\n      - identifier: Address\n        columnName: IPAddress',
    ],
    bad: [
      'entityMappings:\n  - entityType: IP\n    fieldMappings:\n      - identifier: IPAddress\n        columnName: IPAddress',
    ],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection)) return;
    for (const [index, { entityType, fieldMappings }] of detection.entityMappings.entries()) {
      const { identifiers } = entityIdentifiers[entityType];
      for (const [field, { identifier }] of fieldMappings.entries()) {
        if (identifiers.includes(identifier)) continue;
        const nearest = nearestName(identifier, identifiers);
        report(
          `/entityMappings/${index}/fieldMappings/${field}/identifier`,
          `entity type ${entityType} has no identifier ${quote(identifier)}`,
          {
            hint: `${nearest === undefined ? '' : `did you mean "${nearest}"? `}it has ${identifiers.join(', ')}`,
          },
        );
      }
    }
  },
};
