import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import {
  forbiddenSubscriptionId,
  gitHubTokenUrl,
  refusedClientId,
  startFakeAzure,
  type FakeAzure,
} from '../support/fake-azure.ts';
import { localConfig } from '../support/sample-project.ts';
import { createTestFolder, type TestFolder } from '../support/test-host.ts';

/**
 * The CLI as it is built, signing in to Azure's own addresses: a proxy on the loopback leads there to an authority, an
 * Azure Resource Manager and a GitHub that are all the emulator. `npm test` builds before it tests.
 */
const entry = join(process.cwd(), 'dist/scripts/kustodian.js');
const workspace = {
  subscriptionId: '00000000-0000-0000-0000-000000000002',
  resourceGroup: 'rg',
  workspace: 'law-test',
};
const tenantId = '00000000-0000-0000-0000-0000000000aa';

/** Every value that must be seen nowhere, each in a form that no pattern would find. */
const secrets = {
  clientSecret: 'hunter2~client~secret',
  requestToken: 'hunter2~request~token',
  cliToken: 'hunter2~cli~token',
  proxyPassword: 'hunter2-proxy-password',
};
const jobToken = 'eyJhbGciOiJSUzI1NiJ9.aHVudGVyMi1qb2I.c2lnbmF0dXJl';
const mustNotShow = /hunter2|eyJ[\w-]+\.|aHVudGVyMi1qb2I/;

/** Without a query, so that no run waits for the parser. */
const detection = `id: 5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a05
name: Incidents of Defender for Cloud Apps
description: Makes incidents of alerts.
kind: MicrosoftSecurityIncidentCreation
productFilter: Microsoft Cloud App Security
`;

const environment = (
  name: string,
  more = '',
  { subscriptionId, workspace: workspaceName } = workspace,
): string =>
  `  ${name}:
    tenantId: ${tenantId}
    subscriptionId: ${subscriptionId}
    resourceGroup: ${workspace.resourceGroup}
    workspace: ${workspaceName}
${more}`;

let azure: FakeAzure;
let folder: TestFolder;

beforeAll(async () => {
  const workspaces = ['law-test', 'law-github'].map((name) => ({ ...workspace, workspace: name }));
  azure = await startFakeAzure({ workspaces, requestToken: secrets.requestToken, jobToken });
  folder = await createTestFolder({
    'detections/incidents.yaml': detection,
    'kustodian.yaml': [
      localConfig.trimEnd(),
      environment('staging'),
      environment('from-github', '    credential: github-oidc\n', { ...workspace, workspace: 'law-github' }),
      environment('forbidden', '', { ...workspace, subscriptionId: forbiddenSubscriptionId }),
    ].join('\n'),
    'authority.pem': azure.authority,
    'federated-token': jobToken,
    'bin/az': `#!/bin/sh
if [ -n "$AZ_FAILS" ]; then echo "ERROR: AADSTS1: token eyJhbGciOiJub25lIn0.aHVudGVyMi1heg.c2ln" >&2; exit 1; fi
echo '{"accessToken": "${secrets.cliToken}", "expires_on": 4102444800}'
`,
  });
  await chmod(join(folder.path, 'bin/az'), 0o755);
});

