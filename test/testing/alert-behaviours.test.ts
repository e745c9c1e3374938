import { Datetime, ticksPer } from '../../src/engine/value.ts';
import type { Row } from '../../src/engine/value.ts';
import type { EngineColumn } from '../../src/engine/scope.ts';
import type { AlertingDetection, QueryDetection } from '../../src/detection/detection.ts';
import { alertBehaviours } from '../../src/testing/sentinel/behaviours.ts';
import { groupEvents } from '../../src/testing/sentinel/group-events.ts';
import { groupIncidents } from '../../src/testing/sentinel/group-incidents.ts';
import { applyWindow, windowOf } from '../../src/testing/sentinel/query-window.ts';
import { raiseAlerts } from '../../src/testing/sentinel/raise-alerts.ts';
import type { Alert } from '../../src/testing/sentinel/alert.ts';
import { detectionOf, failedSignIns } from '../support/run-scenarios.ts';
import { at } from '../support/run-kql.ts';

const now = at('2026-01-15T12:00:00Z');

function detectionWith(more = '', text = failedSignIns): AlertingDetection {
  return detectionOf(`${text}${more}`).detection as AlertingDetection;
}

const nrtText = failedSignIns
  .replace('kind: Scheduled', 'kind: NRT')
  .replace(/^(queryFrequency|queryPeriod|triggerOperator|triggerThreshold).*\n/gm, '');

/** The alerts of rows of texts. */
function alertsOf(
  detection: AlertingDetection,
  names: readonly string[],
  rows: readonly Row[],
): readonly Alert[] {
  const columns = names.map((name): EngineColumn => ({ name, type: 'string' }));
  return raiseAlerts(detection, { columns, rows });
}

const repeat = (count: number, build: (index: number) => Row): readonly Row[] =>
  Array.from({ length: count }, (_row, index) => build(index));
const users = (count: number): readonly Row[] => repeat(count, (index) => [`u${index}@example.com`]);
const upn = ['UserPrincipalName'];

function seen(detection: QueryDetection, times: readonly string[]): readonly string[] {
  const rows = times.map((time): Row => [at(time), time]);
  const columns: readonly EngineColumn[] = [
    { name: 'TimeGenerated', type: 'datetime' },
    { name: 'Name', type: 'string' },
  ];
  return applyWindow({ columns, rows }, windowOf(detection, now)).rows.map((row) => row[1] as string);
}

const titled = (format: string): AlertingDetection =>
  detectionWith(`alertDetailsOverride:\n  alertDisplayNameFormat: '${format}'\n`);
const titleOf = (detection: AlertingDetection, value: string): string | undefined =>
  alertsOf(detection, upn, [[value]])[0]?.title;
const details = detectionWith('customDetails:\n  User: UserPrincipalName\n');
const kept = (rows: readonly Row[]): readonly string[] =>
  alertsOf(details, upn, rows)[0]?.customDetails['User'] ?? [];

const grouping = (more: string): AlertingDetection =>
  detectionWith(`incidentConfiguration:
  createIncident: true
  groupingConfiguration: {enabled: true, reopenClosedIncident: false, lookbackDuration: 1h, matchingMethod: AnyAlert}
${more}`);
const [alert] = alertsOf(detectionWith(), upn, users(1));
const sizes = (detection: AlertingDetection, seconds: readonly number[]): readonly number[] =>
  groupIncidents(
    detection,
    seconds.map((second) => ({
      alert: alert!,
      at: new Datetime(now.ticks + BigInt(second) * ticksPer.second),
    })),
  ).map(({ alerts }) => alerts.length);

