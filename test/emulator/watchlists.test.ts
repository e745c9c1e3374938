import type { Principal } from '../../src/emulator/state.ts';
import { readCsv } from '../../src/core/read-csv.ts';
import {
  behaviour,
  call,
  createTestEmulator,
  errorOf,
  fakeClock,
  workspacePath,
} from '../support/emulator.ts';

const collection = '/providers/Microsoft.SecurityInsights/watchlists';
const path = `${collection}/vips`;
const body = { properties: { displayName: 'VIPs', provider: 'SOC', itemsSearchKey: 'Upn' } };
const app: Principal = {
  name: 'a0000000-0000-0000-0000-000000000001',
  type: 'Application',
  objectId: 'b0000000-0000-0000-0000-000000000002',
  tenantId: 'c0000000-0000-0000-0000-000000000003',
};
const stableThen = { apiVersion: '2022-08-01' };
const previewThen = { apiVersion: '2022-06-01-preview' };

behaviour('watchlist-create', async () => {
  const clock = fakeClock();
  const emulator = createTestEmulator({ now: clock.now });
  const created = await call(emulator, 'PUT', path, body);
  clock.advance(1_000);
  const updated = await call(emulator, 'PUT', path, {
    properties: { ...body.properties, displayName: 'New' },
  });
  expect([created.status, updated.status]).toEqual([200, 200]);
  expect(updated.body).toMatchObject({
    id: `${workspacePath}/providers/Microsoft.SecurityInsights/Watchlists/vips`,
    type: 'Microsoft.SecurityInsights/Watchlists',
    properties: { displayName: 'New', watchlistAlias: 'vips' },
  });
  expect(updated.body['etag']).not.toBe(created.body['etag']);
  expect((await call(emulator, 'GET', path)).text).toBe(updated.text);
  expect((await call(emulator, 'PUT', path, { properties: {} })).status).toBe(400);
});

behaviour('watchlist-form', async () => {
  const emulator = createTestEmulator({ principal: app });
  const stable = await call(emulator, 'PUT', path, body, stableThen);
  expect(Object.keys(stable.body)).toEqual(['id', 'name', 'etag', 'type', 'systemData', 'properties']);
  expect(stable.body['properties']).toEqual({
    watchlistId: expect.any(String) as string,
    displayName: 'VIPs',
    provider: 'SOC',
    itemsSearchKey: 'Upn',
    created: expect.stringMatching(/\+00:00$/) as string,
    updated: expect.stringMatching(/\+00:00$/) as string,
    createdBy: { objectId: app.objectId, name: app.name },
    updatedBy: { objectId: app.objectId, name: app.name },
    watchlistType: 'watchlist',
    watchlistAlias: 'vips',
    isDeleted: false,
    labels: [],
    tenantId: app.tenantId,
    numberOfLinesToSkip: 0,
    uploadStatus: 'New',
  });
  const again = await call(emulator, 'PUT', path, body, stableThen);
  expect(again.body['properties']).not.toHaveProperty('uploadStatus');
  const preview = await call(emulator, 'GET', path, undefined, previewThen);
  expect(preview.body['properties']).toMatchObject({
    provisioningState: 'Succeeded',
    sasUri: '',
    watchlistCategory: 'General',
  });
});

behaviour('watchlist-list', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', path, body);
  const [listed] = (await call(emulator, 'GET', collection)).body['value'] as object[];
  expect(listed).toMatchObject({ name: 'vips' });
  expect(listed).not.toHaveProperty('etag');
});

behaviour('watchlist-missing', async () => {
  const emulator = createTestEmulator();
  expect(errorOf(await call(emulator, 'GET', path))).toEqual({
    code: '404',
    message: "Resource 'vips' does not exist",
  });
  expect((await call(emulator, 'GET', `${path}/watchlistItems`)).status).toBe(404);
  expect(
    (await call(emulator, 'PUT', `${path}/watchlistItems/1`, { properties: { itemsKeyValue: {} } })).status,
  ).toBe(404);
  await call(emulator, 'PUT', path, body);
  expect(errorOf(await call(emulator, 'GET', `${path}/watchlistItems/i`))).toEqual({
    code: '404',
    message: "Resource 'i' does not exist",
  });
});

