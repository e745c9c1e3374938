import { nearestName } from '../core/nearest-name.ts';
import { connectorIds, isKnownConnectorId } from '../sentinel/connector-ids.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { quote } from './quote.ts';

/** A connector id is one that is known, or deliberately one's own. */
export const connectorUnknown: Check = {
  id: 'connector-unknown',
  severity: 'warning',
  summary: 'A connectorId is that of a known data connector.',
  rationale:
    'Most often an unknown id is a slip. A workspace may have connectors of its own; those are fine.',
  examples: {
    good: [
      'requiredDataConnectors:\n  - connectorId: AzureActiveDirectory\n    dataTypes:\n      - SigninLogs',
    ],
    bad: [
      'requiredDataConnectors:\n  - connectorId: AzureActivDirectory\n    dataTypes:\n      - SigninLogs',
    ],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection)) return;
    for (const [index, { connectorId }] of (detection.requiredDataConnectors ?? []).entries()) {
      if (isKnownConnectorId(connectorId)) continue;
      const nearest = nearestName(connectorId, connectorIds());
      report(
        `/requiredDataConnectors/${index}/connectorId`,
        `connectorId ${quote(connectorId)} is not a known connector's`,
        { hint: nearest === undefined ? 'check its spelling' : `did you mean "${nearest}"?` },
      );
    }
  },
};
