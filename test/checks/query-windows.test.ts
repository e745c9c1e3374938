/** @jest-environment ./test/support/kusto-environment.js */
import { nrtSeveralTables } from '../../src/checks/nrt-several-tables.ts';
import { nrtWindow } from '../../src/checks/nrt-window.ts';
import { runsOverlap } from '../../src/checks/runs-overlap.ts';
import { timestampColumn } from '../../src/checks/timestamp-column.ts';
import { windowEqualsPeriod } from '../../src/checks/window-equals-period.ts';
import { windowLongerThanPeriod } from '../../src/checks/window-longer-than-period.ts';
import { windowShorterThanFrequency } from '../../src/checks/window-shorter-than-frequency.ts';
import type { ScheduledDetection } from '../../src/detection/detection.ts';
import { buildHunting, buildNrt, buildScheduled } from '../support/build-detection.ts';
import { checkQuery } from '../support/check-query.ts';

/** A detection that runs every hour over a day. */
function daily(condition: string, more: Partial<ScheduledDetection> = {}): ScheduledDetection {
  return buildScheduled({
    queryFrequency: 'PT1H',
    queryPeriod: 'P1D',
    query: `SigninLogs | where ${condition}`,
    ...more,
  });
}

test.each([
  ['TimeGenerated > ago(1d)', []],
  ['TimeGenerated > ago(25h)', ['P1DT1H']],
  ['TimeGenerated between (ago(14d) .. ago(1d))', ['P14D']],
  ['CreatedDateTime > ago(30d)', []],
  ['TimeGenerated > datetime(2020-01-01)', []],
])('over a day, %s looks too far back', (condition, windows) => {
  const found = checkQuery(windowLongerThanPeriod, daily(condition));
  expect(found).toEqual(
    windows.map(
      (window) => `${condition}: this looks back ${window}, but queryPeriod "P1D" ends all data there`,
    ),
  );
});

test.each([
  ['TimeGenerated > ago(1h)', []],
  ['TimeGenerated > ago(59m)', ['PT59M']],
  ['TimeGenerated between (ago(1d) .. ago(5m))', []],
  ['TimeGenerated > now()', []],
  ['CreatedDateTime > ago(1m)', []],
])('every hour, %s leaves a gap', (condition, windows) => {
  const found = checkQuery(windowShorterThanFrequency, daily(condition));
  expect(found).toEqual(
    windows.map((window) => `${condition}: this looks back ${window}, but the query runs every PT1H`),
  );
});

test.each([
  ['TimeGenerated > ago(1d)', 1],
  ['TimeGenerated > ago(24h)', 1],
  ['TimeGenerated > ago(23h)', 0],
])('over a day, %s says again what queryPeriod says', (condition, count) => {
  expect(checkQuery(windowEqualsPeriod, daily(condition))).toHaveLength(count);
});

test.each<[string, string, Partial<ScheduledDetection>, number]>([
  ['no bound', 'true', {}, 1],
  ['a window of two runs', 'TimeGenerated > ago(2h)', {}, 1],
  ['a window of a run and a margin', 'TimeGenerated > ago(70m)', {}, 0],
  ['a bound on another time', 'max_of(TimeGenerated, CreatedDateTime) > ago(70m)', {}, 0],
  ['a period of less than two runs', 'true', { queryPeriod: 'PT119M' }, 0],
  ['a period of two runs', 'true', { queryPeriod: 'PT2H' }, 1],
  ['suppression over the period', 'true', { suppressionEnabled: true, suppressionDuration: 'P1D' }, 0],
  ['suppression over an hour', 'true', { suppressionEnabled: true, suppressionDuration: 'PT1H' }, 1],
  ['suppression that is off', 'true', { suppressionEnabled: false, suppressionDuration: 'P1D' }, 1],
  ['a period that cannot be read', 'true', { queryPeriod: 'banana' }, 0],
])('runs overlap: %s', (_, condition, more, count) => {
  expect(checkQuery(runsOverlap, daily(condition, more))).toHaveLength(count);
});

test('an overlap says how often a record is seen', () => {
  expect(checkQuery(runsOverlap, daily('true'))).toEqual([
    '/queryPeriod: each record is seen by 24 runs, and may raise an alert in each of them',
  ]);
});

test('a hunting query has no schedule to compare a window with', () => {
  const detection = buildHunting({ query: 'SigninLogs | where TimeGenerated > ago(30d)' });
  for (const check of [windowLongerThanPeriod, windowShorterThanFrequency, windowEqualsPeriod, runsOverlap]) {
    expect(checkQuery(check, detection)).toEqual([]);
  }
});

test.each([
  ['DeviceEvents | where Timestamp > ago(1h)', ['Timestamp']],
  ['DeviceEvents | summarize max(Timestamp), min(Timestamp) by DeviceName', ['Timestamp']],
  ['DeviceEvents | where TimeGenerated > ago(1h)', []],
  ['DeviceEvents | extend Timestamp = TimeGenerated | where Timestamp > ago(1h)', []],
  ['Contoso_CL | where Timestamp > ago(1h)', []],
])('the time of: %s', (query, places) => {
  const message = 'the column Timestamp is not the time that queryPeriod bounds';
  expect(checkQuery(timestampColumn, buildScheduled({ query }))).toEqual(
    places.map((place) => `${place}: ${message}`),
  );
  expect(checkQuery(timestampColumn, buildHunting({ query }))).toEqual([]);
});

test.each([
  ['SigninLogs | where TimeGenerated > ago(1h)', 1],
  ['SigninLogs | where CreatedDateTime > ago(1h)', 0],
  ['SigninLogs', 0],
])('a window in an NRT detection: %s', (query, count) => {
  expect(checkQuery(nrtWindow, buildNrt({ query }))).toHaveLength(count);
  expect(checkQuery(nrtWindow, buildScheduled({ query }))).toEqual([]);
});

test.each([
  ['SigninLogs | join kind=inner AuditLogs on CorrelationId', ['AuditLogs']],
  ['union SigninLogs, AuditLogs', ['AuditLogs']],
  ['union isfuzzy=true Device*Events | take 1', ['/query (key)']],
  ['SigninLogs | join kind=inner (SigninLogs | take 1) on UserId', []],
  ['SigninLogs | where IPAddress in ((_GetWatchlist("a") | project tostring(SearchKey)))', []],
  ['SigninLogs | join kind=inner (ThreatIntelIndicators | take 1) on TenantId', []],
])('the tables of an NRT detection: %s', (query, places) => {
  const found = checkQuery(nrtSeveralTables, buildNrt({ query }));
  expect(found.map((finding) => finding.split(': ')[0])).toEqual(places);
});
