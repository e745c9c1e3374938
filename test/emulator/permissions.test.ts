import {
  address,
  alertRulesPath,
  behaviour,
  call,
  createTestEmulator,
  errorOf,
  metadataPath,
  scheduledRule,
  workspacePath,
} from '../support/emulator.ts';

const reader = [{ actions: ['*/read'], notActions: ['Microsoft.SecurityInsights/metadata/*'] }];

behaviour('permissions-list', async () => {
  const path = '/providers/Microsoft.Authorization/permissions';
  const emulator = createTestEmulator({ settings: { permissions: reader } });
  const answer = await call(emulator, 'GET', path, undefined, { apiVersion: '2022-04-01' });
  expect([answer.status, answer.body]).toEqual([
    200,
    { value: [{ ...reader[0], dataActions: [], notDataActions: [] }] },
  ]);
});

behaviour('permission-missing', async () => {
  const emulator = createTestEmulator({ settings: { permissions: reader } });
  expect((await call(emulator, 'GET', alertRulesPath)).status).toBe(200);
  expect((await call(emulator, 'GET', metadataPath)).status).toBe(403);
  const refused = await call(emulator, 'PUT', `${alertRulesPath}/a`, scheduledRule());
  expect([refused.status, errorOf(refused)]).toEqual([
    403,
    {
      code: 'AuthorizationFailed',
      message: `The client 'kustodian@emulator.example' with object id '11111111-1111-1111-1111-111111111111' does not have authorization to perform action 'Microsoft.SecurityInsights/alertRules/write' over scope '${workspacePath}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    },
  ]);
  expect((await call(emulator, 'DELETE', `${alertRulesPath}/a`)).status).toBe(403);
});

behaviour('provider-registration', async () => {
  const path = `/subscriptions/${address.subscriptionId}/providers/Microsoft.SecurityInsights`;
  const answer = await call(createTestEmulator(), 'GET', path, undefined, { apiVersion: '2021-04-01' });
  expect(answer.body).toMatchObject({
    namespace: 'Microsoft.SecurityInsights',
    registrationState: 'Registered',
  });
});
