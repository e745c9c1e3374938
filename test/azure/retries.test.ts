import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Timer } from '../../src/azure/retry-policy.ts';
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

const fine: Step = { body: '{"value":[]}' };

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

  test('while the service throttles one request, the others wait too', async () => {
    const service = scriptedService({ status: 429, headers: { 'retry-after': '5' } }, fine);
    let time = 0;
    const resume: (() => void)[] = [];
    const timer: Timer = {
      now: () => time,
      delay: () => new Promise((resolve) => resume.push(resolve)),
    };
    const store = storeOver(service, { timer });
    const listings = [store.list('alertRule')];
    while (resume.length < 1) await nextTurn();
    listings.push(store.list('metadata'));
    while (resume.length < 2) await nextTurn();
    expect(service.requests).toHaveLength(1);
    time = 5_000;
    for (const go of resume) go();
    await Promise.all(listings);
    expect(service.requests).toHaveLength(3);
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

  test('before the start sends nothing', async () => {
    const service = scriptedService(fine);
    expect(await failureOf(storeOver(service).list('alertRule', AbortSignal.abort()))).toMatchObject({
      code: 'cancelled',
    });
  });
});
