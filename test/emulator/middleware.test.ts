import { addLatency } from '../../src/emulator/middleware/latency.ts';
import { answerTokenRequests } from '../../src/emulator/middleware/token-endpoint.ts';
import { injectFaults, type Fault } from '../../src/emulator/middleware/faults.ts';
import { logRequests, type RequestLogEntry } from '../../src/emulator/middleware/request-log.ts';
import { requireBearerToken } from '../../src/emulator/middleware/bearer-token.ts';
import { throttle } from '../../src/emulator/middleware/throttle.ts';
import { TransportFailure, type Middleware } from '../../src/emulator/http.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { instantTimer, storeOver } from '../support/scripted-service.ts';
import {
  address,
  alertRulesPath,
  behaviour,
  call,
  countingGuids,
  createTestEmulator,
  errorOf,
  fakeClock,
  metadataPath,
  scheduledRule,
  workspacePath,
} from '../support/emulator.ts';

function emulatorWith(...middleware: readonly Middleware[]): Emulator {
  return createTestEmulator({ middleware });
}

const noDelay = (): Promise<void> => Promise.resolve();
const rule = `${alertRulesPath}/a`;

behaviour('token-required', async () => {
  const emulator = emulatorWith(requireBearerToken((token) => token === 'good'));
  const statuses = await Promise.all(
    [undefined, 'Basic abc', 'Bearer ', 'Bearer bad', 'Bearer good', 'bearer good'].map(
      async (authorization) => {
        const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
        return (await call(emulator, 'GET', alertRulesPath, undefined, { headers })).status;
      },
    ),
  );
  expect(statuses).toEqual([401, 401, 401, 401, 200, 200]);
  const refused = await call(emulator, 'GET', alertRulesPath);
  expect(errorOf(refused).code).toBe('AuthenticationFailed');
  expect(refused.headers['www-authenticate']).toMatch(/^Bearer authorization_uri=/);
  const any = emulatorWith(requireBearerToken());
  expect(
    (await call(any, 'GET', alertRulesPath, undefined, { headers: { authorization: 'Bearer x' } })).status,
  ).toBe(200);
});

behaviour('token-endpoint', async () => {
  const tokens = answerTokenRequests({ now: fakeClock().now, newGuid: countingGuids() });
  const emulator = emulatorWith(tokens, requireBearerToken());
  const send = async (
    method: string,
    path: string,
    body?: string,
  ): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await emulator.handle({
      method,
      url: `https://emulator.test${path}`,
      headers: {},
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: JSON.parse(response.body) as Record<string, unknown> };
  };
  const discovery = await send('GET', '/tenant-1/v2.0/.well-known/openid-configuration');
  expect(discovery.body).toMatchObject({
    issuer: 'https://emulator.test/tenant-1/v2.0',
    token_endpoint: 'https://emulator.test/tenant-1/oauth2/v2.0/token',
  });
  const granted = await send(
    'POST',
    '/tenant-1/oauth2/v2.0/token',
    'client_id=c1&client_secret=s3cret&grant_type=client_credentials&scope=https%3A%2F%2Fmanagement.azure.com%2F.default',
  );
  expect(granted.body).toMatchObject({ token_type: 'Bearer', expires_in: 3_600 });
  const [header = '', claims = ''] = String(granted.body['access_token']).split('.');
  const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
  expect(read(header)).toEqual({ typ: 'JWT', alg: 'none' });
  expect(read(claims)).toMatchObject({ aud: 'https://management.azure.com', appid: 'c1', tid: 'tenant-1' });
  expect(JSON.stringify(granted.body)).not.toContain('s3cret');
  expect((await send('GET', '/common/discovery/instance?api-version=1.1')).body).toMatchObject({
    tenant_discovery_endpoint: 'https://emulator.test/common/v2.0/.well-known/openid-configuration',
  });
  expect((await send('GET', '/metadata/endpoints?api-version=2022-09-01')).body).toMatchObject({
    resourceManager: 'https://emulator.test',
  });
  expect((await send('GET', '/tenant-1/oauth2/v2.0/token')).status).toBe(401);
});

