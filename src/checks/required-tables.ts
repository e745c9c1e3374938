import type { ConnectorRequirement, QueryDetection } from '../detection/detection.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';

/** Tables that Microsoft Sentinel or Log Analytics itself fills, without a data connector. */
export const tablesOfEveryWorkspace: ReadonlySet<string> = new Set([
  'Anomalies',
  'BehaviorAnalytics',
  'Heartbeat',
  'HuntingBookmark',
  'IdentityInfo',
  'LAQueryLogs',
  'Operation',
  'SecurityAlert',
  'SecurityIncident',
  'SentinelAudit',
  'SentinelHealth',
  'ThreatIntelIndicators',
  'ThreatIntelObjects',
  'ThreatIntelligenceIndicator',
  'Usage',
  'UserAccessAnalytics',
  'UserPeerAnalytics',
  'Watchlist',
]);

/** True if a required connector names the table or function. Case and a plural do not count: they are often wrong. */
export function isSupplied(name: string, { requiredDataConnectors = [] }: QueryDetection): boolean {
  return requiredDataConnectors.some((connector) => suppliesAny(connector, [name]));
}

/** True if one of the data types of a connector is one of the tables or functions. */
export function suppliesAny(connector: ConnectorRequirement, names: Iterable<string>): boolean {
  const supplied = new Set(suppliedTables(connector).map(toKey));
  return [...names].some((name) => supplied.has(toKey(name)));
}

/** The tables of one connector: `SecurityAlert (MDATP)` is a part of the table SecurityAlert. */
export function suppliedTables({ dataTypes }: ConnectorRequirement): readonly string[] {
  return dataTypes.map((dataType) => dataType.replace(/\s*\(.*$/s, '').trim());
}

/**
 * True if a name stands for a table for certain. Of a name with unlisted columns that is no custom log nobody can tell: it
 * may be a function of a solution, which reads other tables.
 */
export function isCertainTable(name: string, schema: WorkspaceSchema): boolean {
  const table = schema.tables.get(name);
  return table !== undefined && (!table.isOpen || name.endsWith('_CL'));
}

function toKey(name: string): string {
  return name.toLowerCase().replace(/s$/, '');
}
