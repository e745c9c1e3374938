import { ToolError } from '../../src/core/tool-error.ts';
import { applyPlan } from '../../src/deploy/apply-plan.ts';
import { readWorkspace } from '../../src/deploy/read-workspace.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import type { ChangeOutcome } from '../../src/plan/plan.ts';
import { summariseOutcomes } from '../../src/plan/summarise-outcomes.ts';
import type { LiveResource } from '../../src/sentinel/resource.ts';
import { buildDesired, buildHuntingQuery, buildScheduledRule } from '../support/build-resources.ts';
import { FakeContentStore, type BeforeCall } from '../support/fake-content-store.ts';

/** Deploys a rule and a hunting query while something happens to the workspace; waits are noted. */
async function deploy(
  store: FakeContentStore,
  before: BeforeCall = () => undefined,
  { prune = false, signal }: { prune?: boolean; signal?: AbortSignal } = {},
): Promise<{ readonly outcomes: readonly ChangeOutcome[]; readonly waits: number[] }> {
  const waits: number[] = [];
  const desired = prune ? [] : [buildDesired('r1'), buildDesired('h1', buildHuntingQuery())];
  const target = { environment: 'staging', workspaceId: store.workspaceId, owner: 'contoso-soc' };
  const plan = planChanges({
    ...target,
    desired,
    live: await readWorkspace(store),
    ...(prune ? { prune: 'delete' as const } : {}),
  });
  store.calls.length = 0;
  store.before = before;
  const outcomes = await applyPlan(plan, store, {
    clock: () => 0,
    delay: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    ...(signal === undefined ? {} : { signal }),
  });
  store.before = () => undefined;
  return { outcomes, waits };
}

/** Does something before the lists at the end, once. */
function atTheEnd(act: () => void): BeforeCall {
  let isDone = false;
  return ({ operation }) => {
    if (operation !== 'list' || isDone) return;
    isDone = true;
    act();
  };
}

test('what was written is looked at once more, with one list a kind and no look at a single resource', async () => {
  const store = new FakeContentStore();
  const { outcomes, waits } = await deploy(store);
  expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
  const last = store.calls.findLastIndex(({ operation }) => operation === 'put');
  expect(
    store.calls
      .slice(last + 1)
      .map(({ operation, kind }) => `${operation} ${kind}`)
      .sort(),
  ).toEqual(['list alertRule', 'list metadata', 'list savedSearch']);
  expect(waits).toEqual([]);
});

test('where nothing was written, nothing is looked at', async () => {
  const store = new FakeContentStore();
  await deploy(store);
  await deploy(store);
  expect(store.calls).toEqual([]);
});

test.each<[string, (store: FakeContentStore) => void, string]>([
  [
    'an edit',
    (store) => store.edit('alertRule', 'r1', buildScheduledRule({ severity: 'Low', enabled: false })),
    'the alert rule was changed again since it was written: /properties/enabled, /properties/severity; plan again',
  ],
  [
    'a deletion',
    (store) => {
      store.remove('alertRule', 'r1');
    },
    'the alert rule was written, and is not there any more',
  ],
  [
    'a change of its metadata',
    (store) => store.edit('metadata', 'kustodian-alertRule-r1', { properties: { contentId: 'x' } }),
    'its metadata was changed again since it was written',
  ],
])('%s since the write makes the change unverified, and the run incomplete', async (_, act, reason) => {
  const store = new FakeContentStore();
  const { outcomes, waits } = await deploy(
    store,
    atTheEnd(() => {
      act(store);
    }),
  );
  expect(outcomes).toMatchObject([{ status: 'unverified', reason }, { status: 'applied' }]);
  expect(summariseOutcomes(outcomes)).toMatchObject({ created: 1, unverified: 1, complete: false });
  expect(waits).toEqual([2_000]);
});

test('a write that changed nothing but the etag is no doubt', async () => {
  const store = new FakeContentStore();
  const { outcomes } = await deploy(
    store,
    atTheEnd(() => store.edit('alertRule', 'r1', buildScheduledRule())),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
});

test('what a first list does not show yet may be in a second one', async () => {
  const store = new FakeContentStore();
  let hidden: LiveResource | undefined;
  let lists = 0;
  const { outcomes, waits } = await deploy(store, ({ operation, kind }) => {
    if (operation !== 'list' || kind !== 'alertRule') return;
    if (++lists === 1) {
      hidden = store.peek('alertRule', 'r1');
      store.remove('alertRule', 'r1');
    } else if (hidden !== undefined) store.edit('alertRule', 'r1', hidden.body);
  });
  expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
  expect([waits, lists]).toEqual([[2_000], 2]);
});

test('a deleted rule that is there again is told', async () => {
  const store = new FakeContentStore();
  await deploy(store);
  const { outcomes } = await deploy(
    store,
    atTheEnd(() => store.edit('alertRule', 'r1', buildScheduledRule())),
    { prune: true },
  );
  expect(outcomes).toMatchObject([
    { status: 'unverified', reason: 'the alert rule was deleted, and is there again' },
    { status: 'applied' },
  ]);
});

test('a look that fails leaves no doubt unsaid', async () => {
  const store = new FakeContentStore();
  const { outcomes } = await deploy(store, ({ operation, kind }) => {
    if (operation === 'list' && kind === 'savedSearch') throw new ToolError('service-error', 'Busy (503)');
  });
  expect(outcomes).toMatchObject([
    { status: 'applied' },
    { status: 'unverified', reason: 'written, but the look at the end failed: Busy (503)' },
  ]);
});

test('a run that was cancelled does not look again', async () => {
  const store = new FakeContentStore();
  const cancel = new AbortController();
  await deploy(
    store,
    ({ name }) => {
      if (name === 'r1') cancel.abort();
    },
    { signal: cancel.signal },
  );
  expect(store.calls.some(({ operation }) => operation === 'list')).toBe(false);
});
