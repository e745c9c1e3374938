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
    for (const verb of ['deploy', 'rollback']) {
      const refused = await runCli([verb, '--yes'], { cwd: folder.path });
      expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
      expect(refused.stderr).toContain('[confirmation-needed]');
      expect(refused.stderr).toContain('kustodian plan --env local --out plan.json');
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
    expect(await runCli(['deploy', '--plan', 'plan.json'], { cwd: folder.path })).toMatchObject({
      exitCode: 2,
    });
    const deployed = await runCli(['deploy', '--plan', 'plan.json', '--yes'], { cwd: folder.path });
    expect(deployed).toMatchObject({ exitCode: 0, questions: [] });
  },
  timeout,
);
