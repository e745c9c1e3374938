import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localConfig, sampleProject } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

/** The first run loads Microsoft's parser. */
const timeout = 60_000;

let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder({
    ...sampleProject,
    'kustodian.yaml': `${localConfig}    protected: true\n`,
  });
});

afterEach(() => folder.remove());

test(
  'nothing is written with --yes alone, and the remedy is named',
  async () => {
    const hold = ['--reason', 'floods the queue', '--until', '2026-02-28'];
    for (const [argv, remedy] of [
      [['deploy'], 'kustodian plan --env local --out plan.json'],
      [['rollback'], 'kustodian rollback --env local --out plan.json'],
      [
        ['disable', 'any', ...hold],
        'kustodian disable DETECTION --env local --reason … --until … --out plan.json',
      ],
    ] as const) {
      const refused = await runCli([...argv, '--yes'], { cwd: folder.path });
      expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
      expect(refused.stderr).toContain('[confirmation-needed]');
      expect(refused.stderr).toContain(remedy);
    }
    expect(await runCli(['deploy', '--yes', '--dry-run'], { cwd: folder.path })).toMatchObject({
      exitCode: 0,
    });
  },
  timeout,
);

test(
  'the name of the environment has to be typed; yes is not enough',
  async () => {
    const declined = await runCli(['deploy'], { cwd: folder.path, answer: true });
    expect(declined).toMatchObject({ exitCode: 1, questions: ['Deploy 2 changes to local? [local]'] });
    const agreed = await runCli(['deploy'], { cwd: folder.path, answer: 'local' });
    expect(agreed).toMatchObject({ exitCode: 0 });
    expect(agreed.stdout).toContain('2 created');
  },
  timeout,
);

test(
  'a saved plan is what somebody could look at, so it goes with --yes; without, the name is asked for',
  async () => {
    await runCli(['plan', '--out', 'plan.json'], { cwd: folder.path });
    const unsure = await runCli(['deploy', '--plan', 'plan.json'], { cwd: folder.path });
    expect(unsure).toMatchObject({ exitCode: 2 });
    expect(unsure.stderr).toContain('look at the saved plan, then give --yes as well');
    const deployed = await runCli(['deploy', '--plan', 'plan.json', '--yes'], { cwd: folder.path });
    expect(deployed).toMatchObject({ exitCode: 0, questions: [] });
  },
  timeout,
);

test(
  'without a terminal, the remedy is a saved plan and not --yes, which would be refused',
  async () => {
    const refused = await runCli(['deploy'], { cwd: folder.path });
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain('save a plan with kustodian plan --env local --out plan.json');
    expect(refused.stderr).not.toContain('deploy with --yes');
  },
  timeout,
);

test(
  'a rollback that was saved is carried out without a terminal, with the digest that was printed and once only',
  async () => {
    await runCli(['deploy'], { cwd: folder.path, answer: 'local' });
    const saved = await runCli(['rollback', '--out', 'back.json'], { cwd: folder.path });
    expect(saved).toMatchObject({ exitCode: 0, questions: [] });
    expect(saved.stdout).toContain('Plan: 2 to delete');
    const digest = /sha256:([0-9a-f]{64})/.exec(saved.stderr)?.[1] ?? '';
    const deploy = ['deploy', '--plan', 'back.json', '--yes', '--plan-digest'];
    const other = await runCli([...deploy, '0'.repeat(64)], { cwd: folder.path });
    expect(other.stderr).toContain('is not the plan that was approved');
    const done = await runCli([...deploy, digest], { cwd: folder.path });
    expect(done).toMatchObject({ exitCode: 0, questions: [] });
    expect(done.stdout).toContain('2 deleted');
    const again = await runCli([...deploy, digest], { cwd: folder.path });
    expect(again).toMatchObject({ exitCode: 2 });
    expect(again.stderr).toContain('[plan-outdated]');
  },
  timeout,
);

test(
  'a saved rollback meets the limits of a deploy, and an edit that was made since stops it',
  async () => {
    await runCli(['deploy'], { cwd: folder.path, answer: 'local' });
    await runCli(['rollback', '--out', 'back.json'], { cwd: folder.path });
    const deploy = ['deploy', '--plan', 'back.json', '--yes'];
    const limited = await runCli([...deploy, '--max-deletes', '1'], { cwd: folder.path });
    expect(limited.stderr).toContain('[limit-exceeded]');
    const file = join(folder.path, '.kustodian/local.json');
    const state = await readFile(file, 'utf8');
    expect(state).toContain('"severity":"Medium"');
    await folder.write('.kustodian/local.json', state.replaceAll('"severity":"Medium"', '"severity":"Low"'));
    const outdated = await runCli(deploy, { cwd: folder.path });
    expect(outdated).toMatchObject({ exitCode: 2 });
    expect(outdated.stderr).toContain('[plan-outdated]');
    expect(outdated.stderr).toContain('Many failed sign-ins');
  },
  timeout,
);

test(
  'the emergency brake is saved and carried out without a terminal, and the workspace remembers its hold',
  async () => {
    await runCli(['deploy'], { cwd: folder.path, answer: 'local' });
    const hold = ['--reason', 'floods the queue', '--until', '2026-02-28'];
    const saved = await runCli(['disable', 'Many failed sign-ins', ...hold, '--out', 'off.json'], {
      cwd: folder.path,
    });
    expect(saved).toMatchObject({ exitCode: 0, questions: [] });
    expect(saved.stderr).toContain('the workspace remembers it, too, once the plan is carried out');
    expect(await readFile(join(folder.path, 'kustodian.yaml'), 'utf8')).toContain('until: 2026-02-28');
    const done = await runCli(['deploy', '--plan', 'off.json', '--yes'], { cwd: folder.path });
    expect(done.stdout).toContain('1 disabled');
    await folder.write('kustodian.yaml', `${localConfig}    protected: true\n`);
    const plan = await runCli(['plan'], { cwd: folder.path });
    expect(plan.stdout).toContain('as the workspace remembers: alert rule');
  },
  timeout,
);

test(
  '--out saves and --yes writes, so the two together are refused',
  async () => {
    const hold = ['--reason', 'floods the queue', '--until', '2026-02-28'];
    for (const argv of [['rollback'], ['disable', 'any', ...hold]]) {
      const refused = await runCli([...argv, '--out', 'plan.json', '--yes'], { cwd: folder.path });
      expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
      expect(refused.stderr).toContain('--out does not go with --yes');
    }
  },
  timeout,
);
