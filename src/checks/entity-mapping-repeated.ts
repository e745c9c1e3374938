import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';

/** No entity mapping is written twice. */
export const entityMappingRepeated: Check = {
  id: 'entity-mapping-repeated',
  severity: 'warning',
  summary: 'No two entity mappings are the same.',
  rationale:
    'The second adds nothing, and counts towards the limit. Most often it was copied to be changed, and was not.',
  examples: {
    good: ['entityMappings: []'],
    bad: [
      `entityMappings:
  - entityType: IP
    fieldMappings:
      - identifier: Address
        columnName: IPAddress
  - entityType: IP
    fieldMappings:
      - identifier: Address
        columnName: IPAddress`,
    ],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection)) return;
    const first = new Map<string, number>();
    for (const [index, { entityType, fieldMappings }] of detection.entityMappings.entries()) {
      const fields = fieldMappings.map(({ identifier, columnName }) => `${identifier}=${columnName}`);
      const content = [entityType, ...fields.sort()].join('\n');
      const earlier = first.get(content);
      if (earlier === undefined) {
        first.set(content, index);
      } else {
        report(
          `/entityMappings/${index}`,
          `the ${entityType} mapping is the same as entity mapping ${earlier + 1}`,
          { hint: 'delete it, or map what it was meant to map' },
        );
      }
    }
  },
};
