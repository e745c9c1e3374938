import { loadConfig } from '../../src/detection/load-config.ts';
import { toMoment } from '../../src/detection/normalise-config.ts';

function load(text: string): ReturnType<typeof loadConfig> {
  const whole = `owner: contoso-soc\nenvironments:\n  local:\n    cloud: local\n${text}`;
  return loadConfig('kustodian.yaml', new TextEncoder().encode(whole));
}

test('holds and acknowledgements come out in one spelling, with the end as a moment', () => {
  const { config, diagnostics } = load(`
holds:
  - detection: ./detections/a.yaml
    environments: local
    reason: "  floods the queue "
    until: 2026-12-31
  -
acknowledgedDrift:
  - detection: 5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a01
    fields: [severity]
    reason: tuned by hand
    expires: 2026-12-31T18:00Z
`);
  expect(diagnostics).toEqual([]);
  expect(config?.holds).toEqual([
    {
      detection: 'detections/a.yaml',
      environments: ['local'],
      reason: 'floods the queue',
      until: '2027-01-01T00:00:00.000Z',
      pointer: '/holds/0',
    },
  ]);
  expect(config?.acknowledgedDrift).toMatchObject([
    { fields: ['severity'], until: '2026-12-31T18:00:00.000Z', pointer: '/acknowledgedDrift/0' },
  ]);
});

test.each([
  [
    'no day of the calendar',
    'detection: a.yaml\n    reason: r\n    until: 2026-02-30',
    '"2026-02-30" is not a day',
  ],
  ['no time at all', 'detection: a.yaml\n    reason: r\n    until: soon', 'write a day like 2026-12-31'],
  ['no reason', 'detection: a.yaml\n    reason: ""\n    until: 2026-12-31', 'give a reason'],
  [
    'another environment',
    'detection: a.yaml\n    reason: r\n    until: 2026-12-31\n    environments: [local, lokal]',
    '"lokal" is not an environment',
  ],
  ['no detection', 'reason: r\n    until: 2026-12-31', 'detection'],
])('a hold with %s is refused at its place', (_, entry, said) => {
  const { config, diagnostics } = load(`holds:\n  - ${entry}\n`);
  expect(config).toBeUndefined();
  expect(diagnostics.map(({ message, hint = '' }) => `${message}; ${hint}`).join('\n')).toContain(said);
  expect(diagnostics[0]?.span?.start.line).toBeGreaterThan(4);
});

test('a day ends with it, and a time is what it is', () => {
  expect(toMoment('2026-12-31')).toBe('2027-01-01T00:00:00.000Z');
  expect(toMoment('2026-12-31T18:00Z')).toBe('2026-12-31T18:00:00.000Z');
  expect(toMoment('2026-13-01')).toBeUndefined();
});

test('an environment says how it prunes, what its limits are, and which workspace it is', () => {
  const { config, diagnostics } = loadConfig(
    'kustodian.yaml',
    new TextEncoder().encode(`owner: o
environments:
  lab:
    cloud: local
    workspaceId: 4BE00C7C-50A4-46D4-A8F5-4A4C84E9D6F4
    prune: disable
    limits: { enabledScheduledRules: 1024 }
`),
  );
  expect(diagnostics).toEqual([]);
  expect(config?.environments.get('lab')).toMatchObject({
    workspaceId: '4be00c7c-50a4-46d4-a8f5-4a4c84e9d6f4',
    prune: 'disable',
    limits: { enabledScheduledRules: 1024 },
  });
});
