import { request as httpRequest } from 'node:http';
import { startServer, type RunningServer } from '../../src/emulator/server.ts';
import { TransportFailure, type Handler } from '../../src/emulator/http.ts';
import { createContentStore } from '../../src/azure/content-store.ts';
import { createStaticCredential } from '../../src/azure/credential.ts';
import { ToolError } from '../../src/core/tool-error.ts';
import { address, createTestEmulator, preview, scheduledRule } from '../support/emulator.ts';
import { instantTimer } from '../support/scripted-service.ts';
import type { ContentStore } from '../../src/sentinel/content-store.ts';

const servers: RunningServer[] = [];

async function serve(handle: Handler, onFailure?: (error: unknown) => void): Promise<string> {
  const server = await startServer({ handle, ...(onFailure === undefined ? {} : { onFailure }) });
  servers.push(server);
  return server.url;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

function storeAt(endpoint: string): ContentStore {
  return createContentStore({
    cloud: 'local',
    address,
    apiVersion: preview,
    credential: createStaticCredential('t'),
    version: '1.2.3',
    endpoint,
    timer: instantTimer(),
    retry: { timeoutMs: 2_000 },
  });
}

test('the whole store works over http, pages included', async () => {
  const store = storeAt(await serve(createTestEmulator({ settings: { pageSize: 1 } }).handle));
  const written = await store.put('alertRule', 'ö r1', scheduledRule({ query: 'T // ü\r\n| take 1' }));
  expect(written.name).toBe('ö r1');
  expect(await store.list('alertRule')).toEqual([
    expect.objectContaining({ name: 'BuiltInFusion' }),
    written,
  ]);
  await store.delete('alertRule', 'ö r1', { etag: written.etag! });
  expect(await store.list('alertRule')).toHaveLength(1);
  await store.delete('alertRule', 'ö r1');
});

test('the token goes along over http to the loopback', async () => {
  const seen: (string | undefined)[] = [];
  const url = await serve((request) => {
    seen.push(request.headers['authorization']);
    return Promise.resolve({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"value":[]}',
    });
  });
  await storeAt(url).list('metadata');
  expect(seen).toEqual(['Bearer t']);
});

test('a connection that breaks before or within the answer is repeated', async () => {
  const failures: unknown[] = [];
  let calls = 0;
  const url = await serve(
    () => {
      calls++;
      if (calls === 1) return Promise.reject(new TransportFailure());
      return Promise.resolve({
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"value":[]}',
      });
    },
    (error) => failures.push(error),
  );
  await expect(storeAt(url).list('alertRule')).resolves.toEqual([]);
  expect([calls, failures]).toEqual([2, []]);
});

test('a body that comes late still arrives', async () => {
  const url = await serve(() =>
    Promise.resolve({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"value":[]}',
      bodyDelayMs: 5,
    }),
  );
  await expect(storeAt(url).list('alertRule')).resolves.toEqual([]);
});

test('a body that comes too late is a time-out, not a hang', async () => {
  const url = await serve(() =>
    Promise.resolve({ status: 200, headers: {}, body: '{"value":[]}', bodyDelayMs: 2_000 }),
  );
  const store = createContentStore({
    cloud: 'local',
    address,
    apiVersion: preview,
    credential: createStaticCredential('t'),
    version: '0',
    endpoint: url,
    timer: instantTimer(),
    retry: { timeoutMs: 20, maxRetries: 0 },
  });
  await expect(store.list('alertRule')).rejects.toMatchObject({
    code: 'network-failed',
    message: expect.stringContaining('no answer within 0.02 s') as string,
  });
});

test('a failure inside is 500 with the reason if it is one for the user, and is told to the host', async () => {
  const failures: unknown[] = [];
  const broken = new ToolError('state-unwritable', 'cannot write "x"');
  const url = await serve(
    () => Promise.reject(broken),
    (error) => failures.push(error),
  );
  const response = await fetch(`${url}/subscriptions`);
  expect([response.status, await response.json()]).toEqual([
    500,
    { error: { code: 'InternalServerError', message: 'cannot write "x"' } },
  ]);
  expect(failures).toEqual([broken]);
});

test('a body over 4 MB is refused', async () => {
  const url = await serve(createTestEmulator().handle);
  const response = await fetch(`${url}/subscriptions`, {
    method: 'PUT',
    body: 'x'.repeat(4 * 1024 * 1024 + 1),
  });
  expect(response.status).toBe(413);
});

test('a request with a host that is none is refused', async () => {
  const url = new URL(await serve(createTestEmulator().handle));
  const status = await new Promise((resolve, reject) => {
    httpRequest({ host: url.hostname, port: url.port, path: '/x', headers: { host: 'a b' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(400);
});

test('a port that is taken is one clear error', async () => {
  const url = new URL(await serve(createTestEmulator().handle));
  await expect(
    startServer({ handle: createTestEmulator().handle, port: Number(url.port) }),
  ).rejects.toMatchObject({
    code: 'usage',
    message: `cannot listen on 127.0.0.1:${url.port}: the port is in use`,
  });
});

test('stopping ends connections that are kept alive', async () => {
  const server = await startServer({ handle: createTestEmulator().handle });
  await (await fetch(`${server.url}/subscriptions`)).text();
  await server.stop();
  await expect(fetch(`${server.url}/subscriptions`)).rejects.toThrow('fetch failed');
});
