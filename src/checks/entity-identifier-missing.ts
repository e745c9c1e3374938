import { entityIdentifiers } from '../sentinel/entity-identifiers.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';

/** An entity mapping has what it takes to tell which entity is meant. */
export const entityIdentifierMissing: Check = {
  id: 'entity-identifier-missing',
  severity: 'error',
  huntingSeverity: 'warning',
  summary: 'An entity mapping has one of the combinations of identifiers that its type requires.',
  rationale:
    'The service refuses a mapping that does not identify its entity, such as a hash without its algorithm.',
  examples: {
    good: [
      `entityMappings:
  - entityType: FileHash
    fieldMappings:
      - identifier: Algorithm
        columnName: Algorithm
      - identifier: Value
        columnName: SHA256`,
    ],
    bad: [
      `entityMappings:
  - entityType: FileHash
    fieldMappings:
      - identifier: Value
        columnName: SHA256`,
    ],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection)) return;
    for (const [index, { entityType, fieldMappings }] of detection.entityMappings.entries()) {
      const { identifiers, requiredAnyOf } = entityIdentifiers[entityType];
      const mapped = fieldMappings.map((field) => field.identifier);
      // An empty mapping or a misspelt identifier has a finding of its own.
      if (mapped.length === 0 || mapped.some((identifier) => !identifiers.includes(identifier))) continue;
      if (requiredAnyOf.some((combination) => combination.every((one) => mapped.includes(one)))) continue;
      const combinations = requiredAnyOf.map((combination) => combination.join(' and ')).join(', or ');
      report(
        `/entityMappings/${index}/entityType`,
        `an entity of type ${entityType} cannot be told by its ${[...new Set(mapped)].join(' and ')}`,
        { hint: `map ${combinations}` },
      );
    }
  },
};
