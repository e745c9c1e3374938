import { joinPointer } from '../core/json-pointer.ts';
import type { AuthoredDetection } from './authored-detection.ts';
import { describePointer } from './describe-value.ts';
import type { ConnectorRequirement } from './detection.ts';
import type { Finding } from './finding.ts';
import { placeItems, type Placed } from './placed.ts';

/**
 * Reads `requiredDataConnectors` in any form: one connector or a list, one id or several in a connector. A connector without
 * an id is left out with a warning: the list is for readers, so nothing that is deployed would be lost.
 */
export function normaliseConnectors(authored: AuthoredDetection['requiredDataConnectors']): {
  readonly connectors: readonly Placed<ConnectorRequirement>[];
  readonly findings: readonly Finding[];
} {
  const connectors: Placed<ConnectorRequirement>[] = [];
  const findings: Finding[] = [];
  for (const { value, pointer } of placeItems(authored, '/requiredDataConnectors')) {
    const ids = placeItems(value.connectorId, joinPointer(pointer, 'connectorId'));
    const dataTypes = placeItems(value.dataTypes, '').map((dataType) => dataType.value);
    if (ids.length === 0) findings.push(explainMissingId(pointer));
    for (const id of ids) connectors.push({ value: { connectorId: id.value.trim(), dataTypes }, pointer });
  }
  return { connectors, findings };
}

function explainMissingId(pointer: string): Finding {
  return {
    code: 'missing-key',
    severity: 'warning',
    message: `${describePointer(pointer)} has no connectorId: it is left out`,
    hint: 'add the id of the connector that fills these tables',
    pointer,
    part: 'value',
  };
}
