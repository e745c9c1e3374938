import { localConfig, sampleProject } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

const file = 'detections/credential-access/failed-sign-ins.yaml';
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
});

afterEach(() => folder.remove());

test.each([
  ['its file', file],
  ['its id', '5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a01'],
  ['its name', 'many failed sign-ins'],
])('a detection is rendered by %s', async (_name, wanted) => {
  const run = await runCli(['render', wanted], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  expect(JSON.parse(run.stdout)).toMatchObject({
    kind: 'Scheduled',
    properties: {
      displayName: 'Many failed sign-ins',
      queryFrequency: 'PT1H',
      triggerOperator: 'GreaterThan',
    },
  });
});

test('--explain says where each value comes from', async () => {
  await folder.write(
    'kustodian.yaml',
    `${localConfig}    overrides:\n      - select: { severity: Medium }\n        set: { severity: Low }\n        reason: try it\n`,
  );
  const run = await runCli(['render', file, '--explain'], { cwd: folder.path });
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toMatch(
    /^severity = "Low" +kustodian\.yaml:7:\d+ \(override of environment "local": try it\)$/m,
  );
  expect(run.stdout).toMatch(/^queryPeriod = "PT1H" +detections\/.*failed-sign-ins\.yaml:11:14$/m);
  expect(run.stdout).toMatch(/^enabled = true +default$/m);
});

test('a name that no detection has suggests the nearest', async () => {
  const run = await runCli(['render', 'Many failed sign-in'], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain('did you mean "Many failed sign-ins"?');
});

test('a detection with errors is not rendered', async () => {
  await folder.write(file, 'id: 1\n');
  const run = await runCli(['render', file], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 1, stdout: '' });
  expect(run.stderr).toContain(`${file}:1:`);
});
