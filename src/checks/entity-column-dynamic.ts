import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { namedColumns } from './named-columns.ts';
import { quote } from './quote.ts';

/** An entity is identified by one value. */
export const entityColumnDynamic: Check = {
  id: 'entity-column-dynamic',
  severity: 'warning',
  summary: 'The column of an entity mapping is not dynamic.',
  rationale:
    'An entity has one identifier. Of a list or a bag the service makes one entity whose name is the JSON text, which matches ' +
    'no account, host or address.',
  examples: {
    good: [
      'query: SigninLogs | summarize IPs = make_set(IPAddress, 50) by UserPrincipalName | mv-expand IP = IPs to typeof(string)\n' +
        'entityMappings:\n  - entityType: IP\n    fieldMappings:\n      - identifier: Address\n        columnName: IP',
    ],
    bad: [
      'query: SigninLogs | summarize IPs = make_set(IPAddress, 50) by UserPrincipalName\n' +
        'entityMappings:\n  - entityType: IP\n    fieldMappings:\n      - identifier: Address\n        columnName: IPs',
    ],
  },
  check({ loaded: { detection }, query }, report) {
    if (!hasQuery(detection) || query?.tree === undefined) return;
    const columns = query.bound.result?.columns ?? [];
    const dynamic = new Set(columns.filter(({ type }) => type === 'dynamic').map(({ name }) => name));
    for (const { use, pointer, column } of namedColumns(detection)) {
      if (use !== 'entity' || !dynamic.has(column)) continue;
      report(pointer, `column ${quote(column)} is dynamic, and an entity has one identifier`, {
        hint: 'make it text with tostring(), or a row each with mv-expand … to typeof(string)',
      });
    }
  },
};
