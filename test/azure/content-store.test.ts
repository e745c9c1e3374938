import { createContentStore } from '../../src/azure/content-store.ts';
import { createStaticCredential } from '../../src/azure/credential.ts';
import { createInProcessHttpClient } from '../../src/azure/in-process-http-client.ts';
import { ToolError } from '../../src/core/tool-error.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { address, createTestEmulator, preview, scheduledRule, workspacePath } from '../support/emulator.ts';
import { armErrorBody, scriptedService, storeOver } from '../support/scripted-service.ts';

const rulesUrl = `https://kustodian.localhost${workspacePath}/providers/Microsoft.SecurityInsights/alertRules`;
const liveRule = {
  id: `${workspacePath}/x/alertRules/r1`,
  name: 'r1',
  etag: '"1"',
  kind: 'Scheduled',
  properties: {},
};
const json = (body: unknown) => ({ body: JSON.stringify(body) });

test('requests go to the right path with the right api-version, and the token', async () => {
  const service = scriptedService(json({ value: [] }));
  const store = storeOver(service);
  await store.list('alertRule');
  await store.list('metadata');
  await store.list('savedSearch');
  expect(service.requests.map(({ method, url }) => [method, url])).toEqual([
    ['GET', `${rulesUrl}?api-version=2025-10-01-preview`],
    [
      'GET',
      `https://kustodian.localhost${workspacePath}/providers/Microsoft.SecurityInsights/metadata?api-version=2025-10-01-preview`,
    ],
    ['GET', `https://kustodian.localhost${workspacePath}/savedSearches?api-version=2020-08-01`],
  ]);
  expect(service.requests[0]?.headers).toMatchObject({
    authorization: expect.stringMatching(/^Bearer /) as string,
    'user-agent': expect.stringMatching(/^kustodian\/1\.2\.3 azsdk-js-arm-securityinsight/) as string,
    'x-ms-client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
  expect(store.workspaceId).toBe(workspacePath);
});

test.each([
  ['public', 'https://management.azure.com'],
  ['usgov', 'https://management.usgovcloudapi.net'],
  ['china', 'https://management.chinacloudapi.cn'],
] as const)('in the cloud %s requests and token scope are those of %s', async (cloud, origin) => {
  const scopes: unknown[] = [];
  const credential = {
    getToken: (scope: string | string[]) => {
      scopes.push(scope);
      return Promise.resolve({ token: 't', expiresOnTimestamp: Number.MAX_SAFE_INTEGER });
    },
  };
  const service = scriptedService(json({ value: [] }));
  await storeOver(service, { cloud, credential }).list('alertRule');
  expect(service.requests[0]?.url.startsWith(`${origin}/subscriptions/`)).toBe(true);
  expect(scopes.flat()).toEqual([`${origin}/.default`]);
});

test('names are escaped in the URL', async () => {
  const service = scriptedService(json(liveRule));
  await storeOver(service).put('savedSearch', 'a/b|c(d)#?', {});
  expect(service.requests[0]?.url).toContain('/savedSearches/a%2Fb%7Cc(d)%23%3F?api-version=');
});

/** Everything that JSON can hold, in places that no model of the SDK has. */
const unknownMembers: JsonObject = {
  nothing: null,
  list: [1, 'two', null, { three: [] }],
  nested: { empty: {}, text: 'ö\r\n\u2028"\\', zero: 0, big: 12345678901, no: false },
};

test('nothing is lost on the way to the service', async () => {
  const service = scriptedService(json(liveRule));
  const body = {
    kind: 'Scheduled',
    surprise: unknownMembers,
    properties: { ...unknownMembers, subTechniques: ['T1.001'] },
  };
  await storeOver(service).put('alertRule', 'r1', body);
  expect(JSON.parse(service.requests[0]?.body ?? '')).toEqual(body);
});

test('nothing is lost on the way back', async () => {
  const live = { ...liveRule, ...unknownMembers, properties: { ...unknownMembers, body: 'b', headers: 'h' } };
  const service = scriptedService(json(live), json({ value: [live] }));
  const store = storeOver(service);
  expect((await store.put('alertRule', 'r1', {})).body).toEqual(live);
  expect((await store.list('alertRule')).map(({ body }) => body)).toEqual([live]);
});

test('the etag is sent in the body and given back as it came', async () => {
  const service = scriptedService(json({ ...liveRule, etag: '"new"' }));
  const written = await storeOver(service).put('alertRule', 'r1', { kind: 'Scheduled' }, { etag: '"old"' });
  expect(JSON.parse(service.requests[0]?.body ?? '')).toEqual({ kind: 'Scheduled', etag: '"old"' });
  expect(service.requests[0]?.headers).not.toHaveProperty('if-match');
  expect(written).toMatchObject({ kind: 'alertRule', name: 'r1', id: liveRule.id, etag: '"new"' });
});

test('metadata has no etag, and a saved search without a name gets the one it was written under', async () => {
  const service = scriptedService(json({ id: '/x/savedSearches/h', properties: {} }));
  const written = await storeOver(service).put('savedSearch', 'h', {});
  expect(written).toEqual({
    kind: 'savedSearch',
    name: 'h',
    id: '/x/savedSearches/h',
    body: { id: '/x/savedSearches/h', properties: {} },
  });
});

test('next links are followed, opaque, in order', async () => {
  const second = `${rulesUrl}?api-version=2025-10-01-preview&$skipToken=a%2Fb`;
  const third = `${rulesUrl}?$skipToken=c`;
  const service = scriptedService(
    json({ value: [{ ...liveRule, name: 'a' }], nextLink: second }),
    json({ value: [], nextLink: third }),
    json({ value: [{ ...liveRule, name: 'b' }], nextLink: null }),
  );
  const rules = await storeOver(service).list('alertRule');
  expect(rules.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(service.requests.map(({ url }) => url).slice(1)).toEqual([second, third]);
});

test.each([
  'https://evil.example/subscriptions',
  'https://kustodian.localhost.evil.example/',
  'http://kustodian.localhost/x',
  'https://kustodian.localhost:8443/x',
  'https://user:secret@evil.example/x',
  '//evil.example/x',
  '/subscriptions/relative',
  'javascript:alert(1)',
])('a next link to %s is not followed', async (nextLink) => {
  const service = scriptedService(json({ value: [], nextLink }));
  await expect(storeOver(service).list('alertRule')).rejects.toMatchObject({
    code: 'protocol-error',
    message: expect.stringContaining('not followed') as string,
  });
  expect(service.requests).toHaveLength(1);
});

test('a list whose pages never end is stopped, whether they repeat or not', async () => {
  const loop = scriptedService(json({ value: [], nextLink: `${rulesUrl}?$skipToken=same` }));
  await expect(storeOver(loop).list('alertRule')).rejects.toThrow('never end');
  expect(loop.requests).toHaveLength(2);
  let page = 0;
  const endless = scriptedService(() => json({ value: [], nextLink: `${rulesUrl}?$skipToken=${++page}` }));
  await expect(storeOver(endless).list('alertRule')).rejects.toThrow('never end');
});

test.each([[200], [204], [404]])('a delete that is answered %i is done', async (status) => {
  const service = scriptedService({ status, body: status === 200 ? '{}' : '' });
  await expect(storeOver(service).delete('savedSearch', 'h')).resolves.toBeUndefined();
});

test('a page of a proxy in place of an answer is no delete', async () => {
  const page = { headers: { 'content-type': 'text/html' }, body: '<html>Please sign in</html>' };
  const store = storeOver(scriptedService(page));
  await expect(store.delete('savedSearch', 'h')).rejects.toMatchObject({ code: 'protocol-error' });
});

test('a delete with an etag deletes only what has it', async () => {
  const emulator = createTestEmulator();
  const store = storeOver(emulator);
  const { etag } = await store.put('alertRule', 'r1', scheduledRule());
  const changed = await store.put('alertRule', 'r1', scheduledRule({ severity: 'High' }));
  await expect(store.delete('alertRule', 'r1', { etag: etag! })).rejects.toMatchObject({
    code: 'service-conflict',
  });
  await store.delete('alertRule', 'r1', { etag: changed.etag! });
  expect((await store.list('alertRule')).map(({ name }) => name)).toEqual(['BuiltInFusion']);
  await store.delete('alertRule', 'r1', { etag: '"gone"' });
});

test('everything is read and written through the emulator as through the service', async () => {
  const emulator = createTestEmulator({ settings: { pageSize: 1 } });
  const store = storeOver(emulator);
  const rule = await store.put('alertRule', 'r1', scheduledRule());
  const search = {
    properties: { category: 'Hunting Queries', displayName: 'H', query: 'T', version: 2, tags: [] },
  };
  const hunt = await store.put('savedSearch', 'h1', search);
  const note = { properties: { contentId: 'r1', parentId: rule.id, kind: 'AnalyticsRule' } };
  const metadata = await store.put('metadata', 'm1', note);
  expect(await store.list('alertRule')).toEqual([expect.objectContaining({ name: 'BuiltInFusion' }), rule]);
  expect((await store.list('savedSearch'))[0]).toEqual(hunt);
  expect(await store.list('metadata')).toEqual([metadata]);
  expect('etag' in metadata).toBe(false);
});

test('the client is loaded at the first request only', () => {
  const service = scriptedService();
  storeOver(service);
  expect(service.requests).toEqual([]);
});

test.each(['ftp://127.0.0.1', 'http://example.com', 'nonsense', 'http://127.0.0.1.example.com'])(
  'a token is not sent to %s',
  (endpoint) => {
    const create = (): unknown =>
      createContentStore({
        cloud: 'local',
        address,
        apiVersion: '2025-10-01-preview',
        credential: createStaticCredential('t'),
        version: '0',
        endpoint,
      });
    expect(create).toThrow(`"${endpoint}" is no endpoint that a token may be sent to`);
  },
);

test('what was sent is counted by method and class, with repetitions, throttling and waits', async () => {
  const service = scriptedService(
    { status: 429, headers: { 'retry-after': '3' } },
    json(liveRule),
    { status: 503, headers: { 'retry-after': '2' } },
    json({ value: [] }),
    { status: 204, body: '' },
  );
  const store = storeOver(service);
  await store.put('alertRule', 'r1', {});
  await store.list('alertRule');
  await store.delete('alertRule', 'r1');
  expect(store.traffic?.()).toEqual({
    byMethod: { PUT: 2, GET: 2, DELETE: 1 },
    byClass: {
      writes: { requests: 2, repeated: 1, throttled: 1, waitedMs: 3_000 },
      reads: { requests: 2, repeated: 1, throttled: 0, waitedMs: 2_000 },
      deletes: { requests: 1, repeated: 0, throttled: 0, waitedMs: 0 },
    },
  });
});

test('what points at alert rules and what queries read are listed from their own routes', async () => {
  const service = scriptedService(...Array.from({ length: 4 }, () => json({ value: [] })));
  const store = storeOver(service);
  await store.list('automationRule');
  await store.list('watchlist');
  await store.list('table');
  await store.listActions('a/b');
  const sentinel = `https://kustodian.localhost${workspacePath}/providers/Microsoft.SecurityInsights`;
  expect(service.requests.map(({ url }) => url)).toEqual([
    `${sentinel}/automationRules?api-version=2025-10-01-preview`,
    `${sentinel}/watchlists?api-version=2025-10-01-preview`,
    `https://kustodian.localhost${workspacePath}/tables?api-version=2020-08-01`,
    `${sentinel}/alertRules/a%2Fb/actions?api-version=2025-10-01-preview`,
  ]);
});

test('an alert rule that is not there has no actions, but a workspace that is not there is an error', async () => {
  const missing = { status: 404, body: armErrorBody('NotFound', 'Gone.') };
  await expect(storeOver(scriptedService(missing)).listActions('r1')).resolves.toEqual([]);
  await expect(storeOver(scriptedService(missing)).list('automationRule')).rejects.toMatchObject({
    message: expect.stringContaining('cannot list automation rules') as string,
  });
  await expect(storeOver(scriptedService(missing)).readWorkspace()).rejects.toMatchObject({
    message: expect.stringContaining('cannot read workspace "ws-tests": NotFound (404)') as string,
    hint: `check that the workspace exists: ${workspacePath}`,
  });
});

test('a single look gives the resource, or nothing where there is none', async () => {
  const store = storeOver(scriptedService(json(liveRule), { status: 404, body: '' }));
  await expect(store.get('alertRule', 'r1')).resolves.toMatchObject({ name: 'r1', etag: '"1"' });
  await expect(store.get('alertRule', 'r1')).resolves.toBeUndefined();
});

test('a workspace tells its GUID, and an answer without one is refused', async () => {
  const emulator = createTestEmulator();
  const store = createContentStore({
    cloud: 'local',
    address,
    apiVersion: '2025-09-01',
    version: '0',
    credential: createStaticCredential('t'),
    httpClient: createInProcessHttpClient(emulator.handle),
  });
  const { workspaces } = emulator.exportState();
  await expect(store.readWorkspace()).resolves.toEqual({ customerId: workspaces[0]!.customerId });
  await expect(storeOver(scriptedService(json({ properties: {} }))).readWorkspace()).rejects.toMatchObject({
    code: 'protocol-error',
  });
});

test.each([
  [new ToolError('state-unwritable', 'cannot write "x"'), 'state-unwritable'],
  [
    Object.assign(new Error("Cannot find package 'x' imported from /y"), { code: 'ERR_MODULE_NOT_FOUND' }),
    'installation-incomplete',
  ],
])('what fails inside the embedded workspace is no failure of the network: %s', async (failure, code) => {
  const store = createContentStore({
    cloud: 'local',
    apiVersion: preview,
    version: '1.2.3',
    address,
    credential: createStaticCredential('local'),
    httpClient: createInProcessHttpClient(() => Promise.reject(failure)),
  });
  await expect(store.list('alertRule')).rejects.toMatchObject({ code });
});
