import { loadConfig } from '../../src/detection/load-config.ts';
import {
  checkTimedEntries,
  findAcknowledgedDrift,
  findActiveHolds,
} from '../../src/validate/timed-entries.ts';
import { buildLoaded, buildScheduled } from '../support/build-detection.ts';
import { buildEnvironment } from '../support/build-environment.ts';

const loaded = [buildLoaded(buildScheduled({ id: 'id-1' }), { file: 'detections/a.yaml' })];
const now = new Date('2026-06-01T12:00:00Z');
const staging = buildEnvironment();

function configOf(text: string) {
  const head = 'owner: o\nenvironments:\n  staging:\n    cloud: local\n  lab:\n    cloud: local\n';
  const { config, diagnostics } = loadConfig('kustodian.yaml', new TextEncoder().encode(head + text));
  expect(diagnostics).toEqual([]);
  return config!;
}

function hold(fields: string): string {
  return `holds:\n  - { reason: r, until: 2026-06-30, ${fields} }\n`;
}

test.each([
  ['detection: detections/a.yaml', ['id-1']],
  ['detection: id-1', ['id-1']],
  ['detection: gone', ['gone']],
  ['detection: id-1, environments: [staging, lab]', ['id-1']],
  ['detection: id-1, environments: lab', []],
])('a hold of %s counts for %j', (fields, ids) => {
  const found = findActiveHolds(configOf(hold(fields)), loaded, staging, now);
  expect(found.map(({ detectionId }) => detectionId)).toEqual(ids);
});

test('a hold ends with its day', () => {
  const config = configOf('holds:\n  - { detection: id-1, reason: r, until: 2026-06-01 }\n');
  expect(findActiveHolds(config, loaded, staging, now)).toHaveLength(1);
  const later = new Date('2026-06-02T00:00:00Z');
  expect(findActiveHolds(config, loaded, staging, later)).toEqual([]);
  expect(checkTimedEntries(config, loaded, now)).toEqual([]);
  expect(checkTimedEntries(config, loaded, later)).toMatchObject([
    { code: 'expired-entry', severity: 'warning', span: { start: { line: 8 } } },
  ]);
});

test('an acknowledgement counts for its fields', () => {
  const config = configOf(
    'acknowledgedDrift:\n  - { detection: id-1, reason: r, fields: severity, expires: 2026-06-30 }\n',
  );
  expect(findAcknowledgedDrift(config, loaded, staging, now)).toEqual([
    { detectionId: 'id-1', fields: ['severity'], reason: 'r', until: '2026-07-01T00:00:00.000Z' },
  ]);
});

test.each([
  ['detections/b.yaml', 'error'],
  ['id-2', 'warning'],
])('what names no detection is found: %s (%s)', (name, severity) => {
  expect(checkTimedEntries(configOf(hold(`detection: ${name}`)), loaded, now)).toMatchObject([
    { code: 'unknown-detection', severity },
  ]);
});
