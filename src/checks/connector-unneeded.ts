import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { isCertainTable, suppliedTables, suppliesAny } from './required-tables.ts';
import { quote } from './quote.ts';

/** Each required connector supplies something that the query reads. */
export const connectorUnneeded: Check = {
  id: 'connector-unneeded',
  severity: 'info',
  summary: 'Each required data connector supplies a table that the query reads.',
  rationale:
    'Who installs the detection would connect, and pay for, data that it does not use. A query that goes through a ' +
    'parser of ASIM or of a solution, or names tables by a pattern, is not judged.',
  examples: {
    good: ['query: SigninLogs | where Location == "XX"'],
    bad: ['query: AuditLogs | where Result == "success"\nentityMappings: []'],
  },
  check({ loaded: { detection }, query }, report) {
    if (!hasQuery(detection) || query?.tree === undefined) return;
    const { tables, functions, unknown, wildcards } = query.bound.references;
    const isOpaque =
      wildcards.length > 0 ||
      functions.some((name) => query.schema.functions.get(name)?.kind === 'declared') ||
      tables.some((name) => !isCertainTable(name, query.schema));
    if (isOpaque) return;
    const connectors = detection.requiredDataConnectors ?? [];
    const read = [...tables, ...functions, ...unknown];
    const needed = new Set(
      connectors.filter((one) => suppliesAny(one, read)).map(({ connectorId }) => connectorId),
    );
    for (const [index, connector] of connectors.entries()) {
      const supplied = suppliedTables(connector);
      if (supplied.length === 0 || needed.has(connector.connectorId)) continue;
      report(
        `/requiredDataConnectors/${index}/connectorId`,
        `the query reads nothing that connector ${quote(connector.connectorId)} supplies (${supplied.join(', ')})`,
        { hint: 'correct its dataTypes, or take the connector out' },
      );
    }
  },
};
