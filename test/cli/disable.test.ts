import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localConfig, sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

/** The first run loads Microsoft's parser. */
const timeout = 60_000;
const file = 'detections/credential-access/failed-sign-ins.yaml';
const id = '5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a01';
const hold = ['--reason', 'floods the queue', '--until', '2026-02-28'];
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
  await run('deploy');
}, timeout);

afterEach(() => folder.remove());

function run(...argv: readonly string[]): Promise<CliRun> {
  return runCli(argv, { cwd: folder.path });
}

const config = (): Promise<string> => readFile(join(folder.path, 'kustodian.yaml'), 'utf8');
const state = (): Promise<string> => readFile(join(folder.path, '.kustodian/local.json'), 'utf8');

test.each([
  ['file', file, file],
  ['id', id, id],
  ['name', 'many failed SIGN-INS', id],
])(
  'an alert rule is switched off by its %s, and held off by kustodian.yaml',
  async (_, wanted, written) => {
    const disabled = await run('disable', wanted, ...hold);
    expect(disabled).toMatchObject({ exitCode: 0 });
    expect(disabled.stdout).toContain('- disable alert rule "Many failed sign-ins"');
    expect(disabled.stderr).toContain('commit it');
    expect(await state()).toContain('"enabled":false');
    expect(await config()).toBe(`${localConfig}
holds:
  - detection: ${written} # Many failed sign-ins
    environments: [local]
    reason: "floods the queue"
    until: 2026-02-28
`);
    const deployed = await run('deploy');
    expect(deployed).toMatchObject({ exitCode: 0 });
    expect(deployed.stdout).toContain('held until 2026-03-01T00:00:00.000Z: alert rule');
    expect(deployed.stdout).toContain('would be updated; reason: floods the queue');
    expect(await run('drift')).toMatchObject({ exitCode: 0 });
  },
  timeout,
);

test('the workspace remembers the hold where kustodian.yaml does not say it, until it is lifted', async () => {
  await run('disable', id, ...hold);
  await folder.write('kustodian.yaml', localConfig);
  expect((await run('deploy')).stdout).toContain('as the workspace remembers: alert rule');
  const lifted = await run('deploy', '--lift-holds');
  expect(lifted.stdout).toContain('enabled: false → true');
  expect((await run('plan')).stdout).toContain('no changes, 2 unchanged');
});

test('to disable what is off already says so, and does not hold it twice', async () => {
  const first = await run('disable', id, ...hold);
  expect(first.stdout).toContain('Disabled in local: 1 disabled');
  const report = /kept the report of this run in (\S+)/.exec(first.stderr)?.[1] ?? '';
  expect(await readFile(join(folder.path, report), 'utf8')).toContain('"verb": "disable",');
  const before = await config();
  const again = await run('disable', id, ...hold);
  expect(again.stdout).toContain('it is off already; only the hold is remembered on the workspace');
  expect(again.stderr).toContain('kustodian.yaml holds it already');
  expect(await config()).toBe(before);
  const longer = await run('disable', id, '--reason', 'still', '--until', '2026-03-31');
  expect(longer.stderr).toContain('added a hold');
});

test('a rollback switches it on again', async () => {
  await run('disable', id, ...hold);
  expect((await run('rollback')).stdout).toContain('enabled: false → true');
  await folder.write('kustodian.yaml', localConfig);
  expect((await run('plan')).stdout).toContain('no changes, 2 unchanged');
});

test('with --dry-run nothing is done, and the hold is shown', async () => {
  const before = await state();
  const shown = await run('disable', id, ...hold, '--dry-run');
  expect(shown).toMatchObject({ exitCode: 0 });
  expect(shown.stderr).toContain('would be added to kustodian.yaml:\nholds:\n  - detection:');
  expect([await state(), await config()]).toEqual([before, localConfig]);
});

test('detections with errors are no obstacle', async () => {
  await folder.write('detections/broken.yaml', 'id: x\n  name: y\n');
  expect(await run('disable', id, ...hold)).toMatchObject({ exitCode: 0 });
});

test.each([
  ['an unknown name', ['Many failed sign-in'], 'did you mean "Many failed sign-ins"?'],
  ['a hunting query', ['Sign-ins from new countries'], 'cannot be switched off'],
  ['no reason', [id, '--until', '2026-02-28'], '--reason is missing'],
  ['a time that is over', [id, '--reason', 'x', '--until', '2026-01-01'], 'no time to come'],
  ['no day of the calendar', [id, '--reason', 'x', '--until', '2026-02-30'], 'no day or time'],
])('%s is refused', async (_, argv, said) => {
  const options = argv.includes('--until') ? [] : hold;
  const refused = await run('disable', ...argv, ...options);
  expect(refused).toMatchObject({ exitCode: 2 });
  expect(refused.stderr).toContain(said);
  expect(await config()).toBe(localConfig);
});

test('what a rollback brings back is held with --hold', async () => {
  await folder.write(file, scheduledDetection.replace('Medium', 'High'));
  await run('deploy');
  const rolledBack = await run('rollback', '--hold', ...hold);
  expect(rolledBack).toMatchObject({ exitCode: 0 });
  expect(await config()).toContain(`  - detection: ${id} # Many failed sign-ins\n`);
  expect((await run('deploy')).stdout).toContain('severity: "Medium" → "High"');
  expect(await state()).toContain('"severity":"Medium"');
});

test('a hold that is over is a warning in the plan, and keeps nothing', async () => {
  await folder.write(file, scheduledDetection.replace('Medium', 'High'));
  await folder.write(
    'kustodian.yaml',
    `${localConfig}holds:\n  - { detection: ${file}, reason: r, until: 2025-12-31 }\n`,
  );
  const plan = await run('plan');
  expect(plan.stdout).toContain('warning: kustodian.yaml: the hold for');
  expect(plan.stdout).toContain('1 to update');
  expect((await run('validate')).stdout).toContain('expired-entry');
});
