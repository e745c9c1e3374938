import { setImmediate as nextTurn } from 'node:timers/promises';
import type { InProcessRequest, InProcessResponse } from '../../src/azure/in-process-http-client.ts';
import type { TurnEnd } from '../../src/azure/request-governor.ts';
import { defaultRetryOptions, sendWithRetries } from '../../src/azure/send-with-retries.ts';
import { createVirtualTime } from '../../src/emulator/virtual-time.ts';
import {
  connectionError,
  failureOf,
  instantTimer,
  scriptedService,
  storeOver,
  type ScriptedService,
  type Step,
} from '../support/scripted-service.ts';

function statusesOf(...steps: readonly Step[]): {
  service: ScriptedService;
  timer: ReturnType<typeof instantTimer>;
} {
  return { service: scriptedService(...steps), timer: instantTimer() };
}

const liveRule = '{"id":"/x/alertRules/r","name":"r","properties":{}}';
const fine = { body: '{"value":[]}' };

describe('repetition', () => {
  test('a connection that breaks and 5xx are repeated, with a growing wait', async () => {
    const { service, timer } = statusesOf(
      connectionError('ECONNRESET'),
      { status: 502 },
      { status: 500 },
      fine,
    );
    await storeOver(service, { timer }).list('alertRule');
    expect(service.requests).toHaveLength(4);
    expect(timer.waits).toEqual([1_000, 2_000, 4_000]);
  });

  test('it ends after four tries', async () => {
    const { service, timer } = statusesOf({ status: 500 });
    await failureOf(storeOver(service, { timer }).list('alertRule'));
    expect(service.requests).toHaveLength(4);
  });

  test.each([400, 401, 403, 404, 409, 501])('%i is not repeated', async (status) => {
    const { service, timer } = statusesOf({ status });
    await failureOf(storeOver(service, { timer }).list('alertRule'));
    expect([service.requests.length, timer.waits]).toEqual([1, []]);
  });

  test.each(['ENOTFOUND', 'ECONNREFUSED', 'DEPTH_ZERO_SELF_SIGNED_CERT'])(
    '%s is not repeated',
    async (code) => {
      const { service, timer } = statusesOf(connectionError(code));
      await failureOf(storeOver(service, { timer }).list('alertRule'));
      expect(service.requests).toHaveLength(1);
    },
  );

  test('429 is repeated after what Retry-After says, or else after a growing wait', async () => {
    const { service, timer } = statusesOf(
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 429, headers: { 'x-ms-retry-after-ms': '250' } },
      {
        status: 429,
        headers: { 'retry-after': 'Wed, 25 Mar 2026 07:45:20 GMT', date: 'Wed, 25 Mar 2026 07:45:17 GMT' },
      },
      { status: 429 },
      { status: 503, headers: { 'retry-after': '2' } },
      fine,
    );
    await storeOver(service, { timer }).list('alertRule');
    expect(timer.waits).toEqual([7_000, 250, 3_000, 8_000, 2_000]);
  });

  test('a wait is never longer than the cap', async () => {
    const { service, timer } = statusesOf({ status: 429, headers: { 'retry-after': '86400' } }, fine);
    await storeOver(service, { timer, retry: { maxDelayMs: 30_000 } }).list('alertRule');
    expect(timer.waits).toEqual([30_000]);
  });

  test('throttling ends after nine tries', async () => {
    const { service, timer } = statusesOf({ status: 429, headers: { 'retry-after': '1' } });
    const error = await failureOf(storeOver(service, { timer }).list('alertRule'));
    expect([error.code, service.requests.length]).toEqual(['service-throttled', 9]);
  });

  test('while the service throttles one request, those of its class wait too', async () => {
    const time = createVirtualTime();
    const sent: string[] = [];
    const service = {
      handle: ({ method }: InProcessRequest): Promise<InProcessResponse> => {
        sent.push(`${method} ${time.now()}`);
        const status = sent.length === 1 ? 429 : 200;
        const headers = { 'retry-after': '5', 'content-type': 'application/json' };
        return Promise.resolve({ status, headers, body: method === 'GET' ? '{"value":[]}' : liveRule });
      },
    };
    const store = storeOver(service, { timer: time });
    const first = store.list('alertRule');
    while (sent.length === 0) await nextTurn(); // the SDK is being loaded
    const rest = [store.list('metadata'), store.put('alertRule', 'r', {})];
    await time.run(Promise.all([first, ...rest]));
    expect(sent).toEqual(['GET 0', 'PUT 0', 'GET 5000', 'GET 5040']);
  });

  test('waits that the service did not ask for are spread, down to half of them', async () => {
    const { service, timer } = statusesOf({ status: 503 }, { status: 429 }, { status: 503 }, fine);
    const randoms = [0.5, 0.999, 0];
    await storeOver(service, { timer, random: () => randoms.shift() ?? 0 }).list('alertRule');
    expect(timer.waits).toEqual([750, 1_001, 4_000]);
  });

  test('a try without an answer in time is repeated, and then fails', async () => {
    const { service, timer } = statusesOf('silence');
    const error = await failureOf(
      storeOver(service, { timer, retry: { timeoutMs: 5, maxRetries: 1 } }).list('alertRule'),
    );
    expect([error.code, error.message, service.requests.length]).toEqual([
      'network-failed',
      'cannot reach kustodian.localhost: no answer within 0.005 s',
      2,
    ]);
  });
});

