import { behaviour, call, createTestEmulator, errorOf, workspacePath } from '../support/emulator.ts';

const path = '/providers/Microsoft.SecurityInsights/automationRules';
const person = { name: 'me@example.com', type: 'User', objectId: 'o', tenantId: 't' } as const;

behaviour('automation-rule-read', async () => {
  const empty = createTestEmulator();
  expect((await call(empty, 'GET', path)).body).toEqual({ value: [] });
  expect((await call(empty, 'GET', `${path}/a1`)).status).toBe(404);
  const state = empty.exportState();
  const [workspace] = state.workspaces;
  const rule = {
    name: 'A1',
    id: `${workspacePath}${path}/A1`,
    etag: '"1"',
    createdAt: '2026-01-01T00:00:00Z',
    lastModifiedAt: '2026-01-01T00:00:00Z',
    createdBy: person,
    lastModifiedBy: person,
    properties: { displayName: 'Close', order: 1 },
  };
  const emulator = createTestEmulator({
    state: { ...state, workspaces: [{ ...workspace!, collections: { automationRules: [rule] } }] },
  });
  const { body } = await call(emulator, 'GET', `${path}/a1`);
  expect(body).toMatchObject({ name: 'A1', etag: '"1"', properties: { displayName: 'Close', order: 1 } });
  expect((await call(emulator, 'GET', path)).body).toEqual({ value: [body] });
});

behaviour('automation-rule-write', async () => {
  const emulator = createTestEmulator();
  const triggeringLogic = { isEnabled: true, triggersOn: 'Incidents', triggersWhen: 'Created' };
  const action = { order: 1, actionType: 'ModifyProperties', actionConfiguration: { status: 'Closed' } };
  const properties = { displayName: 'Close', order: 1, triggeringLogic, actions: [action] };
  const created = await call(emulator, 'PUT', `${path}/A1`, { properties });
  expect(created).toMatchObject({ status: 201, body: { name: 'A1', properties } });
  const updated = { etag: created.body['etag'], properties: { ...properties, order: 2 } };
  expect(await call(emulator, 'PUT', `${path}/a1`, updated)).toMatchObject({ status: 200 });
  expect(await call(emulator, 'PUT', `${path}/a1`, updated)).toMatchObject({ status: 409 });
  const refused = await call(emulator, 'PUT', `${path}/a2`, { properties: { displayName: 'x', order: 0 } });
  expect(errorOf(refused).message).toContain("'triggeringLogic' not found");
  expect(await call(emulator, 'DELETE', `${path}/a1`)).toMatchObject({ status: 200, body: {} });
  expect(await call(emulator, 'DELETE', `${path}/a1`)).toMatchObject({ status: 204 });
});
