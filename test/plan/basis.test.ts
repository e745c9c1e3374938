import { findOutdated } from '../../src/plan/basis.ts';
import { checkLimits } from '../../src/plan/check-limits.ts';
import { applyPlan } from '../../src/deploy/apply-plan.ts';
import { readWorkspace } from '../../src/deploy/read-workspace.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { buildDesired, buildScheduledRule } from '../support/build-resources.ts';
import { allChanges, buildPlan } from '../support/build-plan.ts';
import { FakeContentStore } from '../support/fake-content-store.ts';

async function planFor(
  store: FakeContentStore,
  names: readonly string[],
  severity: 'Low' | 'High',
): Promise<Plan> {
  return planChanges({
    environment: 'staging',
    workspaceId: store.workspaceId,
    owner: 'contoso-soc',
    desired: names.map((name) => buildDesired(name, buildScheduledRule({ severity }))),
    live: await readWorkspace(store),
    prune: 'delete',
  });
}

/** A workspace with `updated` and `deleted`, and a plan that creates `new` too. */
async function situation() {
  const store = new FakeContentStore();
  await applyPlan(await planFor(store, ['updated', 'deleted', 'same'], 'Low'), store, { clock: () => 0 });
  store.edit('alertRule', 'same', buildScheduledRule({ severity: 'High' }));
  const plan = await planFor(store, ['updated', 'new', 'same'], 'High');
  return { store, plan };
}

async function outdated(plan: Plan, store: FakeContentStore): Promise<string[]> {
  return findOutdated(plan, await readWorkspace(store)).map(({ name }) => name);
}

test('a plan is up to date while nothing that it writes to has changed', async () => {
  const { store, plan } = await situation();
  store.edit('alertRule', 'same', buildScheduledRule({ severity: 'High', enabled: false }));
  store.edit('alertRule', 'portal', buildScheduledRule());
  expect(await outdated(plan, store)).toEqual([]);
  expect(await outdated(JSON.parse(JSON.stringify(plan)) as Plan, store)).toEqual([]);
});

test.each<[string, string, (store: FakeContentStore) => void]>([
  [
    'edited',
    'updated',
    (store) => store.edit('alertRule', 'updated', buildScheduledRule({ severity: 'High' })),
  ],
  [
    'written again as it was',
    'updated',
    (store) => store.edit('alertRule', 'updated', buildScheduledRule({ severity: 'Low' })),
  ],
  [
    'deleted',
    'updated',
    (store) => {
      store.remove('alertRule', 'updated');
    },
  ],
  ['made', 'new', (store) => store.edit('alertRule', 'NEW', buildScheduledRule())],
  [
    'edited, though to be deleted',
    'deleted',
    (store) => store.edit('alertRule', 'deleted', buildScheduledRule()),
  ],
  [
    'robbed of its metadata',
    'deleted',
    (store) => {
      store.remove('metadata', 'kustodian-alertRule-deleted');
    },
  ],
])('a plan is outdated where a resource was %s since', async (_, name, change) => {
  const { store, plan } = await situation();
  change(store);
  expect(await outdated(plan, store)).toEqual([name]);
});

describe('the limits of a plan', () => {
  const plan = buildPlan(Object.values(allChanges));

  test('let through what is within them', () => {
    expect(() => {
      checkLimits(plan, { deletes: 3, changes: 6 });
    }).not.toThrow();
    expect(() => {
      checkLimits(plan, { deletes: 3 });
    }).not.toThrow();
  });

  test('name the flag that allows more', () => {
    expect(() => {
      checkLimits(plan, { deletes: 2 });
    }).toThrow('removes 3 resources (1 deleted, 1 disabled, 1 replaced), more than 2');
    expect(() => {
      checkLimits(plan, { deletes: 3, changes: 5 });
    }).toThrow('has 6 changes, more than 5');
  });
});
