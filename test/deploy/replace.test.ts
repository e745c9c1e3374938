import { ToolError } from '../../src/core/tool-error.ts';
import { applyPlan } from '../../src/deploy/apply-plan.ts';
import { readWorkspace } from '../../src/deploy/read-workspace.ts';
import { deriveName } from '../../src/plan/derive-name.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import type { ChangeOutcome, DesiredResource, Plan } from '../../src/plan/plan.ts';
import { planRollback, takeSnapshot } from '../../src/plan/snapshot.ts';
import { buildDesired, buildNrtRule, buildScheduledRule } from '../support/build-resources.ts';
import { FakeContentStore } from '../support/fake-content-store.ts';

const derived = deriveName('r1');
const scheduled = [buildDesired('r1')];
const nrt = [buildDesired('r1', buildNrtRule())];

async function plan(store: FakeContentStore, desired: readonly DesiredResource[]): Promise<Plan> {
  const live = await readWorkspace(store);
  const { workspaceId } = store;
  return planChanges({ environment: 'staging', workspaceId, owner: 'contoso-soc', desired, live });
}

async function deploy(
  store: FakeContentStore,
  desired: readonly DesiredResource[],
): Promise<readonly ChangeOutcome[]> {
  return applyPlan(await plan(store, desired), store, { clock: () => 0 });
}

async function deployed(): Promise<FakeContentStore> {
  const store = new FakeContentStore();
  await deploy(store, scheduled);
  store.calls.length = 0;
  return store;
}

function writes(store: FakeContentStore): string[] {
  return store.calls
    .filter(({ operation }) => operation === 'put' || operation === 'delete')
    .map(({ operation, kind, name }) => `${operation} ${kind} ${name}`);
}

async function isSettled(store: FakeContentStore, desired: readonly DesiredResource[]): Promise<void> {
  const { changes } = await plan(store, desired);
  expect(changes.map(({ action }) => action)).toEqual(['no-op']);
  expect(await store.list('alertRule')).toHaveLength(1);
  expect(await store.list('metadata')).toHaveLength(1);
}

test('a replace makes the new one first, then disables and deletes the old one', async () => {
  const store = await deployed();
  expect(await deploy(store, nrt)).toMatchObject([{ status: 'applied' }]);
  expect(writes(store)).toEqual([
    `put metadata kustodian-alertRule-${derived}`,
    `put alertRule ${derived}`,
    'put alertRule r1',
    'delete alertRule r1',
    'delete metadata kustodian-alertRule-r1',
  ]);
  await isSettled(store, nrt);
});

test('a replace back and forth gets a new name each time, and leaves one rule', async () => {
  const store = await deployed();
  await deploy(store, nrt);
  await deploy(store, scheduled);
  expect(store.peek('alertRule', deriveName(derived))).toBeDefined();
  await isSettled(store, scheduled);
});

test.each([1, 2, 3, 4, 5])('a replace that stops at write %i is finished by the next run', async (stop) => {
  const store = await deployed();
  let count = 0;
  store.before = ({ operation }) => {
    if ((operation === 'put' || operation === 'delete') && ++count >= stop)
      throw new Error('the machine is gone');
  };
  expect(await deploy(store, nrt)).toMatchObject([{ status: 'failed' }]);
  store.before = () => undefined;
  // The old rule watches until the new one does.
  expect(store.peek('alertRule', 'r1') ?? store.peek('alertRule', derived)).toBeDefined();
  const outcomes = await deploy(store, nrt);
  expect(outcomes.every(({ status }) => status === 'applied' || status === 'unchanged')).toBe(true);
  const { changes } = await plan(store, nrt);
  expect(changes.map(({ action }) => action)).toEqual(['no-op']);
  expect(store.peek('alertRule', 'r1')).toBeUndefined();
});

test('what was edited since the plan is not deleted by a replace', async () => {
  const store = await deployed();
  const made = await plan(store, nrt);
  store.edit('alertRule', 'r1', buildScheduledRule({ description: 'by hand' }));
  const outcomes = await applyPlan(made, store, { clock: () => 0 });
  expect(outcomes).toMatchObject([
    { status: 'failed', reason: expect.stringContaining('plan again') as string },
  ]);
  expect((await plan(store, nrt)).changes).toMatchObject(
    [{ action: 'no-op' }, { action: 'delete', edited: ['/properties/description'] }].sort((a) =>
      derived < 'r1' ? 0 : a.action === 'delete' ? -1 : 1,
    ),
  );
});

