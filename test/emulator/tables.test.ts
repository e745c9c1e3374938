import { behaviour, call, createTestEmulator, workspacePath, type Answer } from '../support/emulator.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';

const path = '/tables/Audit_CL';
const columns = [
  { name: 'Who', type: 'string' },
  { name: 'TimeGenerated', type: 'datetime' },
];
const newer = '2021-12-01-preview';

function send(
  emulator: Emulator,
  method: string,
  to: string,
  body?: unknown,
  apiVersion = newer,
): Promise<Answer> {
  return call(emulator, method, to, body, { apiVersion });
}

const create = {
  properties: { plan: 'Analytics', retentionInDays: 45, totalRetentionInDays: 70, schema: { columns } },
};

behaviour('table-write', async () => {
  const emulator = createTestEmulator();
  for (const [method, body] of [
    ['PUT', create],
    ['PATCH', { properties: { retentionInDays: 60 } }],
    ['DELETE', undefined],
  ] as const) {
    const answer = await send(emulator, method, path, body);
    expect([answer.status, answer.text, answer.headers['retry-after']]).toEqual([202, '', undefined]);
    const operation = new URL(answer.headers['azure-asyncoperation'] ?? '');
    const status = await send(emulator, 'GET', operation.pathname);
    expect(Object.keys(status.body)).toEqual(['id', 'name', 'status', 'startTime', 'endTime', 'properties']);
    expect(status.body['status']).toBe('Succeeded');
    expect((await send(emulator, 'GET', new URL(answer.headers['location'] ?? '').pathname)).status).toBe(
      200,
    );
  }
  expect((await send(emulator, 'GET', path)).status).toBe(404);
  expect((await send(emulator, 'DELETE', path)).status).toBe(404);
  expect((await send(emulator, 'PATCH', path, {})).status).toBe(404);
  const unknown = `/subscriptions/s/providers/Microsoft.OperationalInsights/locations/westeurope/operationstatuses/x`;
  expect((await send(emulator, 'GET', unknown)).status).toBe(404);
});

behaviour('table-form', async () => {
  const emulator = createTestEmulator();
  await send(emulator, 'PUT', path, create);
  const { body } = await send(emulator, 'GET', path);
  expect(Object.keys(body)).toEqual(['properties', 'id', 'name']);
  expect(body['id']).toBe(`${workspacePath}${path}`);
  expect(body['properties']).toMatchObject({
    totalRetentionInDays: 70,
    archiveRetentionInDays: 25,
    plan: 'Analytics',
    retentionInDaysAsDefault: false,
    retentionInDays: 45,
    provisioningState: 'Succeeded',
    schema: {
      name: 'Audit_CL',
      tableType: 'CustomLog',
      columns: columns.map((column) => ({ ...column, isDefaultDisplay: false, isHidden: false })),
      standardColumns: [{ name: 'TenantId', type: 'guid' }],
    },
  });
  await send(emulator, 'PUT', '/tables/Other_CL', { properties: { schema: { columns } } });
  expect((await send(emulator, 'GET', '/tables/other_cl')).body['properties']).toMatchObject({
    retentionInDays: 30,
    totalRetentionInDays: 30,
    retentionInDaysAsDefault: true,
    totalRetentionInDaysAsDefault: true,
  });
});

behaviour('table-patch', async () => {
  const emulator = createTestEmulator();
  await send(emulator, 'PUT', path, create);
  await send(emulator, 'PATCH', path, {
    properties: { schema: { columns: [{ name: 'New', type: 'bool' }] } },
  });
  const { body } = await send(emulator, 'GET', path);
  const { schema, retentionInDays } = body['properties'] as {
    schema: { columns: { name: string }[] };
    retentionInDays: number;
  };
  expect(schema.columns.map(({ name }) => name)).toEqual(['New', 'Who', 'TimeGenerated']);
  expect(retentionInDays).toBe(45);
});

const heartbeat = { name: 'Heartbeat', columns: [{ name: 'Computer', type: 'string' }] };

behaviour('table-list-old', async () => {
  const emulator = createTestEmulator({ settings: { tables: [heartbeat] } });
  const { body } = await send(emulator, 'GET', '/tables', undefined, '2020-08-01');
  expect(body).toEqual({
    value: [
      {
        properties: { retentionInDays: 30 },
        id: `${workspacePath.replace('resourceGroups', 'resourcegroups')}/tables/Heartbeat`,
        name: 'Heartbeat',
      },
    ],
  });
});

behaviour('table-list', async () => {
  const emulator = createTestEmulator({ settings: { tables: [heartbeat] } });
  await send(emulator, 'PUT', path, create);
  const { body } = await send(emulator, 'GET', '/tables');
  expect(body['value']).toMatchObject([
    { name: 'Audit_CL', properties: { schema: { tableType: 'CustomLog' } } },
    {
      name: 'Heartbeat',
      properties: { schema: { tableType: 'Microsoft', columns: [{ name: 'Computer' }] } },
    },
  ]);
  expect((await send(emulator, 'GET', '/tables/heartbeat')).status).toBe(200);
});

behaviour('table-refused', async () => {
  const emulator = createTestEmulator();
  const refused = [
    ['/tables/Audit', create],
    [path, { properties: { schema: { columns: [{ name: 'Who', type: 'string' }] } } }],
    [path, { properties: { schema: { columns: [{ name: 'Who' }] } } }],
    [path, { properties: { ...create.properties, plan: 'Gold' } }],
  ] as const;
  for (const [to, body] of refused) expect((await send(emulator, 'PUT', to, body)).status).toBe(400);
});

test('a built-in table can be given another retention', async () => {
  const emulator = createTestEmulator({ settings: { tables: [heartbeat] } });
  await send(emulator, 'PATCH', '/tables/Heartbeat', { properties: { retentionInDays: 90 } });
  const { body } = await send(emulator, 'GET', '/tables');
  expect(body['value']).toMatchObject([{ name: 'Heartbeat', properties: { retentionInDays: 90 } }]);
});
