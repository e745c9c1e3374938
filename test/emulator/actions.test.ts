import {
  alertRulesPath,
  behaviour,
  call,
  createTestEmulator,
  scheduledRule,
  workspacePath,
} from '../support/emulator.ts';

const rule = `${alertRulesPath}/Rule-1`;
const path = `${rule}/actions/Act-1`;
const logicAppResourceId = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Logic/workflows/playbook';
const body = { properties: { logicAppResourceId, triggerUri: 'https://example.com/trigger?sig=secret' } };

behaviour('action-create', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', rule, scheduledRule());
  const created = await call(emulator, 'PUT', path, body);
  expect(created.status).toBe(201);
  expect(Object.keys(created.body)).toEqual(['id', 'name', 'type', 'properties']);
  expect(created.body).toMatchObject({
    id: `${workspacePath}${path}`,
    type: 'Microsoft.SecurityInsights/alertRules/actions',
    properties: { workflowId: expect.stringMatching(/^[0-9a-f]{32}$/) as string, logicAppResourceId },
  });
  expect(created.headers).toHaveProperty('x-ms-ratelimit-remaining-subscription-resource-requests');
  const updated = await call(emulator, 'PUT', path, body);
  expect([updated.status, updated.body['properties']]).toEqual([200, created.body['properties']]);
  const read = await call(emulator, 'GET', path);
  expect(read.body['etag']).toMatch(/^"[0-9a-f]{8}-0000-0300-0000-[0-9a-f]{8}0000"$/);
  expect(JSON.stringify([read.text, emulator.exportState()])).not.toContain('secret');
  expect((await call(emulator, 'PUT', path, { properties: { logicAppResourceId } })).status).toBe(400);
});

behaviour('action-list', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', rule, scheduledRule());
  await call(emulator, 'PUT', `${alertRulesPath}/Rule-12`, scheduledRule());
  await call(emulator, 'PUT', path, body);
  await call(emulator, 'PUT', `${alertRulesPath}/Rule-12/actions/Other`, body);
  const { body: list } = await call(emulator, 'GET', `${rule}/actions`);
  expect(list['value']).toMatchObject([
    {
      id: `${workspacePath}${alertRulesPath}/asicustomalertsv3_rule-1_act-1/actions/Act-1`,
      name: 'Act-1',
      etag: expect.any(String) as string,
    },
  ]);
});

behaviour('action-parent', async () => {
  const emulator = createTestEmulator();
  expect((await call(emulator, 'PUT', path, body)).status).toBe(404);
  expect((await call(emulator, 'GET', `${rule}/actions`)).status).toBe(404);
  await call(emulator, 'PUT', rule, scheduledRule());
  expect((await call(emulator, 'GET', path)).status).toBe(404);
  await call(emulator, 'PUT', path, body);
  await call(emulator, 'DELETE', rule);
  await call(emulator, 'PUT', rule, scheduledRule());
  expect((await call(emulator, 'GET', `${rule}/actions`)).body['value']).toEqual([]);
  await call(emulator, 'PUT', path, body);
  expect((await call(emulator, 'DELETE', path)).text).toBe('{}');
  expect((await call(emulator, 'DELETE', path)).status).toBe(204);
});

test('actions are there after a restart', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', rule, scheduledRule());
  await call(emulator, 'PUT', path, body);
  const restarted = createTestEmulator({ state: emulator.exportState() });
  expect((await call(restarted, 'GET', path)).text).toBe((await call(emulator, 'GET', path)).text);
});
