import { completePlan, findNewlyPointedAt } from '../../src/deploy/complete-plan.ts';
import { readWorkspace } from '../../src/deploy/read-workspace.ts';
import type { LiveResource } from '../../src/sentinel/resource.ts';
import { allChanges, buildPlan } from '../support/build-plan.ts';
import { FakeContentStore } from '../support/fake-content-store.ts';

const deletion = buildPlan([allChanges.delete]);

function automationRule(store: FakeContentStore, name: string, ruleName: string): LiveResource {
  const conditions = [
    { conditionProperties: { propertyValues: [`${store.workspaceId}/x/alertRules/${ruleName}`] } },
  ];
  const body = { properties: { displayName: name, triggeringLogic: { conditions } } };
  return { kind: 'automationRule', name, id: `/${name}`, body };
}

test('a plan that takes no alert rule away asks for nothing more', async () => {
  const store = new FakeContentStore();
  const { create, update, noOp, orphan } = allChanges;
  const plan = buildPlan([create, update, noOp, orphan]);
  expect(await completePlan(plan, store, { allowBrokenAutomation: false })).toEqual(plan);
  expect(store.calls).toEqual([]);
});

test('one that does asks for the automation rules once, and for the actions of these rules only', async () => {
  const store = new FakeContentStore();
  store.readOnly.automationRule.push(automationRule(store, 'Assign', 'd7'));
  store.actions.set('d8', ['Isolate']);
  const plan = buildPlan([allChanges.delete, allChanges.replace, allChanges.update]);
  const { changes } = await completePlan(plan, store, { allowBrokenAutomation: false });
  expect(changes.map(({ action, name }) => [action, name])).toEqual([
    ['update', 'd2'],
    ['blocked', 'd7'],
    ['blocked', 'd8'],
  ]);
  expect(store.calls.map(({ kind, name }) => `${kind} ${name}`.trim())).toEqual([
    'automationRule',
    'action d7',
    'action d8',
  ]);
});

test('a saved plan is outdated by what points at its rules since, not by what was seen', async () => {
  const store = new FakeContentStore();
  store.readOnly.automationRule.push(automationRule(store, 'Assign', 'd7'));
  const seen = await completePlan(deletion, store, { allowBrokenAutomation: true });
  expect(await findNewlyPointedAt(seen, store)).toEqual([]);
  store.readOnly.automationRule.push(automationRule(store, 'Close', 'd7'));
  expect(await findNewlyPointedAt(seen, store)).toMatchObject([{ name: 'd7' }]);
  expect(await findNewlyPointedAt(buildPlan([allChanges.update]), store)).toEqual([]);
});

describe('the workspace that is read', () => {
  test('must have the id that is expected', async () => {
    const store = new FakeContentStore();
    await expect(readWorkspace(store, { expectedId: store.customerId.toUpperCase() })).resolves.toBeDefined();
    await expect(readWorkspace(store, { expectedId: '4be00c7c' })).rejects.toMatchObject({
      code: 'workspace-mismatch',
      message: expect.stringContaining(`has the id "${store.customerId}", not "4be00c7c"`) as string,
    });
  });

  test('is read by its lists alone where no id is expected', async () => {
    const store = new FakeContentStore();
    await readWorkspace(store);
    expect(store.calls.map(({ operation }) => operation)).toEqual(['list', 'list', 'list']);
  });
});
