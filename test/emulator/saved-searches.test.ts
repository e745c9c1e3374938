import {
  address,
  behaviour,
  call,
  createTestEmulator,
  errorOf,
  fakeClock,
  logAnalyticsVersion,
  savedSearchesPath,
  workspacePath,
  type Answer,
} from '../support/emulator.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';

const path = `${savedSearchesPath}/hunt-1`;
const hunt = {
  properties: {
    tags: [{ name: 'tactics', value: 'Execution' }],
    query: 'SecurityEvent\n| take 10',
    displayName: 'Hunt',
    category: 'Hunting Queries',
  },
};

function send(emulator: Emulator, method: string, to: string, body?: unknown): Promise<Answer> {
  return call(emulator, method, to, body, { apiVersion: logAnalyticsVersion });
}

behaviour('saved-search-create', async () => {
  const clock = fakeClock();
  const emulator = createTestEmulator({ now: clock.now });
  const created = await send(emulator, 'PUT', path, hunt);
  clock.advance(1_500);
  const updated = await send(emulator, 'PUT', path, { ...hunt, etag: created.body['etag'] });
  expect([created.status, updated.status]).toEqual([200, 200]);
  expect(created.body['etag']).toMatch(/^W\/"datetime'2026-03-25T07%3A45%3A17\.671\d{4}Z'"$/);
  expect(updated.body['etag']).toMatch(/^W\/"datetime'2026-03-25T07%3A45%3A19\.171\d{4}Z'"$/);
});

behaviour('saved-search-form', async () => {
  const emulator = createTestEmulator();
  const shouted = `/subscriptions/${address.subscriptionId}/resourcegroups/RG-TESTS/providers/microsoft.operationalinsights/workspaces/WS-TESTS${path}`;
  const { body } = await send(emulator, 'PUT', shouted, hunt);
  expect(Object.keys(body)).toEqual(['properties', 'id', 'name', 'type', 'etag']);
  expect(body).toMatchObject({
    id: `${workspacePath}${path}`,
    name: 'hunt-1',
    type: 'Microsoft.OperationalInsights/savedSearches',
  });
  expect(JSON.stringify(body['properties'])).toBe(
    '{"category":"Hunting Queries","displayName":"Hunt","version":2,"query":"SecurityEvent\\n| take 10","tags":[{"name":"tactics","value":"Execution"}]}',
  );
  const parser = {
    properties: { ...hunt.properties, functionParameters: 'a:string = "x"', functionAlias: 'f' },
  };
  const { body: withFunction } = await send(emulator, 'PUT', path, parser);
  expect(Object.keys(withFunction['properties'] as object)).toEqual([
    'category',
    'displayName',
    'version',
    'functionAlias',
    'functionParameters',
    'query',
    'tags',
  ]);
});

behaviour('saved-search-built-in', async () => {
  const emulator = createTestEmulator();
  await send(emulator, 'PUT', `${savedSearchesPath}/zz`, hunt);
  const { body } = await send(emulator, 'GET', savedSearchesPath);
  const names = (body['value'] as { name: string; etag?: string }[]).map(({ name, etag }) => [
    name,
    etag !== undefined,
  ]);
  expect(names).toEqual([
    ['zz', true],
    ['LogManagement(ws-tests)_LogManagement|AllEvents', false],
  ]);
  const builtIn = `${savedSearchesPath}/${encodeURIComponent('LogManagement(ws-tests)_LogManagement|AllEvents')}`;
  expect((await send(emulator, 'GET', builtIn)).body).toMatchObject({
    properties: { displayName: 'All Events' },
  });
});

behaviour('saved-search-delete', async () => {
  const emulator = createTestEmulator();
  await send(emulator, 'PUT', path, hunt);
  const deleted = await send(emulator, 'DELETE', path);
  expect([deleted.status, deleted.text, deleted.headers['content-type']]).toEqual([200, '', undefined]);
});

behaviour('saved-search-missing', async () => {
  const emulator = createTestEmulator();
  expect((await send(emulator, 'GET', path)).status).toBe(404);
  expect((await send(emulator, 'DELETE', path)).status).toBe(404);
});

behaviour('saved-search-required', async () => {
  const refused = await send(createTestEmulator(), 'PUT', path, { properties: { category: 'c' } });
  expect([refused.status, errorOf(refused).message]).toEqual([
    400,
    "Invalid data model. [properties: Required property 'displayName' not found in JSON. properties: Required property 'query' not found in JSON.]",
  ]);
});
