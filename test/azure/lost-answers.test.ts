import type { Emulator, EmulatorOptions } from '../../src/emulator/emulator.ts';
import { injectFaults, type Fault } from '../../src/emulator/middleware/faults.ts';
import { logRequests } from '../../src/emulator/middleware/request-log.ts';
import type { ContentStore } from '../../src/sentinel/content-store.ts';
import {
  alertRulesPath,
  call,
  createTestEmulator,
  scheduledRule,
  workspacePath,
} from '../support/emulator.ts';
import {
  armErrorBody,
  connectionError,
  failureOf,
  scriptedService,
  storeOver,
} from '../support/scripted-service.ts';

const json = (body: unknown) => ({ body: JSON.stringify(body) });
const liveRule = {
  id: `${workspacePath}/x/alertRules/r1`,
  name: 'r1',
  etag: '"1"',
  kind: 'Scheduled',
  properties: {},
};

function emulatorLosing(
  faults: readonly Fault[],
  settings: EmulatorOptions['settings'] = {},
): { readonly store: ContentStore; readonly log: string[]; readonly emulator: Emulator } {
  const log: string[] = [];
  const emulator = createTestEmulator({
    settings,
    middleware: [
      logRequests(({ method, status }) => log.push(`${method} ${status ?? 'broken'}`)),
      injectFaults(faults, () => Promise.resolve()),
    ],
  });
  return { store: storeOver(emulator), log, emulator };
}

const lostPut: Fault = { method: 'PUT', path: '/alertRules/', fault: { kind: 'lost-response' } };

