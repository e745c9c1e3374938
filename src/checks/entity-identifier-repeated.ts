import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { quote } from './quote.ts';

/** Within one entity mapping, an identifier is mapped once. */
export const entityIdentifierRepeated: Check = {
  id: 'entity-identifier-repeated',
  severity: 'error',
  huntingSeverity: 'warning',
  summary: 'An entity mapping maps each identifier once.',
  rationale:
    'One mapping makes one entity, which has one value for an identifier. The service refuses a second.',
  examples: {
    good: [
      `entityMappings:
  - entityType: IP
    fieldMappings:
      - identifier: Address
        columnName: SourceIP
  - entityType: IP
    fieldMappings:
      - identifier: Address
        columnName: DestinationIP`,
    ],
    bad: [
      `entityMappings:
  - entityType: IP
    fieldMappings:
      - identifier: Address
        columnName: SourceIP
      - identifier: Address
        columnName: DestinationIP`,
    ],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection)) return;
    for (const [index, { entityType, fieldMappings }] of detection.entityMappings.entries()) {
      const seen = new Set<string>();
      for (const [field, { identifier }] of fieldMappings.entries()) {
        if (seen.has(identifier)) {
          report(
            `/entityMappings/${index}/fieldMappings/${field}/identifier`,
            `identifier ${quote(identifier)} is mapped more than once in one ${entityType} mapping`,
            { hint: 'for a second entity add a second mapping' },
          );
        }
        seen.add(identifier);
      }
    }
  },
};
