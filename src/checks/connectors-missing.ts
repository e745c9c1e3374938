import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';

/** A detection says which connectors fill its tables, or that it needs none. */
export const connectorsMissing: Check = {
  id: 'connectors-missing',
  severity: 'warning',
  summary: 'requiredDataConnectors is there; an empty list says that none is needed.',
  rationale:
    'Without it nobody can tell whether a workspace has the data that the detection reads. The service does not need it.',
  examples: {
    good: ['requiredDataConnectors: []'],
    bad: ['requiredDataConnectors:'],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection) || detection.requiredDataConnectors !== undefined) return;
    report('/requiredDataConnectors', 'requiredDataConnectors is missing', {
      hint: 'list the connectors that fill the tables of the query, or write requiredDataConnectors: []',
    });
  },
};