describe('a write whose answer is lost', () => {
  test.each<[string, Fault['fault']]>([
    ['the connection broke', { kind: 'lost-response' }],
    ['the answer is cut short', { kind: 'truncate', length: 9 }],
  ])('is read back, and is done if the service holds what was sent: %s', async (_, fault) => {
    const { store, log } = emulatorLosing([{ ...lostPut, skip: 1, fault }]);
    const first = await store.put('alertRule', 'r1', scheduledRule());
    const written = await store.put('alertRule', 'r1', scheduledRule({ severity: 'High' }), {
      etag: first.etag!,
    });
    expect(written.body['properties']).toMatchObject({ severity: 'High' });
    expect(written.etag).not.toBe(first.etag);
    expect(log).toEqual(['PUT 201', fault.kind === 'truncate' ? 'PUT 200' : 'PUT broken', 'GET 200']);
  });

  test('is done too if the service keeps the same in another form', async () => {
    const { store, log } = emulatorLosing([lostPut], { values: 'rewritten' });
    const rule = scheduledRule({ queryFrequency: 'PT60M', tactics: ['Persistence', 'Execution'] });
    await store.put('alertRule', 'r1', rule);
    expect(log).toEqual(['PUT broken', 'GET 200']);
  });

  test('is sent again if the service did not carry it out', async () => {
    const { store, log } = emulatorLosing([{ ...lostPut, skip: 1, times: 2, fault: { kind: 'reset' } }]);
    const first = await store.put('alertRule', 'r1', scheduledRule());
    await store.put('alertRule', 'r1', scheduledRule({ severity: 'High' }), { etag: first.etag! });
    expect(log.slice(1)).toEqual(['PUT broken', 'GET 200', 'PUT broken', 'GET 200', 'PUT 200']);
  });

  test('is sent again if what it was to make is not there', async () => {
    const { store, log } = emulatorLosing([{ ...lostPut, fault: { kind: 'status', status: 502 } }]);
    await store.put('alertRule', 'r1', scheduledRule());
    expect(log).toEqual(['PUT 502', 'GET 404', 'PUT 201']);
  });

  test.each(['refuse', 'accept'] as const)(
    'does not overwrite an edit made since, even if the service were to %s a stale etag',
    async (staleEtag) => {
      const { store, emulator } = emulatorLosing([{ ...lostPut, skip: 2, fault: { kind: 'reset' } }], {
        staleEtag,
      });
      const first = await store.put('alertRule', 'r1', scheduledRule());
      const byHand = scheduledRule({ severity: 'Low' });
      await call(emulator, 'PUT', `${alertRulesPath}/r1`, byHand);
      const late = store.put('alertRule', 'r1', scheduledRule({ severity: 'High' }), { etag: first.etag! });
      await expect(late).rejects.toMatchObject({
        code: 'service-conflict',
        message: expect.stringContaining('neither what was there nor what was sent') as string,
      });
      const [, live] = await store.list('alertRule');
      expect(live?.body['properties']).toMatchObject({ severity: 'Low' });
    },
  );

  test('does not make again what was deleted since', async () => {
    const { store, emulator } = emulatorLosing([{ ...lostPut, skip: 1, fault: { kind: 'reset' } }]);
    const first = await store.put('alertRule', 'r1', scheduledRule());
    await call(emulator, 'DELETE', `${alertRulesPath}/r1`);
    await expect(store.put('alertRule', 'r1', scheduledRule(), { etag: first.etag! })).rejects.toMatchObject({
      code: 'service-conflict',
    });
  });

  test('does not overwrite what somebody made under its name meanwhile', async () => {
    const { store, emulator } = emulatorLosing([{ ...lostPut, skip: 1, fault: { kind: 'reset' } }]);
    await call(emulator, 'PUT', `${alertRulesPath}/r1`, scheduledRule({ severity: 'Low' }));
    await expect(store.put('alertRule', 'r1', scheduledRule())).rejects.toMatchObject({
      code: 'service-conflict',
    });
  });

  test('fails with its own failure if it cannot be read back', async () => {
    const service = scriptedService(connectionError('ECONNRESET'), { status: 403, body: '{}' });
    expect(await failureOf(storeOver(service).put('alertRule', 'r1', {}))).toMatchObject({
      code: 'network-failed',
      message: 'cannot reach kustodian.localhost: the connection broke',
    });
    expect(service.requests.map(({ method }) => method)).toEqual(['PUT', 'GET']);
  });

  test('is looked at after the last try as well', async () => {
    const { store, log } = emulatorLosing([
      { ...lostPut, times: 3, fault: { kind: 'status', status: 500 } },
      { ...lostPut },
    ]);
    await store.put('alertRule', 'r1', scheduledRule());
    expect(log).toEqual([
      ...['PUT 500', 'GET 404', 'PUT 500', 'GET 404', 'PUT 500', 'GET 404'],
      ...['PUT broken', 'GET 200'],
    ]);
  });

  test('is just sent again where it is metadata, which nobody else writes', async () => {
    const { store, log } = emulatorLosing([{ method: 'PUT', fault: { kind: 'lost-response' } }]);
    await store.put('metadata', 'm1', {
      properties: { contentId: 'r1', parentId: `${workspacePath}/x`, kind: 'AnalyticsRule' },
    });
    expect(log).toEqual(['PUT broken', 'PUT 200']);
  });
});

describe('a conflict', () => {
  const conflict = { status: 409, body: armErrorBody('Conflict', 'Etag does not match') };

  test('is none if the service holds what was sent, as after two deploys of the same commit', async () => {
    const { store, emulator } = emulatorLosing([]);
    const first = await store.put('alertRule', 'r1', scheduledRule());
    const wanted = scheduledRule({ severity: 'High' });
    await call(emulator, 'PUT', `${alertRulesPath}/r1`, wanted);
    const written = await store.put('alertRule', 'r1', wanted, { etag: first.etag! });
    expect(written.body['properties']).toMatchObject({ severity: 'High' });
  });

  test.each([
    ['something else', json({ ...liveRule, properties: { severity: 'Low' } })],
    ['more than was sent', json({ ...liveRule, properties: { severity: 'High', description: 'by hand' } })],
    ['nothing', { status: 404, body: armErrorBody('NotFound', 'no') }],
    ['what cannot be read', { status: 403, body: armErrorBody('AuthorizationFailed', 'no') }],
  ])('is one if the service holds %s', async (_, live) => {
    const service = scriptedService(conflict, live);
    const body = { kind: 'Scheduled', properties: { severity: 'High' } };
    const write = storeOver(service).put('alertRule', 'r1', body, { etag: '"0"' });
    await expect(write).rejects.toMatchObject({
      code: 'service-conflict',
      message: expect.stringContaining('Etag does not match') as string,
    });
    expect(service.requests.map(({ method }) => method)).toEqual(['PUT', 'GET']);
  });
});
