import { createContentStore } from '../../src/azure/content-store.ts';
import { createStaticCredential } from '../../src/azure/credential.ts';
import { createInProcessHttpClient } from '../../src/azure/in-process-http-client.ts';
import { applyPlan } from '../../src/deploy/apply-plan.ts';
import { completePlan } from '../../src/deploy/complete-plan.ts';
import { readWorkspace } from '../../src/deploy/read-workspace.ts';
import { deriveName } from '../../src/plan/derive-name.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import type { ChangeOutcome, DesiredResource, Plan } from '../../src/plan/plan.ts';
import type { ContentStore } from '../../src/sentinel/content-store.ts';
import { buildDesired, buildNrtRule } from '../support/build-resources.ts';
import { address, call, createTestEmulator, preview, workspacePath } from '../support/emulator.ts';

const emulator = () => createTestEmulator({ settings: { recentlyDeletedId: 'refuse' } });

function storeOver({ handle }: ReturnType<typeof emulator>): ContentStore {
  return createContentStore({
    cloud: 'local',
    address,
    apiVersion: preview,
    version: '0',
    credential: createStaticCredential('local'),
    httpClient: createInProcessHttpClient(handle),
  });
}

async function plan(store: ContentStore, desired: readonly DesiredResource[]): Promise<Plan> {
  const live = await readWorkspace(store);
  const target = { environment: 'staging', workspaceId: store.workspaceId, owner: 'contoso-soc' };
  const made = planChanges({ ...target, desired, live });
  return completePlan(made, store, { allowBrokenAutomation: false });
}

async function deploy(
  store: ContentStore,
  desired: readonly DesiredResource[],
): Promise<readonly ChangeOutcome[]> {
  return applyPlan(await plan(store, desired), store, { clock: () => 0 });
}

function actions({ changes }: Plan): string[] {
  return changes.filter(({ action }) => action !== 'not-ours').map(({ action }) => action);
}

test('a rule deleted in the portal comes back under a derived name, as long as its own is kept back', async () => {
  const service = emulator();
  const store = storeOver(service);
  const desired = [buildDesired('r1')];
  await deploy(store, desired);
  await store.delete('alertRule', 'r1');
  const again = await deploy(store, desired);
  expect(again.find(({ status }) => status !== 'unchanged')).toMatchObject({
    status: 'applied',
    renamedTo: deriveName('r1'),
  });
  expect(actions(await plan(store, desired))).toEqual(['no-op']);
  expect(await store.list('metadata')).toHaveLength(1);
});

test('a kind goes there and back, though the service keeps every name back', async () => {
  const store = storeOver(emulator());
  const [scheduled, nrt] = [[buildDesired('r1')], [buildDesired('r1', buildNrtRule())]];
  for (const desired of [scheduled, nrt, scheduled, nrt]) {
    const outcomes = await deploy(store, desired);
    expect(outcomes.every(({ status }) => status === 'applied' || status === 'unchanged')).toBe(true);
    expect(actions(await plan(store, desired))).toEqual(['no-op']);
  }
});

test('a replace is blocked by an automation rule, and by an action of the rule', async () => {
  const service = emulator();
  const store = storeOver(service);
  await deploy(store, [buildDesired('r1'), buildDesired('r2')]);
  const base = `${workspacePath}/providers/Microsoft.SecurityInsights`;
  const condition = {
    conditionType: 'Property',
    conditionProperties: {
      propertyName: 'IncidentRelatedAnalyticRuleIds',
      operator: 'Contains',
      propertyValues: [`${base}/alertRules/r1`],
    },
  };
  const properties = {
    displayName: 'Assign',
    order: 1,
    triggeringLogic: {
      isEnabled: true,
      triggersOn: 'Incidents',
      triggersWhen: 'Created',
      conditions: [condition],
    },
    actions: [{ order: 1, actionType: 'ModifyProperties' }],
  };
  expect(await call(service, 'PUT', `${base}/automationRules/a1`, { properties })).toMatchObject({
    status: 201,
  });
  const action = {
    logicAppResourceId: '/subscriptions/1/workflows/Isolate',
    triggerUri: 'https://x.example/',
  };
  await call(service, 'PUT', `${base}/alertRules/r2/actions/p1`, { properties: action });
  const changed = [buildDesired('r1', buildNrtRule()), buildDesired('r2', buildNrtRule())];
  const { changes } = await plan(store, changed);
  expect(changes.filter(({ action: is }) => is === 'blocked')).toMatchObject([
    { name: 'r1', pointedAtBy: [{ type: 'automation-rule', displayName: 'Assign' }] },
    { name: 'r2', pointedAtBy: [{ type: 'action', displayName: 'Isolate' }] },
  ]);
});
