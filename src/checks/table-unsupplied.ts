import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { rangeOf } from './range-of.ts';
import { isCertainTable, isSupplied, tablesOfEveryWorkspace } from './required-tables.ts';

/** Each table of the query is supplied by a required connector. */
export const tableUnsupplied: Check = {
  id: 'table-unsupplied',
  severity: 'info',
  summary: 'Each table that the query reads is among the dataTypes of a required data connector.',
  rationale:
    'requiredDataConnectors tells who installs the detection what must be connected. A table that it leaves out stays empty, ' +
    'and the detection silent.',
  examples: {
    good: ['query: union SigninLogs, IdentityInfo | where Location == "XX"'],
    bad: ['query: union SigninLogs, AuditLogs | where Location == "XX"'],
  },
  check({ loaded: { detection }, query }, report) {
    if (!hasQuery(detection) || query?.tree === undefined) return;
    if ((detection.requiredDataConnectors ?? []).length === 0) return;
    const unsupplied = query.bound.references.tables.filter(
      (name) =>
        isCertainTable(name, query.schema) &&
        !tablesOfEveryWorkspace.has(name) &&
        !isSupplied(name, detection),
    );
    for (const name of unsupplied) {
      const first = query.tree
        .nodesOf('NameReference')
        .find((node) => node.name === name && node.symbol?.kind === 'table');
      // A table that a function or a pattern reads has no name in the query.
      if (first === undefined) continue;
      report('/query', `no required data connector supplies the table ${name}`, {
        range: rangeOf(first),
        hint: 'add its connector to requiredDataConnectors, with this table among its dataTypes',
      });
    }
  },
};
