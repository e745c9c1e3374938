import { localConfig, sampleProject } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
});

afterEach(() => folder.remove());

test('the embedded workspace passes every check', async () => {
  const run = await runCli(['doctor'], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  expect(run.stdout).toContain('pass    kustodian.yaml: environment local, cloud local');
  expect(run.stdout).toContain('pass    role assignments, to deploy: all 16 actions are allowed');
  expect(run.stdout).toMatch(/local: nothing stands in the way\n$/);
});

test('as JSON, each check has an id, a status and what was seen', async () => {
  const run = await runCli(['doctor', '--for', 'plan', '--format', 'json'], { cwd: folder.path });
  expect(JSON.parse(run.stdout)).toMatchObject({
    formatVersion: 1,
    environment: 'local',
    healthy: true,
    checks: expect.arrayContaining([
      {
        id: 'permissions',
        title: 'role assignments, to plan',
        status: 'pass',
        detail: 'all 10 actions are allowed',
      },
    ]) as unknown,
  });
});

test('not to have said how to sign in is a failed check, with its remedy', async () => {
  await folder.write(
    'kustodian.yaml',
    `${localConfig}  staging:
    tenantId: 00000000-0000-0000-0000-000000000001
    subscriptionId: 00000000-0000-0000-0000-000000000002
    resourceGroup: rg
    workspace: law-test
`,
  );
  const run = await runCli(['doctor', '--env', 'staging'], { cwd: folder.path, env: { CI: 'true' } });
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toMatch(/fail {4}sign-in: .+\n {8}help: .+\nstaging: 1 check failed\n$/);
});
