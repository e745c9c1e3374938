import { sampleProject } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder({
    ...sampleProject,
    'kustodian.yaml': `${sampleProject['kustodian.yaml']}  staging:
    tenantId: 00000000-0000-0000-0000-000000000001
    subscriptionId: 00000000-0000-0000-0000-000000000002
    resourceGroup: rg
    workspace: law-test
`,
  });
});

afterEach(() => folder.remove());

test.each([
  ['a workspace in Azure', ['--env', 'staging'], 'is a workspace in Azure'],
  ['something that is no port', ['--port', '70000'], '"70000" is no value of --port'],
])('%s cannot be served', async (_name, options, said) => {
  const run = await runCli(['emulator', ...options], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain(said);
});

test('Ctrl-C ends the server, and all is well', async () => {
  const abort = new AbortController();
  abort.abort();
  const run = await runCli(['emulator'], { cwd: folder.path, signal: abort.signal });
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
});