afterAll(async () => {
  await azure.stop();
  await folder.remove();
});

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [entry, ...argv], {
    cwd: folder.path,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: [join(folder.path, 'bin'), process.env['PATH']].join(delimiter),
      NODE_EXTRA_CA_CERTS: join(folder.path, 'authority.pem'),
      AZURE_CLIENT_ID: '00000000-0000-0000-0000-0000000000bb',
      AZURE_CLIENT_SECRET: secrets.clientSecret,
      AZURE_FEDERATED_TOKEN_FILE: join(folder.path, 'federated-token'),
      ACTIONS_ID_TOKEN_REQUEST_URL: gitHubTokenUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: secrets.requestToken,
      ...azure.env,
      ...env,
    },
  });
  const [stdout, stderr] = await Promise.all([read(child.stdout), read(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, stdout, stderr };
}

async function read(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

const offline = { HTTPS_PROXY: `http://user:${secrets.proxyPassword}@127.0.0.1:1` };

test('each way of signing in reaches the workspace, and leaves no secret in an output or a file', async () => {
  const deploy = ['deploy', '--env', 'staging', '--yes', '--credential'];
  const first = await run([...deploy, 'client-secret'], { KUSTODIAN_DEBUG: '1' });
  expect(first).toMatchObject({ exitCode: 0 });
  const others: readonly (readonly [readonly string[], Readonly<Record<string, string>>])[] = [
    [[...deploy, 'workload-identity', '--format', 'json'], {}],
    [[...deploy, 'azure-cli', '--format', 'markdown'], { CI: 'true' }],
    [['plan', '--env', 'staging', '--out', 'plan.json'], {}],
    [['plan', '--env', 'from-github'], { CI: 'true', AZURE_LOG_LEVEL: 'verbose' }],
    [['build', '--env', 'staging', '--out', 'out'], {}],
    [['deploy'], {}],
  ];
  const runs = [first];
  for (const [argv, env] of others) {
    const next = await run(argv, { KUSTODIAN_DEBUG: '1', ...env });
    expect(next).toMatchObject({ exitCode: 0 });
    runs.push(next);
  }
  expect(runs[3]?.stdout).toContain('no changes');
  expect(new Set(azure.requests.map((request) => request.split(' ')[0]))).toEqual(
    new Set(['login.microsoftonline.com', 'management.azure.com', 'pipelines.actions.githubusercontent.com']),
  );
  expect(azure.requests).toContainEqual(expect.stringMatching(/^management\.azure\.com PUT .*8f1a05$/));
  for (const { stdout, stderr } of runs) expect(`${stdout}\n${stderr}`).not.toMatch(mustNotShow);

  const given = new Set(['authority.pem', 'federated-token', 'bin/az']);
  const entries = await readdir(folder.path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(folder.path.length + 1))
    .filter((file) => !given.has(file));
  expect(files).toEqual(expect.arrayContaining(['plan.json', '.kustodian/local.json', 'out/index.json']));
  for (const file of files) {
    expect(await readFile(join(folder.path, file), 'utf8')).not.toMatch(mustNotShow);
  }
}, 240_000);

const withClientSecret = ['plan', '--env', 'staging', '--credential', 'client-secret'];

test.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
  [
    'a client secret that is refused',
    withClientSecret,
    { AZURE_CLIENT_ID: refusedClientId },
    /^error: cannot sign in with "client-secret" of tenant .* for https:\/\/management\.azure\.com\/\.default: AADSTS7000215: No\. You sent .*\[redacted\].* \[authentication-failed\]\n {2}help: set AZURE_CLIENT_SECRET to the value/,
  ],
  [
    'a GitHub job that may not ask for a token',
    ['plan', '--env', 'from-github'],
    { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'hunter2~wrong' },
    /^error: GitHub gave no token .*it answered 403 \[authentication-failed\]\n {2}help: .*id-token: write/,
  ],
  [
    'an Azure CLI that is not signed in',
    ['plan', '--env', 'staging'],
    { AZ_FAILS: '1' },
    /^error: cannot sign in with "azure-cli" of tenant .*: ERROR: AADSTS1: token \[redacted\] \[authentication-failed\]\n {2}help: run "az login"/,
  ],
  [
    'an identity without a role',
    ['plan', '--env', 'forbidden', '--credential', 'client-secret'],
    {},
    /^error: cannot list .*, signed in with "client-secret" of tenant .*: AuthorizationFailed \(403\): No\. You sent Bearer \[redacted\].*\[authorization-failed\]\n {2}help: give the identity at least the role ".* Reader" on \/subscriptions\//,
  ],
  [
    'no network',
    withClientSecret,
    offline,
    /^error: cannot reach login\.microsoftonline\.com: the connection was refused \[network-failed\]\n {2}help: check the network/,
  ],
  [
    'no network to Azure',
    ['plan', '--env', 'staging'],
    offline,
    /^error: cannot reach management\.azure\.com: the connection was refused \[network-failed\]\n {2}help: /,
  ],
])(
  '%s is one error with its remedy, and no secret',
  async (_name, argv, env, said) => {
    const [plain, debug] = await Promise.all([
      run(argv, env),
      run(argv, { ...env, KUSTODIAN_DEBUG: '1', AZURE_LOG_LEVEL: 'verbose' }),
    ]);
    expect(plain).toMatchObject({ exitCode: 2, stdout: '' });
    const lines = plain.stderr.trimEnd().split('\n');
    const message = lines.slice(lines.findIndex((line) => line.startsWith('error: ')));
    expect(message.join('\n')).toMatch(said);
    expect(message).toHaveLength(2);

    expect(debug.stderr).toContain('\n    at ');
    for (const { stdout, stderr } of [plain, debug]) expect(`${stdout}\n${stderr}`).not.toMatch(mustNotShow);
  },
  240_000,
);
