import {
  address,
  alertRulesPath,
  behaviour,
  call,
  createTestEmulator,
  errorOf,
  logAnalyticsVersion,
  metadataPath,
} from '../support/emulator.ts';

const group = `/subscriptions/${address.subscriptionId}/resourceGroups/rg-new`;
const created = `${group}/providers/Microsoft.OperationalInsights/workspaces/ws-new`;
const apiVersion = logAnalyticsVersion;

behaviour('workspace-read', async () => {
  const emulator = createTestEmulator();
  const { status, body } = await call(emulator, 'GET', '', undefined, { apiVersion });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    name: address.workspace,
    location: 'westeurope',
    type: 'Microsoft.OperationalInsights/workspaces',
    properties: {
      customerId: emulator.exportState().workspaces[0]?.customerId,
      provisioningState: 'Succeeded',
    },
  });
});

behaviour('workspace-create', async () => {
  const emulator = createTestEmulator();
  const put = (body: unknown) => call(emulator, 'PUT', created, body, { apiVersion });
  expect((await put({})).status).toBe(400);
  expect((await put({ location: 'northeurope' })).status).toBe(201);
  expect((await put({ location: 'northeurope' })).status).toBe(200);
  const list = `${group}/providers/Microsoft.OperationalInsights/workspaces`;
  expect((await call(emulator, 'GET', list, undefined, { apiVersion })).body['value']).toMatchObject([
    { name: 'ws-new' },
  ]);
  const all = `/subscriptions/${address.subscriptionId}/providers/Microsoft.OperationalInsights/workspaces`;
  expect((await call(emulator, 'GET', all, undefined, { apiVersion })).body['value']).toHaveLength(2);
  expect((await call(emulator, 'DELETE', created, undefined, { apiVersion })).status).toBe(200);
  expect((await call(emulator, 'DELETE', created, undefined, { apiVersion })).status).toBe(204);
  expect((await call(emulator, 'GET', created, undefined, { apiVersion })).status).toBe(404);
});

behaviour('not-onboarded', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', created, { location: 'northeurope' }, { apiVersion });
  for (const path of [alertRulesPath, metadataPath]) {
    const answer = await call(emulator, 'GET', `${created}${path}`);
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'BadRequest']);
    expect(JSON.parse(errorOf(answer).message)).toMatchObject({
      error: {
        message: expect.stringContaining(
          "Workspace 'ws-new' is not onboarded to Microsoft Sentinel.",
        ) as string,
      },
    });
  }
});

behaviour('onboarding', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', created, { location: 'northeurope' }, { apiVersion });
  const state = `${created}/providers/Microsoft.SecurityInsights/onboardingStates`;
  expect((await call(emulator, 'GET', `${state}/default`)).status).toBe(404);
  expect((await call(emulator, 'PUT', `${state}/other`, {})).status).toBe(400);
  const first = await call(emulator, 'PUT', `${state}/default`, {
    properties: { customerManagedKey: false },
  });
  expect(first.status).toBe(201);
  expect(Object.keys(first.body)).toEqual(['properties', 'id', 'name', 'type', 'systemData']);
  expect((await call(emulator, 'PUT', `${state}/default`, {})).status).toBe(200);
  expect((await call(emulator, 'GET', state)).body['value']).toMatchObject([{ name: 'default' }]);
  expect((await call(emulator, 'GET', `${created}${alertRulesPath}`)).body['value']).toMatchObject([
    { name: 'BuiltInFusion' },
  ]);
  expect((await call(emulator, 'DELETE', `${state}/default`)).status).toBe(200);
  expect((await call(emulator, 'DELETE', `${state}/default`)).status).toBe(204);
  expect((await call(emulator, 'GET', `${created}${alertRulesPath}`)).status).toBe(400);
});

behaviour('resource-groups', async () => {
  const emulator = createTestEmulator();
  const subscription = `/subscriptions/${address.subscriptionId}`;
  const any = { apiVersion: '2022-09-01' };
  expect((await call(emulator, 'GET', subscription, undefined, any)).body).toMatchObject({
    subscriptionId: address.subscriptionId,
    state: 'Enabled',
  });
  for (const method of ['GET', 'PUT']) {
    const { status, body } = await call(
      emulator,
      method,
      `${subscription}/resourcegroups/new`,
      undefined,
      any,
    );
    expect([status, body]).toMatchObject([
      200,
      { name: 'new', properties: { provisioningState: 'Succeeded' } },
    ]);
  }
  expect((await call(emulator, 'HEAD', `${subscription}/resourcegroups/new`, undefined, any)).status).toBe(
    204,
  );
  expect((await call(emulator, 'GET', subscription, undefined, { apiVersion: 'x' })).status).toBe(400);
  expect((await call(emulator, 'GET', alertRulesPath)).status).toBe(200);
  const group = `${subscription}/resourceGroups/${address.resourceGroup.toUpperCase()}`;
  expect((await call(emulator, 'DELETE', group, undefined, any)).status).toBe(200);
  expect((await call(emulator, 'GET', alertRulesPath)).status).toBe(404);
});
