import { createContentStore } from '../../src/azure/content-store.ts';
import { createStaticCredential } from '../../src/azure/credential.ts';
import { createInProcessHttpClient } from '../../src/azure/in-process-http-client.ts';
import { isJsonObject, type JsonObject } from '../../src/core/json.ts';
import { applyPlan } from '../../src/deploy/apply-plan.ts';
import { readWorkspace } from '../../src/deploy/read-workspace.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import type { Change, ChangeOutcome, DesiredResource } from '../../src/plan/plan.ts';
import { buildMetadata, metadataName, toResourceId } from '../../src/sentinel/metadata.ts';
import type { ContentStore } from '../../src/sentinel/content-store.ts';
import { buildDesired, buildHuntingQuery, buildScheduledRule } from '../support/build-resources.ts';
import { address, createTestEmulator, preview } from '../support/emulator.ts';
import { FakeContentStore } from '../support/fake-content-store.ts';

async function plan(
  store: ContentStore,
  desired: readonly DesiredResource[],
  commit?: string,
): Promise<readonly Change[]> {
  const live = await readWorkspace(store);
  return planChanges({
    environment: 'staging',
    workspaceId: store.workspaceId,
    owner: 'contoso-soc',
    desired,
    live,
    ...(commit === undefined ? {} : { commit }),
  }).changes;
}

async function deploy(
  store: ContentStore,
  desired: readonly DesiredResource[],
): Promise<readonly ChangeOutcome[]> {
  const changes = await plan(store, desired);
  const { workspaceId } = store;
  const header = { formatVersion: 2, environment: 'staging', owner: 'contoso-soc', warnings: [] } as const;
  return applyPlan({ ...header, workspaceId, changes }, store, { clock: () => 0 });
}

function actions(changes: readonly Change[]): string[] {
  return changes.map(({ action }) => action);
}

const described = [buildDesired('r1'), buildDesired('h1', buildHuntingQuery())];

test('after a deploy the plan is empty, whatever the commit', async () => {
  const store = new FakeContentStore();
  await deploy(store, described);
  expect(actions(await plan(store, described, 'abc123'))).toEqual(['no-op', 'no-op']);
});

test('an edit in the portal shows as drift, and stays so until it is undone', async () => {
  const store = new FakeContentStore();
  await deploy(store, described);
  store.edit('alertRule', 'r1', buildScheduledRule({ severity: 'Low', description: 'by hand' }));
  for (let look = 0; look < 2; look++) {
    expect((await plan(store, described))[0]).toMatchObject({
      action: 'update',
      fields: [
        { pointer: '/properties/description', cause: 'drift', live: 'by hand' },
        { pointer: '/properties/severity', cause: 'drift', live: 'Low', desired: 'Medium' },
      ],
    });
  }
  await deploy(store, described);
  expect(actions(await plan(store, described))).toEqual(['no-op', 'no-op']);
});

test('a change here and an edit there are told apart, field by field', async () => {
  const store = new FakeContentStore();
  await deploy(store, described);
  store.edit('alertRule', 'r1', buildScheduledRule({ severity: 'Low', enabled: false }));
  const changed = [buildDesired('r1', buildScheduledRule({ severity: 'High', query: 'SigninLogs' }))];
  expect((await plan(store, changed))[0]).toMatchObject({
    fields: [
      { pointer: '/properties/enabled', cause: 'drift' },
      { pointer: '/properties/query', cause: 'pending' },
      { pointer: '/properties/severity', cause: 'conflict' },
    ],
  });
});

test('metadata that remembers nothing gives a plan without causes, and remembers from the next write on', async () => {
  const store = new FakeContentStore();
  const detection = { id: 'r1', file: '' };
  const parentId = toResourceId(store.workspaceId, 'alertRule', 'r1');
  const metadata = buildMetadata({ owner: 'contoso-soc', kind: 'alertRule', parentId, detection });
  store.edit('metadata', metadataName('alertRule', 'r1'), metadata);
  store.edit('alertRule', 'r1', buildScheduledRule({ severity: 'Low' }));
  const desired = [buildDesired('r1')];
  const [change] = await plan(store, desired);
  expect(change).toMatchObject({ action: 'update', fields: [{ pointer: '/properties/severity' }] });
  expect(JSON.stringify(change)).not.toContain('"cause"');
  await deploy(store, desired);
  store.edit('alertRule', 'r1', buildScheduledRule({ severity: 'Low' }));
  expect((await plan(store, desired))[0]).toMatchObject({ fields: [{ cause: 'drift' }] });
});

/** A service that keeps other values than it is sent, in ways that mean something to a comparison. */
class RewritingStore extends FakeContentStore {
  override put(...[kind, name, body, options]: Parameters<FakeContentStore['put']>) {
    const { properties } = body;
    if (kind !== 'alertRule' || !isJsonObject(properties)) return super.put(kind, name, body, options);
    const kept: JsonObject = {
      ...properties,
      query: `${JSON.stringify(properties['query'])} // kept`,
      addedByService: { level: 3 },
    };
    return super.put(kind, name, { ...body, properties: kept }, options);
  }
}

