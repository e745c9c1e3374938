import { sampleProject } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
});

afterEach(() => folder.remove());

const secret = 'hunter2~client~secret';

test.each([{}, { KUSTODIAN_DEBUG: '1' }])(
  'an error that nobody foresaw is reported as a bug, without the secrets in it (%j)',
  async (env) => {
    const run = await runCli(['validate'], {
      cwd: folder.path,
      env: { AZURE_CLIENT_SECRET: secret, ...env },
      wrapFileSystem: (fs) => ({
        ...fs,
        listFiles: () => Promise.reject(new Error(`broken: ${secret}, Bearer abc`)),
      }),
    });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(
      'error: this is a bug in kustodian: broken: [redacted], Bearer [redacted] [internal]\n',
    );
    expect(run.stderr.includes('\n    at ')).toBe('KUSTODIAN_DEBUG' in env);
    expect(run.stderr).not.toMatch(/hunter2|abc/);
  },
);
