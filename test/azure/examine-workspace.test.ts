import { createStaticCredential, type Credential } from '../../src/azure/credential.ts';
import { examineWorkspace, type ExaminationOptions } from '../../src/azure/examine-workspace.ts';
import { createInProcessHttpClient } from '../../src/azure/in-process-http-client.ts';
import { ToolError } from '../../src/core/tool-error.ts';
import type { EmulatorOptions } from '../../src/emulator/emulator.ts';
import { injectFaults, type Fault } from '../../src/emulator/middleware/faults.ts';
import { throttle } from '../../src/emulator/middleware/throttle.ts';
import { address, createTestEmulator, fakeClock, preview } from '../support/emulator.ts';
import { instantTimer } from '../support/scripted-service.ts';

async function examine(
  options: Partial<ExaminationOptions> = {},
  emulator: Partial<EmulatorOptions> = {},
): Promise<Readonly<Record<string, { status: string; detail: string; remedy?: string }>>> {
  const checkups = await examineWorkspace({
    cloud: 'local',
    address,
    apiVersion: preview,
    version: '0',
    credential: createStaticCredential('t'),
    httpClient: createInProcessHttpClient(createTestEmulator(emulator).handle),
    timer: instantTimer(),
    purpose: 'deploy',
    now: fakeClock().now,
    ...options,
  });
  return Object.fromEntries(checkups.map(({ id, ...rest }) => [id, rest]));
}

/** The ids with any status but `pass`. */
function notPassed(checkups: Awaited<ReturnType<typeof examine>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(checkups)
      .filter(([, { status }]) => status !== 'pass')
      .map(([id, { status }]) => [id, status]),
  );
}

function failing(path: string, status: number, code: string): Partial<EmulatorOptions> {
  const fault: Fault = { path, fault: { kind: 'status', status, code }, times: 9 };
  return { middleware: [injectFaults([fault], () => Promise.resolve())] };
}

test('where nothing is wrong, everything passes', async () => {
  const checkups = await examine();
  expect(notPassed(checkups)).toEqual({});
  expect(Object.keys(checkups)).toEqual([
    ...['sign-in', 'subscription', 'resource-group', 'workspace'],
    ...['provider-Microsoft.OperationalInsights', 'provider-Microsoft.SecurityInsights'],
    ...['onboarding', 'permissions', 'reach-alertRule', 'reach-metadata', 'reach-savedSearch'],
    ...['reach-automationRule', 'reach-watchlist', 'reach-table', 'clock', 'rate-limit'],
  ]);
});

test('a sign-in that fails has its remedy, and nothing is asked for then', async () => {
  const credential: Credential = {
    getToken: () =>
      Promise.reject(new ToolError('authentication-failed', 'no account', { hint: 'run "az login"' })),
  };
  const checkups = await examine({ credential });
  expect(checkups['sign-in']).toMatchObject({
    status: 'fail',
    detail: 'no account',
    remedy: 'run "az login"',
  });
  expect(checkups['workspace']).toMatchObject({
    status: 'skipped',
    detail: 'not looked at, since sign-in failed',
  });
});

test.each([
  ['SubscriptionNotFound', 404, { subscription: 'fail', 'resource-group': 'skipped', workspace: 'skipped' }],
  ['ResourceGroupNotFound', 404, { subscription: 'pass', 'resource-group': 'fail', workspace: 'skipped' }],
  ['ResourceNotFound', 404, { subscription: 'pass', 'resource-group': 'pass', workspace: 'fail' }],
])('%s says which part of the way is wrong, and the rest is skipped', async (code, status, expected) => {
  const checkups = await examine({}, failing('/workspaces/ws-tests', status, code));
  const statuses = Object.entries(checkups).map(([id, one]) => [id, one.status]);
  expect(Object.fromEntries(statuses)).toMatchObject({
    ...expected,
    onboarding: 'skipped',
    clock: 'skipped',
  });
});

test('a workspace that may not be read is answered with the role that it takes', async () => {
  const { workspace } = await examine({}, { settings: { permissions: [] } });
  expect(workspace).toMatchObject({
    status: 'fail',
    detail: expect.stringContaining('AuthorizationFailed (403)') as string,
    remedy: expect.stringContaining('docs/permissions.md') as string,
  });
});

