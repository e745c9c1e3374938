import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { armError } from '../../src/emulator/arm-error.ts';
import { toPlainResponse, type EmulatorResponse, type Middleware } from '../../src/emulator/http.ts';
import { startFakeAzure, type FakeAzure } from '../support/fake-azure.ts';
import { createTestFolder, type TestFolder } from '../support/test-host.ts';

/** The CLI as it is built, deploying to Azure's own addresses, which lead to the emulator, and interrupted on the way. */
const entry = join(process.cwd(), 'dist/scripts/kustodian.js');
const workspace = {
  subscriptionId: '00000000-0000-0000-0000-000000000002',
  resourceGroup: 'rg',
  workspace: 'law-test',
};
const count = 30;

const config = `owner: tests
environments:
  staging:
    tenantId: 00000000-0000-0000-0000-0000000000aa
    subscriptionId: ${workspace.subscriptionId}
    resourceGroup: ${workspace.resourceGroup}
    workspace: ${workspace.workspace}
    credential: client-secret
`;

/** Without a query, so that no run waits for the parser. */
const detection = (index: number): string => `id: 5f1b0c53-6d0f-4d0b-9a4e-${String(index).padStart(12, '0')}
name: Incidents of Defender for Cloud Apps ${index}
description: Makes incidents of alerts.
kind: MicrosoftSecurityIncidentCreation
productFilter: Microsoft Cloud App Security
`;

/** What befalls the next write of an alert rule: tells the test, and waits for what it says. */
let onWrite: (answer: () => Promise<EmulatorResponse>) => Promise<EmulatorResponse>;
let azure: FakeAzure;
let folder: TestFolder;

const control: Middleware = (next) => (request) =>
  request.method === 'PUT' && request.url.includes('/alertRules/')
    ? onWrite(() => next(request))
    : next(request);

beforeEach(async () => {
  onWrite = (answer) => answer();
  azure = await startFakeAzure({
    workspaces: [workspace],
    requestToken: 'r',
    jobToken: 'j',
    middleware: [control],
  });
  folder = await createTestFolder({
    'kustodian.yaml': config,
    'authority.pem': azure.authority,
    ...Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`detections/${index}.yaml`, detection(index)]),
    ),
  });
});

afterEach(async () => {
  await azure.stop();
  await folder.remove();
});

function deploy() {
  const argv = ['deploy', '--env', 'staging', '--yes', '--report', 'json=run.json'];
  const child = spawn(process.execPath, [entry, ...argv], {
    cwd: folder.path,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_EXTRA_CA_CERTS: join(folder.path, 'authority.pem'),
      AZURE_CLIENT_ID: '00000000-0000-0000-0000-0000000000bb',
      AZURE_CLIENT_SECRET: 'secret',
      ...azure.env,
    },
  });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  child.stdout.resume();
  const ended = once(child, 'close').then(() => ({ exitCode: child.exitCode, stderr }));
  const interrupted = new Promise<void>((resolve) => {
    child.stderr.on('data', () => {
      if (stderr.includes('interrupted: finishing what is under way')) resolve();
    });
  });
  return { child, ended, interrupted };
}

interface Report {
  readonly complete: boolean;
  readonly workspaces: readonly {
    readonly summary: Readonly<Record<string, number>>;
    readonly outcomes: readonly { readonly status: string; readonly reason?: string }[];
  }[];
}

async function readReport(): Promise<{ readonly complete: boolean } & Report['workspaces'][number]> {
  const { complete, workspaces } = JSON.parse(
    await readFile(join(folder.path, 'run.json'), 'utf8'),
  ) as Report;
  return { complete, ...workspaces[0]! };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s lets what is under way get its answer, writes the report, exits with 1, and the next deploy goes on',
  async (signal) => {
    const answers: (() => void)[] = [];
    const run = deploy();
    const held = new Promise<void>((resolve) => {
      onWrite = async (answer) => {
        resolve();
        await new Promise<void>((go) => answers.push(go));
        return await answer();
      };
    });
    await held;
    run.child.kill(signal);
    await run.interrupted;
    onWrite = (answer) => answer();
    for (const go of answers) go();
    expect(await run.ended).toMatchObject({ exitCode: 1 });

    const first = await readReport();
    expect(first.complete).toBe(false);
    expect(first.summary['applied']).toBeGreaterThan(0);
    expect(first.summary['skipped']).toBeGreaterThan(0);
    expect(first.outcomes).toHaveLength(count + 1);
    expect(await deploy().ended).toMatchObject({ exitCode: 0 });
    const second = await readReport();
    expect(second.complete).toBe(true);
    expect(second.summary).toMatchObject({ failed: 0, skipped: 0 });
    expect(first.summary['applied']! + second.summary['applied']!).toBe(count);
  },
  240_000,
);

test('nobody waits for a service that throttles once the run is interrupted', async () => {
  const busy = toPlainResponse(
    armError(429, 'SubscriptionRequestsThrottled', 'Later.', { 'retry-after': '3600' }),
  );
  const run = deploy();
  const throttled = new Promise<void>((resolve) => {
    onWrite = () => {
      resolve();
      return Promise.resolve(busy);
    };
  });
  await throttled;
  run.child.kill('SIGINT');
  expect(await run.ended).toMatchObject({ exitCode: 1 });
  const { outcomes, summary } = await readReport();
  expect(summary).toMatchObject({ applied: 0 });
  expect(outcomes.filter(({ status }) => status === 'failed').map(({ reason }) => reason)).toContain(
    'cancelled before it was sent; run again to go on: what was done stays done',
  );
  onWrite = (answer) => answer();
  expect(await deploy().ended).toMatchObject({ exitCode: 0 });
}, 240_000);

test('a second Ctrl-C ends at once', async () => {
  const run = deploy();
  const held = new Promise<void>((resolve) => {
    onWrite = () => {
      resolve();
      return new Promise(() => undefined);
    };
  });
  await held;
  run.child.kill('SIGINT');
  await run.interrupted;
  run.child.kill('SIGINT');
  expect(await run.ended).toMatchObject({ exitCode: 130 });
}, 240_000);