describe('cancellation', () => {
  test('ends a request that is under way', async () => {
    const abort = new AbortController();
    const service = scriptedService('silence');
    const listing = storeOver(service).list('alertRule', abort.signal);
    setImmediate(() => {
      abort.abort();
    });
    expect(await failureOf(listing)).toMatchObject({
      code: 'cancelled',
      message: 'cancelled before the service answered',
    });
  });

  test('ends a wait', async () => {
    const abort = new AbortController();
    const service = scriptedService(() => {
      abort.abort();
      return { status: 429, headers: { 'retry-after': '60' } };
    });
    expect(
      await failureOf(storeOver(service).put('alertRule', 'r', {}, { signal: abort.signal })),
    ).toMatchObject({
      code: 'cancelled',
    });
    expect(service.requests).toHaveLength(1);
  });

  test.each<[string, Step]>([
    ['what the service asked for', { status: 429, headers: { 'retry-after': '60' } }],
    ['a repetition', { status: 503 }],
  ])('of the run ends the wait for %s, with what is known', async (_, step) => {
    const stop = new AbortController();
    const time = createVirtualTime();
    const store = storeOver(scriptedService(step), { timer: time, stopWaiting: stop.signal });
    const listing = failureOf(store.list('alertRule'));
    while (time.pending() === 0) await nextTurn();
    stop.abort();
    expect((await listing).code).toBe(_ === 'a repetition' ? 'service-error' : 'cancelled');
    expect([time.now(), time.pending()]).toEqual([0, 0]);
  });

  test('of the run lets a request that is under way get its answer', async () => {
    const stop = new AbortController();
    const service = scriptedService(() => {
      stop.abort();
      return fine;
    });
    expect(await storeOver(service, { stopWaiting: stop.signal }).list('alertRule')).toEqual([]);
  });

  test('between the turn and the sending sends nothing, and gives the turn back', async () => {
    const abort = new AbortController();
    const ends: TurnEnd[] = [];
    const sending = sendWithRetries(
      {
        send: () => Promise.reject(new Error('it was sent')),
        enter: () => {
          abort.abort();
          return Promise.resolve((end: TurnEnd) => ends.push(end));
        },
      },
      defaultRetryOptions,
      { timer: instantTimer(), random: () => 0, signal: abort.signal },
    );
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' });
    expect(ends).toEqual([{ type: 'failed' }]);
  });

  test('before the start sends nothing', async () => {
    const service = scriptedService(fine);
    expect(await failureOf(storeOver(service).list('alertRule', AbortSignal.abort()))).toMatchObject({
      code: 'cancelled',
    });
    expect(service.requests).toEqual([]);
  });
});
