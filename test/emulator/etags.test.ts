import {
  alertRulesPath,
  behaviour,
  call,
  createTestEmulator,
  errorOf,
  logAnalyticsVersion,
  savedSearchesPath,
  scheduledRule,
} from '../support/emulator.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';

const path = `${alertRulesPath}/r`;
const stale = '"00000000-0000-0100-0000-000000000000"';

async function create(emulator: Emulator): Promise<unknown> {
  return (await call(emulator, 'PUT', path, scheduledRule())).body['etag'];
}

async function update(emulator: Emulator, etag: unknown): Promise<number> {
  return (await call(emulator, 'PUT', path, { ...scheduledRule(), etag })).status;
}

behaviour('etag-current', async () => {
  const emulator = createTestEmulator();
  expect(await update(emulator, await create(emulator))).toBe(200);
});

behaviour('etag-missing', async () => {
  const emulator = createTestEmulator();
  await create(emulator);
  expect(await update(emulator, undefined)).toBe(200);
});

behaviour('etag-missing-refused', async () => {
  const emulator = createTestEmulator({ settings: { missingEtag: 'refuse' } });
  const etag = await create(emulator);
  expect(await update(emulator, undefined)).toBe(409);
  expect(await update(emulator, etag)).toBe(200);
});

behaviour('etag-stale', async () => {
  const emulator = createTestEmulator();
  const customerId = emulator.exportState().workspaces[0]?.customerId ?? '';
  const first = await create(emulator);
  expect(await update(emulator, first)).toBe(200);
  const refused = await call(emulator, 'PUT', path, { ...scheduledRule({ severity: 'High' }), etag: first });
  expect(refused.status).toBe(409);
  expect(errorOf(refused)).toEqual({
    code: 'Conflict',
    message: `Newer instance of rule 'r' exists for workspace '${customerId}' (Etag does not match). Data was not saved.`,
  });
  const kept = await call(emulator, 'GET', path);
  expect(kept.body['properties']).toMatchObject({ severity: 'Medium' });
});

behaviour('etag-stale-accepted', async () => {
  const emulator = createTestEmulator({ settings: { staleEtag: 'accept' } });
  await create(emulator);
  expect(await update(emulator, stale)).toBe(200);
});

test('an etag on an alert rule that does not exist yet does no harm', async () => {
  const emulator = createTestEmulator();
  expect(await update(emulator, stale)).toBe(201);
});

behaviour('saved-search-conflict', async () => {
  const emulator = createTestEmulator();
  const put = async (etag?: unknown): Promise<number> => {
    const body = { etag, properties: { category: 'Hunting Queries', displayName: 'Hunt', query: 'T' } };
    return (await call(emulator, 'PUT', `${savedSearchesPath}/h`, body, { apiVersion: logAnalyticsVersion }))
      .status;
  };
  expect([await put(), await put(), await put('*'), await put('W/"stale"')]).toEqual([200, 200, 200, 409]);
});