behaviour('watchlist-delete', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', path, body);
  const stable = await call(emulator, 'DELETE', path, undefined, stableThen);
  expect([stable.status, stable.text]).toEqual([200, '{}']);
  expect(stable.headers).not.toHaveProperty('azure-asyncoperation');
  await call(emulator, 'PUT', path, body);
  await call(emulator, 'PUT', `${path}/watchlistItems/1`, { properties: { itemsKeyValue: { Upn: 'a' } } });
  const preview = await call(emulator, 'DELETE', path, undefined, previewThen);
  expect([preview.status, preview.text]).toEqual([200, '{}']);
  expect(preview.headers['location']).toBe(preview.headers['azure-asyncoperation']);
  const status = new URL(preview.headers['azure-asyncoperation'] ?? '');
  expect(status.origin).toBe('https://management.test');
  expect((await call(emulator, 'GET', status.pathname)).body).toMatchObject({ status: 'Succeeded' });
  expect((await call(emulator, 'DELETE', path)).status).toBe(204);
  await call(emulator, 'PUT', path, body);
  expect((await call(emulator, 'GET', `${path}/watchlistItems`)).body['value']).toEqual([]);
});

behaviour('watchlist-upload', async () => {
  const emulator = createTestEmulator();
  const upload = {
    rawContent: '# made by SOC\nUpn,Note\na@x.test,"one, two"\nb@x.test,\n',
    numberOfLinesToSkip: 1,
  };
  const items = async (): Promise<unknown[]> =>
    (
      (await call(emulator, 'GET', `${path}/watchlistItems`)).body['value'] as {
        properties: { itemsKeyValue: unknown };
      }[]
    ).map(({ properties }) => properties.itemsKeyValue);
  await call(emulator, 'PUT', path, { properties: { ...body.properties, ...upload } });
  expect(await items()).toEqual([
    { Upn: 'a@x.test', Note: 'one, two' },
    { Upn: 'b@x.test', Note: '' },
  ]);
  await call(emulator, 'PUT', path, { properties: { ...body.properties, rawContent: 'Upn\nc@x.test' } });
  expect(await items()).toEqual([{ Upn: 'c@x.test' }]);
  await call(emulator, 'PUT', path, body);
  expect(await items()).toHaveLength(1);
});

behaviour('watchlist-item-repeat', async () => {
  const clock = fakeClock();
  const emulator = createTestEmulator({ now: clock.now });
  await call(emulator, 'PUT', path, body);
  const item = `${path}/watchlistItems/i1`;
  const put = (value: string) =>
    call(emulator, 'PUT', item, { properties: { itemsKeyValue: { Upn: value } } });
  const created = await put('a');
  expect(created.status).toBe(200);
  expect(created.body).toMatchObject({
    id: `${workspacePath}/providers/Microsoft.SecurityInsights/Watchlists/vips/WatchlistItems/i1`,
    type: 'Microsoft.SecurityInsights/Watchlists/WatchlistItems',
    properties: { watchlistItemType: 'watchlist-item', watchlistItemId: 'i1', entityMapping: {} },
  });
  clock.advance(1_000);
  expect((await put('a')).text).toBe(created.text);
  expect((await put('b')).body['etag']).not.toBe(created.body['etag']);
  const [listed] = (await call(emulator, 'GET', `${path}/watchlistItems`)).body['value'] as object[];
  expect(listed).toHaveProperty('etag');
  expect((await call(emulator, 'DELETE', item)).text).toBe('{}');
  expect((await call(emulator, 'DELETE', item)).status).toBe(204);
});

const csv: readonly (readonly [string, number, readonly object[]])[] = [
  ['', 0, []],
  ['a,b', 0, []],
  ['a,b\r\n1,2\r\n', 0, [{ a: '1', b: '2' }]],
  ['a,b\n1', 0, [{ a: '1', b: '' }]],
  ['a\n"x ""y"" z"\n', 0, [{ a: 'x "y" z' }]],
  ['a,b\n"1\n2",3', 0, [{ a: '1\n2', b: '3' }]],
  [
    'a,b\n,3\n\n4,\n',
    0,
    [
      { a: '', b: '3' },
      { a: '4', b: '' },
    ],
  ],
  ['skip\nme\na\n1', 2, [{ a: '1' }]],
  ['ü,n\nö,"é"', 0, [{ ü: 'ö', n: 'é' }]],
];

test.each(csv)('CSV %j without its first %i lines', (text, skip, rows) => {
  expect(readCsv(text, skip)).toEqual(rows);
});
