import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localConfig, sampleProject } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

/** The first run loads Microsoft's parser. */
const timeout = 60_000;
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
});

afterEach(() => folder.remove());

const run = (...argv: readonly string[]): Promise<CliRun> => runCli(argv, { cwd: folder.path });

/** Serves the workspace of "local" while the task runs, and points the environment "trial" at it. */
async function whileServed(argv: readonly string[], task: () => Promise<void>): Promise<CliRun> {
  const abort = new AbortController();
  let tell: (url: string) => void = () => undefined;
  const url = new Promise<string>((resolve) => (tell = resolve));
  const served = runCli(['emulator', '--log', ...argv], {
    cwd: folder.path,
    signal: abort.signal,
    onOutput: (text) => {
      tell(text.trim());
    },
  });
  try {
    await folder.write(
      'kustodian.yaml',
      `${localConfig}  trial:\n    cloud: local\n    endpoint: ${await url}\n`,
    );
    await task();
  } finally {
    abort.abort();
  }
  return await served;
}

test(
  "an environment with an endpoint is deployed to over HTTP, says that it is not Azure, and sends nobody's token",
  async () => {
    const served = await whileServed(['--token', 'local'], async () => {
      const deployed = await run('deploy', '--env', 'trial');
      expect(deployed).toMatchObject({ exitCode: 0 });
      expect(deployed.stdout).toContain('Deployed to trial: 2 created');
      expect(deployed.stderr).toMatch(
        /note: trial is the workspace that is served at http:\/\/127\.0\.0\.1:\d+ for trying out, not one in Azure/,
      );
      expect((await run('plan', '--env', 'trial')).stdout).toContain('no changes, 2 unchanged');
      // The process that serves it holds the state.
      expect((await run('deploy')).stderr).toContain('[state-in-use]');
    });
    expect(served.stderr).toMatch(/PUT \S+\/alertRules\/\S+ 201/);
    expect((await run('plan')).stdout).toContain('no changes, 2 unchanged');
  },
  timeout,
);

test(
  'a role that only reads can plan; its deploy fails change by change, and doctor names what is missing',
  async () => {
    await whileServed(['--role', 'plan'], async () => {
      expect((await run('plan', '--env', 'trial')).stdout).toContain('2 to create');
      expect(await run('doctor', '--env', 'trial', '--for', 'plan')).toMatchObject({ exitCode: 0 });
      const examined = await run('doctor', '--env', 'trial');
      expect(examined).toMatchObject({ exitCode: 1 });
      expect(examined.stdout).toContain('Microsoft.SecurityInsights/alertRules/write');
      const deployed = await run('deploy', '--env', 'trial', '--report', 'json=run.json');
      expect(deployed).toMatchObject({ exitCode: 1 });
      expect(deployed.stdout).toContain('AuthorizationFailed');
      expect(deployed.stdout).toContain('2 failed');
      const report = await readFile(join(folder.path, 'run.json'), 'utf8');
      const id = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
      const failure = {
        code: 'authorization-failed',
        status: 403,
        serviceCode: 'AuthorizationFailed',
        correlationId: id,
        clientRequestId: id,
      };
      expect(JSON.parse(report)).toMatchObject({
        workspaces: [{ outcomes: [{ failure }, { status: 'unchanged' }, { failure }] }],
      });
    });
    expect((await run('plan')).stdout).toContain('2 to create');
  },
  timeout,
);

test(
  'with lists denied nothing is planned, so nothing is deployed, and the run is not green',
  async () => {
    await whileServed(['--deny', '*/read'], async () => {
      const deployed = await run('deploy', '--env', 'trial');
      expect(deployed).toMatchObject({ exitCode: 2, stdout: '' });
      expect(deployed.stderr).toContain('AuthorizationFailed');
    });
  },
  timeout,
);

test('what is denied must be an action that is taken, or it would deny nothing', async () => {
  const refused = await run('emulator', '--deny', 'Microsoft.SecurityInsights/alertRule/write');
  expect(refused).toMatchObject({ exitCode: 2 });
  expect(refused.stderr).toContain('did you mean "Microsoft.SecurityInsights/alertRules/write"?');
});

test(
  'where nothing is served, the remedy is to serve it',
  async () => {
    await whileServed([], () => Promise.resolve());
    const plan = await run('plan', '--env', 'trial');
    expect(plan).toMatchObject({ exitCode: 2 });
    expect(plan.stderr).toContain('nothing is served there: start it with "kustodian emulator"');
  },
  timeout,
);
