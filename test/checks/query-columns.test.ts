/** @jest-environment ./test/support/kusto-environment.js */
import { columnNotInResult } from '../../src/checks/column-not-in-result.ts';
import { columnNotRenderable } from '../../src/checks/column-not-renderable.ts';
import { entityColumnDynamic } from '../../src/checks/entity-column-dynamic.ts';
import { namedColumns } from '../../src/checks/named-columns.ts';
import { resultWithoutTime } from '../../src/checks/result-without-time.ts';
import type { ScheduledDetection } from '../../src/detection/detection.ts';
import { buildHunting, buildIncidentCreation, buildScheduled } from '../support/build-detection.ts';
import { checkQuery } from '../support/check-query.ts';

const every: Partial<ScheduledDetection> = {
  entityMappings: [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'A' }] }],
  sentinelEntitiesMappings: [{ columnName: 'B' }],
  customDetails: { 'c/d': 'C' },
  alertDetailsOverride: {
    alertDisplayNameFormat: '{{D}} and {{ E }}',
    alertDescriptionFormat: 'of {{F}}, not {G} or {{}}',
    alertTacticsColumnName: 'H',
    alertSeverityColumnName: 'I',
    alertDynamicProperties: [{ alertProperty: 'AlertLink', value: 'J' }],
  },
};

test('every place that names a column is known', () => {
  expect(
    namedColumns(buildScheduled(every)).map(({ use, pointer, column }) => [use, pointer, column]),
  ).toEqual([
    ['entity', '/entityMappings/0/fieldMappings/0/columnName', 'A'],
    ['sentinel-entities', '/sentinelEntitiesMappings/0/columnName', 'B'],
    ['custom-detail', '/customDetails/c~1d', 'C'],
    ['format', '/alertDetailsOverride/alertDisplayNameFormat', 'D'],
    ['format', '/alertDetailsOverride/alertDisplayNameFormat', 'E'],
    ['format', '/alertDetailsOverride/alertDescriptionFormat', 'F'],
    ['format', '/alertDetailsOverride/alertDescriptionFormat', ''],
    ['tactics', '/alertDetailsOverride/alertTacticsColumnName', 'H'],
    ['severity', '/alertDetailsOverride/alertSeverityColumnName', 'I'],
    ['dynamic-property', '/alertDetailsOverride/alertDynamicProperties/0/value', 'J'],
  ]);
});

test('each of them is found if the query does not return the column', () => {
  const found = checkQuery(
    columnNotInResult,
    buildScheduled({ ...every, query: 'SigninLogs | project IPAddress' }),
  );
  expect(found.map((finding) => finding.slice(-3))).toEqual(
    ['A', 'B', 'C', 'D', 'E', 'F', 'H', 'I', 'J'].map((name) => `"${name}"`),
  );
});

/** What is found of an entity mapping to a column. */
function findColumn(columnName: string, query: string): string[] {
  const entityMappings = [
    { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName }] },
  ] as const;
  return checkQuery(columnNotInResult, buildScheduled({ query, entityMappings }));
}

test.each([
  ['IPAddress', 'SigninLogs'],
  ['Ip', 'SigninLogs | extend Ip = IPAddress'],
  ['Key1', 'print Key = 1 | join kind=inner (print Key = 1) on Key'],
  ['count_', 'SigninLogs | summarize count() by IPAddress'],
  ['TenantId', 'SigninLogs'],
  // Columns that nobody can know
  ['Ip', 'Contoso_CL'],
  ['Ip', 'AzureDiagnostics'],
  ['Ip', 'SigninLogs | evaluate bag_unpack(DeviceDetail)'],
  ['Ip', '_GetWatchlist("vips")'],
  ['Ip', 'Contoso_CL | evaluate ipv4_lookup(Contoso_CL, IPAddress, Net)'],
  // Nothing to compare with
  ['Ip', 'SigninLogs | where ('],
  ['Ip', 'let x = 1;'],
  ['Ip', ' '],
])('an entity may be mapped to %s of: %s', (columnName, query) => {
  expect(findColumn(columnName, query)).toEqual([]);
});

test.each([
  ['ipAddress', 'SigninLogs'],
  ['IPAdress', 'SigninLogs'],
  ['IPAddress', 'SigninLogs | summarize count() by UserPrincipalName'],
  ['IPAddress', 'SigninLogs | project-away IPAddress'],
  ['IPAddress', 'SigninLogs | project-rename Ip = IPAddress'],
])('no entity can be mapped to %s of: %s', (columnName, query) => {
  expect(findColumn(columnName, query)).toEqual([
    `/entityMappings/0/fieldMappings/0/columnName: the query returns no column "${columnName}"`,
  ]);
});

test.each([
  ['a hunting query', buildHunting({ query: 'SigninLogs | project IPAddress' }), 1],
  ['a detection without a query', buildIncidentCreation(), 0],
])('%s', (_, detection, count) => {
  expect(checkQuery(columnNotInResult, detection)).toHaveLength(count);
});

test.each([
  ['severity', 'alertSeverityColumnName', 'V = 1', 'column "V" is of type long, not string'],
  [
    'severity',
    'alertSeverityColumnName',
    'V = dynamic(["High"])',
    'column "V" is of type dynamic, not string',
  ],
  ['severity', 'alertSeverityColumnName', 'V = "High"', undefined],
  ['tactics', 'alertTacticsColumnName', 'V = now()', 'column "V" is of type datetime, not string or dynamic'],
  ['tactics', 'alertTacticsColumnName', 'V = dynamic(["Impact"])', undefined],
])('the %s of %s %s', (_, key, column, message) => {
  const detection = buildScheduled({
    query: `SigninLogs | extend ${column}`,
    alertDetailsOverride: { [key]: 'V' },
  });
  expect(checkQuery(columnNotRenderable, detection)).toEqual(
    message === undefined ? [] : [`/alertDetailsOverride/${key}: ${message}`],
  );
});

test('a column of which the type is not known may hold a severity', () => {
  const detection = buildScheduled({
    query: 'Contoso_CL | project Level',
    alertDetailsOverride: { alertSeverityColumnName: 'Level' },
  });
  expect(checkQuery(columnNotRenderable, detection)).toEqual([]);
});

test.each([
  ['SigninLogs', 0],
  ['SigninLogs | extend UserPrincipalName = parse_json(UserPrincipalName)', 1],
  ['SigninLogs | summarize UserPrincipalName = make_set(UserPrincipalName)', 1],
])('an entity from: %s', (query, count) => {
  const place = '/entityMappings/0/fieldMappings/0/columnName';
  const finding = `${place}: column "UserPrincipalName" is dynamic, and an entity has one identifier`;
  expect(checkQuery(entityColumnDynamic, buildScheduled({ query }))).toEqual(Array(count).fill(finding));
});

test.each([
  ['SigninLogs', 0],
  ['SigninLogs | summarize max(TimeGenerated) by UserPrincipalName', 0],
  ['SigninLogs | summarize count() by UserPrincipalName', 1],
  ['Contoso_CL | summarize count() by When', 0],
  ['Contoso_CL', 0],
])('a result without a time: %s', (query, count) => {
  expect(checkQuery(resultWithoutTime, buildScheduled({ query }))).toHaveLength(count);
});
