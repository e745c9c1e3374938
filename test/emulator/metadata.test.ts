import {
  address,
  behaviour,
  call,
  createTestEmulator,
  errorOf,
  fakeClock,
  metadataPath,
  workspacePath,
} from '../support/emulator.ts';

const path = `${metadataPath}/kustodian-1`;
const parentId = `${workspacePath}/providers/Microsoft.SecurityInsights/alertRules/nowhere`;
const minimal = { properties: { kind: 'AnalyticsRule', parentId } };

behaviour('metadata-create', async () => {
  const clock = fakeClock();
  const emulator = createTestEmulator({ now: clock.now });
  const created = await call(emulator, 'PUT', path, minimal);
  clock.advance(1_000);
  const updated = await call(emulator, 'PUT', path, minimal);
  expect([created.status, updated.status]).toEqual([201, 200]);
  const [before, after] = [created, updated].map(({ body }) => body['systemData'] as Record<string, string>);
  expect(after).toEqual({
    ...before,
    lastModifiedAt: expect.stringMatching(/^2026-03-25T07:45:18\.671\d{0,4}Z$/) as string,
  });
  expect(after?.['lastModifiedAt']).not.toBe(before?.['lastModifiedAt']);
  expect(updated.body['properties']).toEqual(created.body['properties']);
});

behaviour('metadata-form', async () => {
  const { body } = await call(createTestEmulator(), 'PUT', path, {
    properties: {
      author: { email: 'soc@example.com', name: 'SOC' },
      customVersion: 'abc',
      source: { sourceId: 'repo-1', name: 'repo', kind: 'SourceRepository' },
      version: '1.0.0',
      kind: 'AnalyticsRule',
      parentId,
      contentId: 'c1',
    },
  });
  expect(Object.keys(body)).toEqual(['id', 'name', 'type', 'systemData', 'properties']);
  expect(body).toMatchObject({ id: `${workspacePath}${path}`, type: 'Microsoft.SecurityInsights/metadata' });
  expect(Object.keys(body['systemData'] as object)).toEqual([
    'createdAt',
    'createdBy',
    'createdByType',
    'lastModifiedAt',
    'lastModifiedBy',
    'lastModifiedByType',
  ]);
  expect(JSON.stringify(body['properties'])).toBe(
    `{"contentId":"c1","parentId":"${parentId}","kind":"AnalyticsRule","version":"1.0.0","source":{"kind":"SourceRepository","name":"repo","sourceId":"repo-1"},"author":{"name":"SOC","email":"soc@example.com"},"customVersion":"abc"}`,
  );
});

behaviour('metadata-id-casing', async () => {
  const shouted = `${workspacePath.replace('resourceGroups', 'resourcegroups')}${path}`;
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', shouted, minimal);
  expect((await call(emulator, 'GET', path)).body['id']).toBe(shouted);
});

behaviour('metadata-default-source', async () => {
  const emulator = createTestEmulator();
  const { body } = await call(emulator, 'PUT', path, minimal);
  const sourceId = emulator.exportState().workspaces[0]?.customerId;
  expect(body['properties']).toMatchObject({
    source: { kind: 'LocalWorkspace', name: address.workspace, sourceId },
  });
});

behaviour('metadata-parent-unchecked', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', path, minimal);
  const { status, body } = await call(emulator, 'GET', path);
  expect([status, body['properties']]).toMatchObject([200, { parentId }]);
});

behaviour('metadata-missing', async () => {
  const { status, body } = await call(createTestEmulator(), 'GET', path);
  expect(status).toBe(404);
  expect(body).toEqual({
    type: 'https://tools.ietf.org/html/rfc7231#section-6.5.4',
    title: 'Not Found',
    status: 404,
    traceId: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/) as string,
  });
});

behaviour('metadata-delete', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', path, minimal);
  const deleted = await call(emulator, 'DELETE', path);
  expect([deleted.status, deleted.text]).toEqual([200, '{}']);
  expect((await call(emulator, 'DELETE', path)).status).toBe(204);
});

behaviour('metadata-required', async () => {
  const refused = await call(createTestEmulator(), 'PUT', path, { properties: { source: { name: 'x' } } });
  expect(refused.status).toBe(400);
  expect(errorOf(refused).message).toBe(
    "Invalid data model. [properties: Required property 'parentId' not found in JSON. " +
      "properties: Required property 'kind' not found in JSON. " +
      "properties.source: Required property 'kind' not found in JSON.]",
  );
});

behaviour('metadata-patch', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', path, minimal);
  const patched = await call(emulator, 'PATCH', path, { properties: { version: '2.0.0' } });
  expect(patched.body['properties']).toMatchObject({ version: '2.0.0', parentId });
  expect((await call(emulator, 'PATCH', `${metadataPath}/none`, {})).status).toBe(404);
});