behaviour('throttle-bucket', async () => {
  const clock = fakeClock();
  const limits = { writes: { bucket: 2, refillPerSecond: 1 } };
  const emulator = emulatorWith(throttle({ now: clock.now, limits }));
  const put = (): ReturnType<typeof call> => call(emulator, 'PUT', rule, scheduledRule());
  const counter = 'x-ms-ratelimit-remaining-subscription-writes';
  const seen: unknown[] = [];
  for (const wait of [0, 0, 0, 1_000, 0, 60_000]) {
    clock.advance(wait);
    const { status, headers } = await put();
    seen.push([status, headers[counter]]);
  }
  expect(seen).toEqual([
    [201, '1'],
    [200, '0'],
    [429, '0'],
    [200, '0'],
    [429, '0'],
    [200, '1'],
  ]);
  const read = await call(emulator, 'GET', rule);
  expect([read.status, read.headers['x-ms-ratelimit-remaining-subscription-reads']]).toEqual([200, '249']);
  const elsewhere = `/subscriptions/other/resourceGroups/rg`;
  expect((await call(emulator, 'PUT', elsewhere, {}, { apiVersion: '2022-09-01' })).status).toBe(200);
});

behaviour('throttle-refusal', async () => {
  const clock = fakeClock();
  const limits = { reads: { bucket: 1, refillPerSecond: 0.1 } };
  const emulator = emulatorWith(throttle({ now: clock.now, limits }));
  await call(emulator, 'GET', rule);
  const refused = await call(emulator, 'GET', rule);
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '10']);
  expect(errorOf(refused)).toEqual({
    code: 'SubscriptionRequestsThrottled',
    message: `Number of 'read' requests for subscription '${address.subscriptionId}' actor 'emulator' exceeded. Please try again after '10' seconds.`,
  });
  const silent = emulatorWith(throttle({ now: clock.now, limits, sendRetryAfter: false }));
  await call(silent, 'GET', rule);
  expect((await call(silent, 'GET', rule)).headers).not.toHaveProperty('retry-after');
});

test('a client that waits as it is told gets everything through a small bucket', async () => {
  const timer = instantTimer();
  const start = Date.parse('2026-01-01T00:00:00Z');
  const now = (): Date => new Date(start + timer.now());
  const limits = { writes: { bucket: 5, refillPerSecond: 2 } };
  const store = storeOver(emulatorWith(throttle({ now, limits })), { timer });
  const names = Array.from({ length: 40 }, (_, index) => `r${index}`);
  for (let at = 0; at < names.length; at += 8) {
    await Promise.all(names.slice(at, at + 8).map((name) => store.put('alertRule', name, scheduledRule())));
  }
  expect((await store.list('alertRule')).map(({ name }) => name).toSorted()).toEqual(
    ['BuiltInFusion', ...names].toSorted(),
  );
  expect(timer.now()).toBeGreaterThanOrEqual(17_000);
});

test('latency comes before every answer', async () => {
  const events: string[] = [];
  const delay = (milliseconds: number): Promise<void> => {
    events.push(`waited ${milliseconds}`);
    return Promise.resolve();
  };
  const emulator = emulatorWith(
    addLatency(20, delay),
    logRequests(({ status }) => events.push(`answered ${String(status)}`)),
  );
  await call(emulator, 'GET', rule);
  expect(events).toEqual(['waited 20', 'answered 404']);
});

test('the log tells of every request, and of broken connections, without headers and bodies', async () => {
  const entries: RequestLogEntry[] = [];
  const faults = injectFaults([{ method: 'GET', fault: { kind: 'reset' } }], noDelay);
  const emulator = emulatorWith(
    logRequests((entry) => entries.push(entry)),
    faults,
  );
  await expect(call(emulator, 'GET', rule)).rejects.toBeInstanceOf(TransportFailure);
  await call(emulator, 'PUT', rule, scheduledRule(), { headers: { authorization: 'Bearer secret' } });
  const url = `${workspacePath}${rule}?api-version=2025-10-01-preview`;
  expect(entries).toEqual([
    { method: 'GET', url },
    { method: 'PUT', url, status: 201 },
  ]);
});

