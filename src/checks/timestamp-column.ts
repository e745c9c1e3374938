import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { rangeOf } from './range-of.ts';

/** The time by which a detection picks records is the time by which the service does. */
export const timestampColumn: Check = {
  id: 'timestamp-column',
  severity: 'warning',
  summary: 'A query that alerts uses TimeGenerated, not Timestamp.',
  rationale:
    'queryPeriod bounds TimeGenerated, and an alert takes its times from it. Timestamp is the same time in the tables of ' +
    'Defender XDR only; advanced hunting needs it, a workspace does not.',
  examples: {
    good: ['query: DeviceEvents | where TimeGenerated > ago(30m)\nentityMappings: []'],
    bad: ['query: DeviceEvents | where Timestamp > ago(30m)\nentityMappings: []'],
  },
  check({ loaded: { detection }, query }, report) {
    if (!raisesAlerts(detection) || query?.tree === undefined) return;
    const { nodesOf } = query.tree;
    if (!query.bound.references.tables.some(isStamped(query.schema))) return;
    // A column that the query makes and calls Timestamp is the author's own.
    if (nodesOf('NameDeclaration').some(({ name }) => name === 'Timestamp')) return;
    const first = nodesOf('NameReference').find(({ name, symbol }) => {
      return name === 'Timestamp' && symbol?.kind === 'column';
    });
    if (first === undefined) return;
    report('/query', 'the column Timestamp is not the time that queryPeriod bounds', {
      range: rangeOf(first),
      hint: 'use TimeGenerated',
    });
  },
};

/** True for a table that has both columns. */
function isStamped(schema: WorkspaceSchema): (table: string) => boolean {
  return (table) => {
    const names = schema.tables.get(table)?.columns.map(({ name }) => name) ?? [];
    return names.includes('Timestamp') && names.includes('TimeGenerated');
  };
}
