import type { Check } from './check.ts';
import { rangeOf } from './range-of.ts';

/** A near-real-time query reads one table. */
export const nrtSeveralTables: Check = {
  id: 'nrt-several-tables',
  severity: 'warning',
  summary:
    'The query of an NRT detection reads one table; a table joined with itself, and watchlists, are fine.',
  rationale:
    'An NRT alert rule sees what was ingested in one minute. Records of two tables rarely arrive in the same one, and the ' +
    'service has refused NRT queries over several tables.',
  examples: {
    good: [
      'kind: NRT\nquery: SigninLogs | where IPAddress in (_GetWatchlist("blocked") | project tostring(SearchKey))',
    ],
    bad: [
      'kind: NRT\nquery: SigninLogs | join kind=inner (AuditLogs | where Result == "success") on CorrelationId',
    ],
  },
  check({ loaded: { detection }, query }, report) {
    if (detection.kind !== 'NRT' || query?.tree === undefined) return;
    const tables = query.bound.references.tables.filter((name) => !name.startsWith('ThreatIntel'));
    if (tables.length < 2) return;
    const isRead = new Set(tables);
    const names = query.tree.nodesOf('NameReference').filter(({ name, symbol }) => {
      return symbol?.kind === 'table' && isRead.has(name ?? '');
    });
    const second = names.find(({ name }) => name !== names[0]?.name);
    report('/query', `an NRT query over several tables (${tables.join(', ')})`, {
      ...(second === undefined ? { part: 'key' } : { range: rangeOf(second) }),
      hint: 'make the detection Scheduled, with a queryFrequency of 5m',
    });
  },
};
