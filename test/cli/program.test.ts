import { createTestFolder, runCli } from '../support/test-host.ts';
import { verbs } from '../../src/cli/verbs/index.ts';

const cwd = '/';

test('without arguments, the help is printed and all is well', async () => {
  const run = await runCli([], { cwd });
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  for (const { name } of verbs) expect(run.stdout).toContain(`\n  ${name} `);
});

test.each(verbs.map(({ name }) => name))('%s --help teaches by example', async (name) => {
  const run = await runCli([name, '--help'], { cwd });
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  expect(run.stdout).toContain(`Usage: kustodian ${name}`);
  expect(run.stdout).toContain('Examples:');
});

test('--version prints the version of the package', async () => {
  expect((await runCli(['--version'], { cwd })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('a bug is one message that says so, and 2', async () => {
  const folder = await createTestFolder({ 'kustodian.yaml': 'owner: x\n' });
  const run = await runCli(['validate'], {
    cwd: folder.path,
    wrapFileSystem: (fs) => ({
      ...fs,
      readFileIfExists: () => Promise.reject(new TypeError('x is not a function')),
    }),
  });
  await folder.remove();
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain('error: this is a bug in kustodian: x is not a function [internal]\n');
  expect(run.stderr).not.toContain('    at ');
});

test('in a GitHub workflow, what stops the tool is an annotation too', async () => {
  const run = await runCli(['deplyo'], { cwd, env: { GITHUB_ACTIONS: 'true' } });
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain(
    '::error title=usage::"deplyo" is no verb of kustodian%0Adid you mean "deploy"?\n',
  );
});