async function statusesUnder(
  script: readonly Fault[],
  requests: readonly (readonly [string, string])[],
): Promise<unknown[]> {
  const emulator = emulatorWith(injectFaults(script, noDelay));
  const statuses: unknown[] = [];
  for (const [method, path] of requests) {
    const body = method === 'PUT' ? scheduledRule() : undefined;
    statuses.push(
      await call(emulator, method, path, body).then(
        ({ status }) => status,
        () => 'broken',
      ),
    );
  }
  return statuses;
}

const unavailable: Fault['fault'] = { kind: 'status', status: 503 };

const scripts: readonly (readonly [
  string,
  readonly Fault[],
  readonly (readonly [string, string])[],
  unknown[],
])[] = [
  [
    'once, by default',
    [{ fault: unavailable }],
    [
      ['GET', alertRulesPath],
      ['GET', alertRulesPath],
    ],
    [503, 200],
  ],
  [
    'as often as it is told, after those it spares',
    [{ fault: unavailable, skip: 1, times: 2 }],
    [
      ['GET', alertRulesPath],
      ['GET', alertRulesPath],
      ['GET', alertRulesPath],
      ['GET', alertRulesPath],
    ],
    [200, 503, 503, 200],
  ],
  [
    'only the method and path that it names',
    [{ fault: unavailable, method: 'put', path: '/ALERTRULES/b', times: 9 }],
    [
      ['GET', `${alertRulesPath}/b`],
      ['PUT', `${alertRulesPath}/a`],
      ['PUT', `${alertRulesPath}/b`],
    ],
    [404, 201, 503],
  ],
  [
    'in the order of the script',
    [{ fault: unavailable }, { fault: { kind: 'reset' } }],
    [
      ['GET', metadataPath],
      ['GET', metadataPath],
      ['GET', metadataPath],
    ],
    [503, 'broken', 200],
  ],
  [
    'not the write, if only its answer is lost',
    [{ fault: { kind: 'lost-response' } }],
    [
      ['PUT', rule],
      ['GET', rule],
    ],
    ['broken', 200],
  ],
  [
    'not the write, if it breaks before',
    [{ fault: { kind: 'reset' } }],
    [
      ['PUT', rule],
      ['GET', rule],
    ],
    ['broken', 404],
  ],
];

test.each(scripts)('a fault befalls %s', async (_, script, requests, expected) => {
  expect(await statusesUnder(script, requests)).toEqual(expected);
});

test('a fault can say more, come late, or spoil the answer', async () => {
  const waits: number[] = [];
  const emulator = emulatorWith(
    injectFaults(
      [
        {
          fault: {
            kind: 'status',
            status: 403,
            code: 'AuthorizationFailed',
            message: 'No.',
            headers: { 'x-a': 'b' },
          },
        },
        { fault: { kind: 'latency', milliseconds: 30 } },
        { fault: { kind: 'slow-body', milliseconds: 40 } },
        { fault: { kind: 'body', body: '<html>' } },
        { fault: { kind: 'truncate', length: 5 } },
      ],
      (milliseconds) => {
        waits.push(milliseconds);
        return Promise.resolve();
      },
    ),
  );
  const request = {
    method: 'GET',
    url: `https://management.test${workspacePath}${alertRulesPath}?api-version=2025-09-01`,
    headers: {},
  };
  const answers = [];
  for (let count = 0; count < 5; count++) answers.push(await emulator.handle(request));
  expect(answers[0]).toMatchObject({
    status: 403,
    headers: { 'x-a': 'b' },
    body: '{"error":{"code":"AuthorizationFailed","message":"No."}}',
  });
  expect([waits, answers[1]?.status, answers[2]?.bodyDelayMs]).toEqual([[30], 200, 40]);
  expect(answers[3]).toMatchObject({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' });
  expect(answers[4]?.body).toHaveLength(5);
});
