import type { Selector } from '../../src/detection/config.ts';
import type { Detection } from '../../src/detection/detection.ts';
import { isSelected, matchesSelector } from '../../src/detection/select-detections.ts';
import { buildHunting, buildIncidentCreation, buildScheduled } from '../support/build-detection.ts';
import { buildEnvironment } from '../support/build-environment.ts';

const file = 'detections/execution/encoded-command.yaml';
const detection = buildScheduled({
  id: '0AC5E1E6-98A5-4C0B-9B4B-2D3C52A8B1F0',
  severity: 'High',
  status: 'test',
  tags: ['PowerShell', 'windows'],
});

test.each<[string, Selector, boolean]>([
  ['an empty selector', {}, true],
  ['its id in another case', { id: ['0ac5e1e6-98a5-4c0b-9b4b-2d3c52a8b1f0'] }, true],
  ['another id', { id: ['1ac5e1e6-98a5-4c0b-9b4b-2d3c52a8b1f0'] }, false],
  ['one of its tags', { tag: ['linux', 'powershell'] }, true],
  ['no tag of it', { tag: ['power'] }, false],
  ['its status', { status: ['stable', 'test'] }, true],
  ['another status', { status: ['stable'] }, false],
  ['its severity', { severity: ['High'] }, true],
  ['another severity', { severity: ['Low'] }, false],
  ['its kind in another case', { kind: ['scheduled'] }, true],
  ['another kind', { kind: ['NRT'] }, false],
  ['a glob over its path', { path: ['detections/impact/**', 'detections/execution/**'] }, true],
  ['a glob elsewhere', { path: ['detections/impact/**'] }, false],
  ['keys that all match', { tag: ['windows'], severity: ['High'] }, true],
  ['keys of which one does not', { tag: ['windows'], severity: ['Low'] }, false],
  ['a key without values', { tag: [] }, false],
])('%s', (_, selector, expected) => {
  expect(matchesSelector({ file, detection }, selector)).toBe(expected);
});

test('a detection without a status counts as stable', () => {
  const subject = { file, detection: buildScheduled() };
  expect(matchesSelector(subject, { status: ['stable'] })).toBe(true);
  expect(matchesSelector(subject, { status: ['test'] })).toBe(false);
});

test.each<[string, Detection]>([
  ['a hunting query', buildHunting()],
  ['an incident creation', buildIncidentCreation()],
])('%s has no severity to select by', (_, detection) => {
  expect(matchesSelector({ file, detection }, { severity: ['High', 'Medium', 'Low'] })).toBe(false);
});

test.each<[string, readonly Selector[], readonly Selector[], boolean]>([
  ['without selectors everything is', [], [], true],
  ['one of several selectors is enough', [{ status: ['stable'] }, { tag: ['windows'] }], [], true],
  ['no selector that matches', [{ status: ['stable'] }], [], false],
  ['an exclusion wins', [{ tag: ['windows'] }], [{ severity: ['High'] }], false],
  ['an exclusion that does not match', [], [{ severity: ['Low'] }], true],
  ['a deprecated one is like any other', [{ status: ['deprecated'] }], [], false],
])('selection for an environment: %s', (_, select, exclude, expected) => {
  expect(isSelected({ file, detection }, buildEnvironment({ select, exclude }))).toBe(expected);
});