test('another workspace than the one that is meant is told', async () => {
  const { workspace } = await examine({ expectedId: '00000000-0000-4000-8000-999999999999' });
  expect(workspace).toMatchObject({
    status: 'fail',
    detail: expect.stringContaining('kustodian.yaml says 00000000-0000-4000-8000-999999999999') as string,
  });
});

test('a provider that is not registered has the command that registers it', async () => {
  const { handle } = createTestEmulator();
  const httpClient = createInProcessHttpClient(async (request) => {
    const response = await handle(request);
    return { ...response, body: response.body.replace('"Registered"', '"NotRegistered"') };
  });
  expect((await examine({ httpClient }))['provider-Microsoft.SecurityInsights']).toEqual({
    title: 'resource provider Microsoft.SecurityInsights',
    status: 'fail',
    detail: 'its state is "NotRegistered"',
    remedy: 'az provider register --namespace Microsoft.SecurityInsights --wait',
  });
});

test('a provider that the identity may not look at is unknown, which is no failure', async () => {
  const permissions = [{ actions: ['*'], notActions: ['Microsoft.Resources/*'] }];
  const checkups = await examine({}, { settings: { permissions } });
  expect(notPassed(checkups)).toEqual({
    'provider-Microsoft.OperationalInsights': 'unknown',
    'provider-Microsoft.SecurityInsights': 'unknown',
  });
});

test('a workspace without Microsoft Sentinel fails there, and where alert rules are listed', async () => {
  const emulator = createTestEmulator();
  const snapshot = emulator.exportState();
  const [workspace] = snapshot.workspaces;
  const { onboardedAt, ...bare } = workspace!;
  const checkups = await examine({}, { state: { ...snapshot, workspaces: [bare] }, workspaces: [] });
  expect(onboardedAt).toBeDefined();
  expect(checkups['onboarding']).toMatchObject({ status: 'fail', detail: 'not enabled on the workspace' });
  expect(checkups['reach-alertRule']).toMatchObject({
    status: 'fail',
    detail: expect.stringContaining('is not onboarded to Microsoft Sentinel') as string,
  });
});

test('roles that allow reading only are enough for a plan, and name what a deploy lacks', async () => {
  const settings = { permissions: [{ actions: ['*/read'], notActions: [] }] };
  expect((await examine({ purpose: 'plan' }, { settings }))['permissions']).toMatchObject({ status: 'pass' });
  const { permissions } = await examine({ purpose: 'deploy' }, { settings });
  expect(permissions).toMatchObject({
    status: 'fail',
    detail: expect.stringMatching(/^not allowed: .*savedSearches\/write, .*metadata\/delete$/) as string,
    remedy: expect.stringContaining('"Microsoft Sentinel Contributor"') as string,
  });
});

test('an api-version that the service does not have fails at each kind that is asked for with it', async () => {
  const checkups = await examine({ apiVersion: '2099-01-01' });
  expect(checkups['reach-alertRule']).toMatchObject({
    status: 'fail',
    remedy: expect.stringContaining('check apiVersion') as string,
  });
  expect(checkups['reach-savedSearch']).toMatchObject({ status: 'pass' });
});

test.each([
  [299, 'pass', '299 s ahead of the service'],
  [301, 'fail', '301 s ahead of the service'],
  [-301, 'fail', '301 s behind the service'],
])('a clock that is %i s off: %s', async (seconds, status, detail) => {
  const clock = fakeClock('2026-03-25T07:45:17.000Z');
  clock.advance(seconds * 1_000);
  const { clock: checkup } = await examine(
    { now: clock.now },
    { now: fakeClock('2026-03-25T07:45:17.000Z').now },
  );
  expect(checkup).toMatchObject({ status, detail });
});

test('a rate limit that is nearly used up is told', async () => {
  const reads = { bucket: 12, refillPerSecond: 0.001 };
  const { now } = fakeClock();
  const checkups = await examine({}, { middleware: [throttle({ limits: { reads }, now })] });
  expect(checkups['rate-limit']).toMatchObject({
    status: 'fail',
    detail: '1 reads are left; how many writes, only a write tells',
  });
});

test('answers that are no JSON, as of a proxy, are failures and not a bug', async () => {
  const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' };
  const { workspace } = await examine({ httpClient: createInProcessHttpClient(() => Promise.resolve(page)) });
  expect(workspace).toMatchObject({ status: 'fail', detail: 'the answer has no id of a workspace' });
});
