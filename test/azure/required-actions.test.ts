import { readFile } from 'node:fs/promises';
import { createStaticCredential } from '../../src/azure/credential.ts';
import { examineWorkspace } from '../../src/azure/examine-workspace.ts';
import { createInProcessHttpClient } from '../../src/azure/in-process-http-client.ts';
import { parseArmPath } from '../../src/emulator/arm-path.ts';
import type { Middleware } from '../../src/emulator/http.ts';
import { actionsFor, purposes, requiredActions } from '../../src/sentinel/required-actions.ts';
import { address, createTestEmulator, preview, scheduledRule, workspacePath } from '../support/emulator.ts';
import { failureOf, instantTimer, storeOver } from '../support/scripted-service.ts';

/** Notes the action that Azure would ask the roles of the caller for. */
function noteActions(actions: Set<string>): Middleware {
  return (next) => async (request) => {
    const { namespace = '', types = [] } =
      parseArmPath(new URL(request.url).pathname)?.providers.at(-1) ?? {};
    const verb = { GET: 'read', DELETE: 'delete' }[request.method] ?? 'write';
    if (types.length > 0) actions.add([namespace, ...types, verb].join('/'));
    return await next(request);
  };
}

const search = {
  properties: { category: 'Hunting Queries', displayName: 'H', query: 'T', version: 2, tags: [] },
};
const marker = {
  properties: { contentId: 'r1', parentId: `${workspacePath}/x`, kind: 'AnalyticsRule' },
};

test('the required actions are those of the requests that can be sent, no more and no fewer', async () => {
  const actions = new Set<string>();
  const emulator = createTestEmulator({ middleware: [noteActions(actions)] });
  const store = storeOver(emulator);
  for (const kind of [
    'alertRule',
    'savedSearch',
    'metadata',
    'automationRule',
    'table',
    'watchlist',
  ] as const) {
    await store.list(kind);
  }
  await store.listActions('BuiltInFusion');
  await store.readWorkspace();
  for (const [kind, body] of [
    ['alertRule', scheduledRule()],
    ['savedSearch', search],
    ['metadata', marker],
  ] as const) {
    await store.put(kind, 'r1', body);
    await store.get(kind, 'r1');
    await store.delete(kind, 'r1');
  }
  await examineWorkspace({
    cloud: 'local',
    address,
    apiVersion: preview,
    version: '0',
    credential: createStaticCredential('t'),
    httpClient: createInProcessHttpClient(emulator.handle),
    timer: instantTimer(),
    purpose: 'deploy',
    now: () => new Date(),
  });
  expect([...actions].sort()).toEqual(requiredActions.map(({ action }) => action).sort());
});

test('with the actions of a plan, everything can be read and nothing written', async () => {
  const actions = actionsFor('plan').map(({ action }) => action);
  const store = storeOver(createTestEmulator({ settings: { permissions: [{ actions, notActions: [] }] } }));
  await store.list('alertRule');
  expect(await failureOf(store.put('metadata', 'm1', marker))).toMatchObject({
    code: 'authorization-failed',
  });
  expect(await failureOf(store.delete('alertRule', 'r1'))).toMatchObject({ code: 'authorization-failed' });
});

test('the page about permissions lists each action with its purpose and reason, and its roles hold just those', async () => {
  const page = await readFile('docs/permissions.md', 'utf8');
  const rows = [...page.matchAll(/^\| `([^`]+)` +\| (\w+) +\| (.+?) +\|$/gm)].map(
    ([, action, purpose, why]) => ({
      action,
      purpose,
      why,
    }),
  );
  expect(rows).toEqual(requiredActions);
  const roles = [...page.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(
    ([, json = '']) => (JSON.parse(json) as { Actions: string[] }).Actions,
  );
  expect(roles).toEqual(purposes.map((purpose) => actionsFor(purpose).map(({ action }) => action)));
});