test('a replace is rolled back by another, and nothing of the first remains', async () => {
  const store = await deployed();
  const live = await readWorkspace(store);
  const snapshot = takeSnapshot(await plan(store, nrt), live, new Date(0));
  expect(snapshot.entries.map(({ name, body }) => [name, body?.['kind']])).toEqual([
    [derived, undefined],
    ['r1', 'Scheduled'],
  ]);
  await deploy(store, nrt);
  const rollback = planRollback(snapshot, await readWorkspace(store));
  expect(rollback.changes).toMatchObject([{ action: 'replace', replaces: { name: derived } }]);
  await applyPlan(rollback, store, { clock: () => 0 });
  await isSettled(store, scheduled);
});

describe('a name that the service keeps back', () => {
  function keepBack(store: FakeContentStore, ...names: readonly string[]): void {
    store.before = ({ operation, kind, name }) => {
      if (operation === 'put' && kind === 'alertRule' && names.includes(name)) {
        throw new ToolError('name-held-back', `the rule with id '${name}' was recently deleted`);
      }
    };
  }

  test.each([
    [1, ['r1'], derived],
    [2, ['r1', derived], deriveName(derived)],
  ])('is left for one derived from it (%i)', async (_, names, expected) => {
    const store = new FakeContentStore();
    keepBack(store, ...names);
    expect(await deploy(store, scheduled)).toMatchObject([{ status: 'applied', renamedTo: expected }]);
    await isSettled(store, scheduled);
    expect(store.peek('alertRule', expected)).toBeDefined();
  });

  test('fails the change if the derived names are kept back too, and the next run finishes it', async () => {
    const store = new FakeContentStore();
    store.before = ({ operation, kind }) => {
      if (operation === 'put' && kind === 'alertRule')
        throw new ToolError('name-held-back', 'recently deleted');
    };
    expect(await deploy(store, scheduled)).toMatchObject([{ status: 'failed' }]);
    store.before = () => undefined;
    expect(await deploy(store, scheduled)).toMatchObject([{ status: 'applied' }]);
    expect((await plan(store, scheduled)).changes).toMatchObject([{ action: 'no-op' }]);
  });

  test('passes over a derived name that somebody else has', async () => {
    const store = new FakeContentStore();
    const theirs = store.edit('alertRule', derived, buildScheduledRule({ displayName: 'Theirs' }));
    keepBack(store, 'r1');
    const outcomes = await deploy(store, scheduled);
    expect(outcomes.find(({ status }) => status === 'applied')).toMatchObject({
      renamedTo: deriveName(derived),
    });
    expect(store.peek('alertRule', derived)).toBe(theirs);
  });

  test('does not keep a rollback from deleting what was made under the other one', async () => {
    const store = new FakeContentStore();
    store.edit('alertRule', 'portal', buildScheduledRule());
    const made = await plan(store, scheduled);
    const snapshot = takeSnapshot(made, await readWorkspace(store), new Date(0));
    keepBack(store, 'r1');
    await applyPlan(made, store, { clock: () => 0 });
    const rollback = planRollback(snapshot, await readWorkspace(store));
    expect(rollback.changes).toMatchObject([{ action: 'delete', name: derived }]);
  });
});

test('a rule that another made since the plan is not overwritten by a create', async () => {
  const store = new FakeContentStore();
  const made = await plan(store, scheduled);
  const theirs = store.edit('alertRule', 'r1', buildScheduledRule({ displayName: 'Theirs' }));
  const outcomes = await applyPlan(made, store, { clock: () => 0 });
  expect(outcomes).toMatchObject([
    { status: 'failed', reason: expect.stringContaining('has one of this name by now') as string },
  ]);
  expect(store.peek('alertRule', 'r1')).toBe(theirs);
  expect(await store.list('metadata')).toEqual([]);
});

test('a rollback leaves the metadata of what it does not touch alone', async () => {
  const store = new FakeContentStore();
  await deploy(store, [buildDesired('other')]);
  const made = await plan(store, [buildDesired('other'), ...scheduled]);
  const snapshot = takeSnapshot(made, await readWorkspace(store), new Date(0));
  await applyPlan(made, store, { clock: () => 0 });
  const { changes } = planRollback(snapshot, await readWorkspace(store));
  expect(changes.map(({ action, name }) => [action, name])).toEqual([['delete', 'r1']]);
});
