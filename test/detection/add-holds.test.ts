import { addHolds, type NewHold } from '../../src/detection/add-holds.ts';
import { loadConfig } from '../../src/detection/load-config.ts';

const hold: NewHold = {
  detection: 'detections/a.yaml',
  displayName: 'Many failed sign-ins',
  environment: 'local',
  reason: 'floods "the queue": since # 10:00',
  until: '2026-12-31',
};
const head = '# ours\nowner: o\nenvironments:\n  local:\n    cloud: local # embedded\n';
const entry = `  - detection: detections/a.yaml # Many failed sign-ins
    environments: [local]
    reason: "floods \\"the queue\\": since # 10:00"
    until: 2026-12-31
`;
const old = '- { detection: id-1, reason: old, until: 2026-01-01 } # kept\n';

test.each([
  ['there are none', head, `${head}\nholds:\n${entry}`],
  ['the file ends without a line break', head.trimEnd(), `${head}\nholds:\n${entry}`],
  ['the list is empty', `holds: []\n${head}`, `holds:\n${entry}${head}`],
  ['the list has no value', `holds: # none\n${head}`, `holds: # none\n${entry}${head}`],
  ['there are some', `holds:\n  ${old}${head}`, `holds:\n  ${old}${entry}${head}`],
  [
    'they are not indented',
    `holds:\n${old}${head}`,
    `holds:\n${old}${entry.replaceAll(/^ {2}/gm, '')}${head}`,
  ],
  ['they come last', `${head}holds:\n  ${old}`.trimEnd(), `${head}holds:\n  ${old}${entry}`],
])('a hold is added and nothing else is changed where %s', (_, before, after) => {
  expect(addHolds(before, [hold])).toBe(after);
  const { config, diagnostics } = loadConfig('kustodian.yaml', new TextEncoder().encode(after));
  expect(diagnostics).toEqual([]);
  expect(config?.holds.at(-1)).toMatchObject({
    detection: 'detections/a.yaml',
    environments: ['local'],
    reason: hold.reason,
    until: '2027-01-01T00:00:00.000Z',
  });
});

test('line ends stay as they are in the file', () => {
  const after = addHolds(head.replaceAll('\n', '\r\n'), [hold]);
  expect(after?.replaceAll('\r\n', '')).not.toContain('\n');
});

test('several are added at once, and ids that look like numbers stay texts', () => {
  const ids = ['123', '5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a01', '1e3', 'with: colon'];
  const after = addHolds(
    head,
    ids.map((detection) => ({ ...hold, detection })),
  );
  const { config } = loadConfig('kustodian.yaml', new TextEncoder().encode(after));
  expect(config?.holds.map(({ detection }) => detection)).toEqual(ids);
});

test.each([
  ['in braces', `${head}holds: [{ detection: id-1, reason: old, until: 2026-01-01 }]\n`],
  ['that is no YAML', 'a: [\n'],
  ['with errors', 'owner: o\n'],
])('a file %s is left to a person', (_, text) => {
  expect(addHolds(text, [hold])).toBeUndefined();
});