test('what the service rewrites is told once, remembered, and never drift', async () => {
  const store = new RewritingStore();
  const desired = [buildDesired('r1')];
  const [outcome] = await deploy(store, desired);
  expect(outcome?.rewritten?.map(({ pointer }) => pointer)).toEqual([
    '/properties/addedByService/level',
    '/properties/query',
  ]);
  expect(actions(await plan(store, desired))).toEqual(['no-op']);

  const changed = [buildDesired('r1', buildScheduledRule({ severity: 'High' }))];
  expect((await plan(store, changed))[0]).toMatchObject({
    fields: [{ pointer: '/properties/severity', cause: 'pending' }],
  });
  store.calls.length = 0;
  const [second] = await deploy(store, changed);
  expect(second).not.toHaveProperty('rewritten');
  expect(store.calls.filter(({ operation }) => operation === 'put')).toHaveLength(2);
  expect(actions(await plan(store, changed))).toEqual(['no-op']);
});

describe('a run that stops at any write', () => {
  test.each([1, 2, 3, 4, 5, 6])(
    'number %i leaves what the next run recognises and finishes',
    async (stop) => {
      const store = new RewritingStore();
      await deploy(store, described);
      const changed = [
        buildDesired('r1', buildScheduledRule({ query: 'SigninLogs', severity: 'High' })),
        buildDesired('r2'),
      ];
      let writes = 0;
      store.before = ({ operation }) => {
        if (operation === 'put' && ++writes >= stop) throw new Error('the machine is gone');
      };
      await deploy(store, changed);
      store.before = () => undefined;
      const causes = (await plan(store, changed)).flatMap((change) =>
        change.action === 'update' ? change.fields.map(({ cause }) => cause) : [],
      );
      expect(causes).not.toContain('conflict');
      const outcomes = await deploy(store, changed);
      expect(outcomes.every(({ status }) => status === 'applied' || status === 'unchanged')).toBe(true);
      const after = actions(await plan(store, changed));
      expect(after.filter((action) => action !== 'no-op')).toEqual(['orphan']);
    },
  );
});

test.each(['as-sent', 'rewritten'] as const)(
  'with values %s by the emulator, a deploy leaves an empty plan',
  async (values) => {
    const emulator = createTestEmulator({ settings: { values } });
    const store = createContentStore({
      cloud: 'local',
      address,
      apiVersion: preview,
      version: '0',
      credential: createStaticCredential('local'),
      httpClient: createInProcessHttpClient(emulator.handle),
    });
    const body = buildScheduledRule({ queryFrequency: 'PT60M', tactics: ['Persistence', 'Execution'] });
    const desired = [buildDesired('r1', body), buildDesired('h1', buildHuntingQuery())];
    await deploy(store, desired);
    expect(actions(await plan(store, desired))).toEqual(['not-ours', 'no-op', 'no-op']);
    await store.put('alertRule', 'r1', {
      ...buildScheduledRule({ enabled: false }),
    } as unknown as JsonObject);
    expect((await plan(store, desired))[1]).toMatchObject({ action: 'update' });
  },
);

describe('a run that stops before it has noted what the service made of a value', () => {
  const changed = [buildDesired('r1', buildScheduledRule({ query: 'SigninLogs', severity: 'High' }))];

  async function stopped(store: FakeContentStore): Promise<void> {
    await deploy(store, [buildDesired('r1')]);
    let writes = 0;
    store.before = ({ operation }) => {
      if (operation === 'put' && ++writes === 3) throw new Error('the machine is gone');
    };
    await deploy(store, changed);
    store.before = () => undefined;
  }

  test('leaves nothing that looks like an edit, where it is known to rewrite the field', async () => {
    const store = new RewritingStore();
    await stopped(store);
    expect((await plan(store, changed))[0]).toMatchObject({
      fields: [{ pointer: '/properties/query', cause: 'pending' }],
    });
    await deploy(store, changed);
    expect(actions(await plan(store, changed))).toEqual(['no-op']);
  });

  test('still tells an edit of another field', async () => {
    const store = new RewritingStore();
    await stopped(store);
    const { body } = store.peek('alertRule', 'r1')!;
    store.edit('alertRule', 'r1', {
      ...body,
      properties: { ...(body['properties'] as JsonObject), severity: 'Low' },
    });
    expect((await plan(store, changed))[0]).toMatchObject({
      fields: [
        { pointer: '/properties/query', cause: 'pending' },
        { pointer: '/properties/severity', cause: 'drift' },
      ],
    });
  });

  test('and before the write, leaves a change that is still to be made', async () => {
    const store = new RewritingStore();
    await deploy(store, [buildDesired('r1')]);
    let writes = 0;
    store.before = ({ operation }) => {
      if (operation === 'put' && ++writes === 2) throw new Error('the machine is gone');
    };
    await deploy(store, changed);
    store.before = () => undefined;
    expect((await plan(store, changed))[0]).toMatchObject({
      fields: [
        { pointer: '/properties/query', cause: 'pending' },
        { pointer: '/properties/severity', cause: 'pending' },
      ],
    });
    await deploy(store, changed);
    expect(actions(await plan(store, changed))).toEqual(['no-op']);
  });
});

test('metadata is not forgotten if what it marks is there by the time', async () => {
  const store = new FakeContentStore();
  await deploy(store, described);
  const made = await store.get('alertRule', 'r1');
  store.remove('alertRule', 'r1');
  const live = await readWorkspace(store);
  const target = { environment: 'staging', workspaceId: store.workspaceId, owner: 'contoso-soc' };
  const prune = planChanges({ ...target, desired: described.slice(1), live, prune: 'delete' });
  store.edit('alertRule', 'r1', made!.body);
  expect(await applyPlan(prune, store, { clock: () => 0 })).toMatchObject([
    { status: 'failed', change: { action: 'forget' } },
    { status: 'unchanged' },
  ]);
  expect(await store.get('metadata', metadataName('alertRule', 'r1'))).toBeDefined();
});