/** At each limit, and one beyond it. */
const shows: Readonly<Record<string, () => void>> = {
  'window-half-open': () => {
    const times = ['2026-01-15T10:59:59.9999999Z', '2026-01-15T11:30:00Z', '2026-01-15T12:00:00.0000001Z'];
    expect(seen(detectionWith(), times)).toEqual([times[1]]);
  },
  'window-end': () => {
    const times = ['2026-01-15T11:00:00Z', '2026-01-15T11:59:59.9999999Z', '2026-01-15T12:00:00Z'];
    expect(seen(detectionWith(), times)).toEqual(times.slice(0, 2));
  },
  'window-nrt': () => {
    const times = ['2026-01-15T11:58:59.9999999Z', '2026-01-15T11:59:00Z', '2026-01-15T12:00:00Z'];
    expect(seen(detectionWith('', nrtText), times)).toEqual([times[1]]);
  },
  'trigger-threshold': () => {
    const counts = (operator: string): readonly number[] =>
      [1, 2, 3].filter((count) => {
        const text = failedSignIns.replace('triggerOperator: gt', `triggerOperator: ${operator}`);
        const detection = detectionWith('', text.replace('triggerThreshold: 0', 'triggerThreshold: 2'));
        return alertsOf(detection, upn, users(count)).length > 0;
      });
    expect([counts('gt'), counts('lt'), counts('eq'), counts('ne')]).toEqual([[3], [1], [2], [1, 3]]);
  },
  'alerts-per-run': () => {
    const detection = detectionWith('eventGroupingSettings: {aggregationKind: AlertPerResult}\n');
    const of = (results: number): readonly number[] =>
      groupEvents(detection, results).map(({ length }) => length);
    expect(of(150)).toEqual(Array(150).fill(1));
    expect(of(151)).toEqual([...(Array(149).fill(1) as number[]), 151]);
  },
  'alerts-per-nrt-run': () => {
    const detection = detectionWith('eventGroupingSettings: {aggregationKind: AlertPerResult}\n', nrtText);
    const of = (results: number): readonly number[] =>
      groupEvents(detection, results).map(({ length }) => length);
    expect(of(30)).toEqual(Array(30).fill(1));
    expect(of(31)).toEqual([...(Array(29).fill(1) as number[]), 31]);
  },
  entities: () => {
    const of = (
      detection: AlertingDetection,
      rows: readonly Row[],
    ): readonly [number | undefined, number] => {
      const [raised] = alertsOf(detection, ['UserPrincipalName', 'IPAddress'], rows);
      return [raised?.entities.length, raised?.notes.length ?? 0];
    };
    const two = detectionWith(
      '  - entityType: IP\n    fieldMappings:\n      - {identifier: Address, columnName: IPAddress}\n',
    );
    const rows = (count: number): readonly Row[] => repeat(count, (index) => [`u${index}`, `ip${index}`]);
    expect([of(detectionWith(), rows(500)), of(detectionWith(), rows(501))]).toEqual([
      [500, 0],
      [500, 1],
    ]);
    expect([of(two, rows(250)), of(two, rows(251))]).toEqual([
      [500, 0],
      [500, 2],
    ]);
  },
  'entity-identified': () => {
    expect(alertsOf(detectionWith(), upn, [[''], ['a@example.com']])[0]?.entities).toEqual([
      { entityType: 'Account', identifiers: { FullName: 'a@example.com' } },
    ]);
  },
  'entity-once': () => {
    expect(alertsOf(detectionWith(), upn, [['a'], ['b'], ['a']])[0]?.entities).toHaveLength(2);
  },
  'custom-detail-values': () => {
    expect([kept(users(50).map(([user]) => [user ?? ''])).length, kept(users(51)).length]).toEqual([50, 50]);
  },
  'custom-details-size': () => {
    const text = 'x'.repeat(2_047);
    expect([kept([[text], ['a']]), kept([[text], ['ab']])]).toEqual([[text, 'a'], [text]]);
  },
  'title-length': () => {
    expect(titleOf(titled('{{UserPrincipalName}}'), 'x'.repeat(256))).toHaveLength(256);
    expect(titleOf(titled('{{UserPrincipalName}}'), 'x'.repeat(257))).toHaveLength(256);
  },
  'description-length': () => {
    const detection = detectionWith(
      "alertDetailsOverride:\n  alertDescriptionFormat: '{{UserPrincipalName}}'\n",
    );
    const of = (size: number): number | undefined =>
      alertsOf(detection, upn, [['x'.repeat(size)]])[0]?.description.length;
    expect([of(5_120), of(5_121)]).toEqual([5_120, 5_120]);
  },
  'cut-between': () => {
    expect(titleOf(titled('{{UserPrincipalName}}'), `${'x'.repeat(255)}é`)).toBe('x'.repeat(255));
    expect(titleOf(titled('{{UserPrincipalName}}'), `${'x'.repeat(254)}é`)).toBe(`${'x'.repeat(254)}é`);
  },
  'override-empty': () => {
    expect(titleOf(titled('Of {{UserPrincipalName}}'), '')).toBe('Failed sign-in');
    expect(titleOf(titled('Of {{UserPrincipalName}}'), 'a')).toBe('Of a');
  },
  'override-severity': () => {
    const detection = detectionWith('alertDetailsOverride:\n  alertSeverityColumnName: UserPrincipalName\n');
    const of = (text: string): string | undefined => alertsOf(detection, upn, [[text]])[0]?.severity;
    expect([of('high'), of('critical'), of('')]).toEqual(['High', 'Medium', 'Medium']);
  },
  'grouping-lookback': () => {
    expect([sizes(grouping(''), [0, 3_600]), sizes(grouping(''), [0, 3_601])]).toEqual([[2], [1, 1]]);
  },
  'alerts-per-incident': () => {
    const times = (count: number): readonly number[] => Array.from({ length: count }, () => 0);
    expect([sizes(grouping(''), times(150)), sizes(grouping(''), times(151))]).toEqual([[150], [150, 1]]);
  },
  'no-incident': () => {
    expect(sizes(detectionWith('incidentConfiguration: {createIncident: false}\n'), [0])).toEqual([]);
    expect(sizes(detectionWith(), [0, 1])).toEqual([1, 1]);
  },
};

test.each(alertBehaviours.map(({ statement, id }) => [statement, id]))('%s', (_statement, id) => {
  shows[id]!();
});

test('every behaviour has one line, one source and one test', () => {
  expect(alertBehaviours.map(({ id }) => id)).toEqual(Object.keys(shows));
  expect(alertBehaviours.filter(({ source, statement }) => source === '' || statement === '')).toEqual([]);
});
