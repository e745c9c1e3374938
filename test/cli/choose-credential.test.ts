import { chooseCredential } from '../../src/cli/choose-credential.ts';
import { buildEnvironment } from '../support/build-environment.ts';
import { localConfig, sampleProject } from '../support/sample-project.ts';
import { createTestFolder, runCli } from '../support/test-host.ts';

const silent = buildEnvironment();
const configured = buildEnvironment({ credential: 'github-oidc' });
const ci = { CI: 'true' };

test.each([
  ['the command line wins', 'managed-identity', configured, ci, 'managed-identity'],
  ['kustodian.yaml comes next', undefined, configured, ci, 'github-oidc'],
  ['it counts for people too', undefined, configured, {}, 'github-oidc'],
  ['people use the Azure CLI', undefined, silent, {}, 'azure-cli'],
  ['CI can be off', undefined, silent, { CI: 'false', TF_BUILD: 'True' }, 'azure-cli'],
  ['CI can be empty', undefined, silent, { CI: '' }, 'azure-cli'],
] as const)('%s', (_name, fromCommandLine, environment, env, expected) => {
  expect(chooseCredential(fromCommandLine, environment, env)).toBe(expected);
});

test.each([{ CI: 'true' }, { CI: '1' }, { TF_BUILD: 'True' }])('with %j nothing is chosen', (env) => {
  expect(() => chooseCredential(undefined, silent, env)).toThrow(
    expect.objectContaining({
      code: 'authentication-failed',
      message: 'environment "staging" does not say how to sign in, and in CI it must be said',
      hint: expect.stringMatching(
        /"credential" in kustodian\.yaml.*--credential.*azure-cli, github-oidc, .*client-certificate/,
      ) as string,
    }) as Error,
  );
});

test('a run in CI that is not told how to sign in ends in 2, and one on the embedded workspace needs no telling', async () => {
  const folder = await createTestFolder({
    ...sampleProject,
    'kustodian.yaml': `${localConfig}  staging:
    subscriptionId: 00000000-0000-0000-0000-000000000002
    resourceGroup: rg
    workspace: law-test
`,
  });
  const run = await runCli(['deploy', '--env', 'staging', '--yes'], { cwd: folder.path, env: ci });
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toMatch(
    /\nerror: environment "staging" does not say how to sign in.* \[authentication-failed\]\n {2}help: .*github-oidc/,
  );
  expect(await runCli(['plan'], { cwd: folder.path, env: ci })).toMatchObject({ exitCode: 0 });
  await folder.remove();
}, 30_000);
