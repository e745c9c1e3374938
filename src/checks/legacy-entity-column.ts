import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';

const legacyColumn = /\b(?:Account|Host|IP|URL|Process|FileHash)CustomEntity\b/g;

/** A column that was an entity by its name alone is mapped as one. */
export const legacyEntityColumn: Check = {
  id: 'legacy-entity-column',
  severity: 'warning',
  summary: 'A column such as AccountCustomEntity is the column of an entity mapping.',
  rationale:
    'Such columns became entities by their name until entity mappings came. Today they are columns like any other: ' +
    "without a mapping the alert has no entity. Microsoft's CI refuses it.",
  examples: {
    good: [
      `query: SigninLogs | extend IPCustomEntity = IPAddress
entityMappings:
  - entityType: IP
    fieldMappings:
      - identifier: Address
        columnName: IPCustomEntity`,
    ],
    bad: ['query: SigninLogs | extend IPCustomEntity = IPAddress'],
  },
  check({ loaded: { detection } }, report) {
    if (!raisesAlerts(detection)) return;
    const settled = new Set(
      detection.entityMappings.flatMap((mapping) => mapping.fieldMappings.map((field) => field.columnName)),
    );
    for (const match of detection.query.matchAll(legacyColumn)) {
      const [column] = match;
      if (settled.has(column)) continue;
      settled.add(column);
      report('/query', `column ${column} is not mapped, so it is no entity`, {
        range: { start: match.index, end: match.index + column.length },
        hint: 'map it in entityMappings, or take it out of the query',
      });
    }
  },
};
