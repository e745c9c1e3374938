import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import { createContentStore } from '../../src/azure/content-store.ts';
import { createCredential, createStaticCredential } from '../../src/azure/credential.ts';
import { cloudEndpoints } from '../../src/azure/clouds.ts';
import { clientRequestIdOf } from '../../src/sentinel/service-failure.ts';
import type { ContentStore } from '../../src/sentinel/content-store.ts';
import { address, preview } from '../support/emulator.ts';
import { failureOf, secretToken } from '../support/scripted-service.ts';

// Real sockets, on the loopback only. The SDK reads NO_PROXY once in the life of a process.
process.env['NO_PROXY'] = '127.0.0.1';

interface TestServer {
  readonly server: Server;
  readonly port: number;
  readonly requests: IncomingMessage[];
}

const servers: Server[] = [];

async function listen(server: Server, requests: IncomingMessage[]): Promise<TestServer> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port, requests };
}

/** A proxy that writes down who wants to go where, and lets nobody through. */
async function startProxy(answer: string): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer();
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    requests.push(request);
    socket.end(answer);
  });
  return await listen(server, requests);
}

const closedPort = async (): Promise<number> => {
  const { server, port } = await listen(createServer(), []);
  await new Promise((resolve) => server.close(resolve));
  return port;
};

afterEach(async () => {
  delete process.env['HTTPS_PROXY'];
  await Promise.all(
    servers.splice(0).map(async (server) => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }),
  );
});

function openStore(options: { readonly endpoint?: string } = {}): ContentStore {
  return createContentStore({
    cloud: 'public',
    address,
    apiVersion: preview,
    credential: createStaticCredential(secretToken),
    version: '1.2.3',
    retry: { maxRetries: 0 },
    ...options,
  });
}

const forbidden = 'HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';

test('requests to Azure go through HTTPS_PROXY', async () => {
  const proxy = await startProxy(forbidden);
  process.env['HTTPS_PROXY'] = `http://127.0.0.1:${proxy.port}`;
  await failureOf(openStore().list('alertRule'));
  expect(proxy.requests.map(({ url }) => url)).toEqual(['management.azure.com:443']);
  expect(JSON.stringify(proxy.requests.map(({ headers }) => headers))).not.toContain(secretToken);
});

test('so does the sign-in', async () => {
  const proxy = await startProxy(forbidden);
  process.env['HTTPS_PROXY'] = `http://127.0.0.1:${proxy.port}`;
  const env = { AZURE_TENANT_ID: 'contoso.example', AZURE_CLIENT_ID: 'c', AZURE_CLIENT_SECRET: 'hunter2' };
  const credential = createCredential('client-secret', { cloud: cloudEndpoints.public, env });
  expect(await failureOf(credential.getToken('any'))).toMatchObject({
    code: 'network-failed',
    message: 'login.microsoftonline.com answered 403, but not as a sign-in service',
  });
  expect(proxy.requests.map(({ url }) => url)).toEqual(['login.microsoftonline.com:443']);
});

test('a proxy gets the name and password that HTTPS_PROXY gives, and its refusal has a remedy', async () => {
  const proxy = await startProxy(forbidden.replace('403 Forbidden', '407 Proxy Authentication Required'));
  process.env['HTTPS_PROXY'] = `http://someone:hunter2@127.0.0.1:${proxy.port}`;
  const error = await failureOf(openStore().list('alertRule'));
  expect(proxy.requests[0]?.headers['proxy-authorization']).toBe(`Basic ${btoa('someone:hunter2')}`);
  expect(error.message).toBe('cannot list alert rules: the service answered 407');
  expect(error.hint).toContain('give name and password in HTTPS_PROXY');
  expect(`${error.message} ${error.hint ?? ''} ${error.stack ?? ''}`).not.toContain('hunter2');
});

test('hosts of NO_PROXY are reached directly', async () => {
  const proxy = await startProxy(forbidden);
  process.env['HTTPS_PROXY'] = `http://127.0.0.1:${proxy.port}`;
  const service = await listen(
    createServer((request, response) => {
      service.requests.push(request);
      response.setHeader('content-type', 'application/json');
      response.end('{"value":[]}');
    }),
    [],
  );
  expect(await openStore({ endpoint: `http://127.0.0.1:${service.port}` }).list('alertRule')).toEqual([]);
  expect([service.requests.length, proxy.requests.length]).toEqual([1, 0]);
});

test.each([
  [
    'a service',
    (port: number) => openStore({ endpoint: `http://127.0.0.1:${port}` }),
    '127.0.0.1',
    'start it with "kustodian emulator"',
  ],
  [
    'a proxy',
    (port: number) => {
      process.env['HTTPS_PROXY'] = `http://127.0.0.1:${port}`;
      return openStore();
    },
    'management.azure.com',
    'HTTPS_PROXY',
  ],
] as const)('%s that is not there is one error with a remedy', async (_name, open, host, remedy) => {
  const port = await closedPort();
  const error = await failureOf(open(port).list('alertRule'));
  expect(error).toMatchObject({
    code: 'network-failed',
    hint: expect.stringContaining(remedy) as string,
  });
  expect(clientRequestIdOf(error)).toMatch(/^[0-9a-f-]{36}$/);
  expect(error.message).toMatch(new RegExp(`^cannot reach ${host}(:${port})?: the connection was refused$`));
});
