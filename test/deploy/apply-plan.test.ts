import { ToolError, type ToolErrorCode } from '../../src/core/tool-error.ts';
import { applyPlan, type ApplyOptions } from '../../src/deploy/apply-plan.ts';
import { readWorkspace } from '../../src/deploy/read-workspace.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import type { DesiredResource, Plan } from '../../src/plan/plan.ts';
import { summariseOutcomes } from '../../src/plan/summarise-outcomes.ts';
import {
  buildDesired,
  buildHuntingQuery,
  buildNrtRule,
  buildScheduledRule,
} from '../support/build-resources.ts';
import { unsent } from '../../src/sentinel/service-failure.ts';
import { FakeContentStore, type StoreCall } from '../support/fake-content-store.ts';

async function planFor(
  store: FakeContentStore,
  desired: readonly DesiredResource[],
  adopt = false,
): Promise<Plan> {
  const live = await readWorkspace(store);
  store.calls.length = 0;
  return planChanges({
    environment: 'staging',
    workspaceId: store.workspaceId,
    owner: 'contoso-soc',
    desired,
    live,
    adopt,
  });
}

/** Each look at this clock is 5 ms after the last. */
function tickingClock(): () => number {
  let now = 0;
  return () => (now += 5);
}

function apply(plan: Plan, store: FakeContentStore, options: Partial<ApplyOptions> = {}) {
  return applyPlan(plan, store, { clock: tickingClock(), ...options });
}

function puts(store: FakeContentStore): string[] {
  return store.calls
    .filter(({ operation }) => operation === 'put')
    .map(({ kind, name }) => `${kind} ${name}`);
}

/** Fails the resource of a name, not its metadata. */
function failing(name: string, code: ToolErrorCode, message = 'no', hint?: string) {
  return (call: StoreCall): void => {
    if (call.kind === 'metadata' || call.name !== name) return;
    throw new ToolError(code, message, hint === undefined ? {} : { hint });
  };
}

function named(...names: readonly string[]): DesiredResource[] {
  return names.map((name) => buildDesired(name));
}

test('a change is metadata first, then the resource', async () => {
  const store = new FakeContentStore();
  const plan = await planFor(store, [buildDesired('r1'), buildDesired('h1', buildHuntingQuery())]);
  const outcomes = await apply(plan, store, { concurrency: 1 });
  expect(outcomes.map(({ status, durationMs }) => [status, durationMs])).toEqual([
    ['applied', 5],
    ['applied', 5],
  ]);
  expect(puts(store)).toEqual([
    'metadata kustodian-alertRule-r1',
    'alertRule r1',
    'metadata kustodian-savedSearch-h1',
    'savedSearch h1',
  ]);
});

test('applied again, it is a plan without changes and not a single write', async () => {
  const store = new FakeContentStore();
  const desired = [
    buildDesired('r1'),
    buildDesired('h1', buildHuntingQuery()),
    buildDesired('n1', buildNrtRule()),
  ];
  await apply(await planFor(store, desired), store);
  const again = await planFor(store, desired);
  const outcomes = await apply(again, store);
  expect(again.changes.map(({ action }) => action)).toEqual(['no-op', 'no-op', 'no-op']);
  expect(outcomes.map(({ status }) => status)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  expect(store.calls).toEqual([]);
});

test('an update is metadata first too, then the resource with the etag of the plan', async () => {
  const store = new FakeContentStore();
  await apply(await planFor(store, named('r1')), store);
  const etag = store.peek('alertRule', 'r1')?.etag;
  const plan = await planFor(store, [buildDesired('r1', buildScheduledRule({ severity: 'Low' }))]);
  await apply(plan, store);
  expect(store.calls.filter(({ operation }) => operation === 'put')).toMatchObject([
    { kind: 'metadata' },
    { kind: 'alertRule', name: 'r1', etag },
  ]);
});

test('undoing an edit is one write, since the metadata says it all', async () => {
  const store = new FakeContentStore();
  await apply(await planFor(store, named('r1')), store);
  store.edit('alertRule', 'r1', buildScheduledRule({ severity: 'Low' }));
  await apply(await planFor(store, named('r1')), store);
  expect(puts(store)).toEqual(['alertRule r1']);
});

test('an edit made since the plan is not overwritten', async () => {
  const store = new FakeContentStore();
  await apply(await planFor(store, named('r1')), store);
  const plan = await planFor(store, [buildDesired('r1', buildScheduledRule({ severity: 'Low' }))]);
  const edited = store.edit('alertRule', 'r1', buildScheduledRule({ description: 'by hand' }));
  const [outcome] = await apply(plan, store);
  expect(outcome).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(
      /^changed in the workspace since the plan.*plan again.*Etag does not match/,
    ) as string,
  });
  expect(store.peek('alertRule', 'r1')).toEqual(edited);
});

test('a conflict at creation asks for a new plan too', async () => {
  const store = new FakeContentStore();
  const plan = await planFor(store, named('r1'));
  store.before = failing('r1', 'service-conflict', 'made by another');
  const [outcome] = await apply(plan, store);
  expect(outcome?.reason).toBe(
    'the workspace has one of this name by now, which was left as it is; plan again (made by another)',
  );
});

test('a resource that is adopted as it is gets its metadata and nothing else', async () => {
  const store = new FakeContentStore();
  store.edit('alertRule', 'r1', buildScheduledRule());
  const [outcome] = await apply(await planFor(store, named('r1'), true), store);
  expect(outcome?.status).toBe('applied');
  expect(puts(store)).toEqual(['metadata kustodian-alertRule-r1']);
  expect((await planFor(store, named('r1'))).changes).toMatchObject([{ action: 'no-op' }]);
});

test('collisions and blocked changes are refused with their reason, and nothing of them is written', async () => {
  const store = new FakeContentStore();
  const [marker] = (await planFor(store, named('taken'))).changes;
  if (marker?.action !== 'create') throw new Error('nothing is created');
  const { properties } = marker.metadata.body;
  const source = { ...properties.source, sourceId: 'fabrikam' };
  store.edit('metadata', marker.metadata.name, { properties: { ...properties, source } });
  store.edit('alertRule', 'theirs', buildScheduledRule({ severity: 'Low' }));
  const plan = await planFor(store, named('theirs', 'taken'));
  const outcomes = await apply(plan, store);
  expect(outcomes.filter(({ change }) => change.name === 'theirs')).toMatchObject([
    { status: 'refused', change: { name: 'theirs' }, reason: expect.stringContaining('adopt it') as string },
  ]);
  expect(outcomes.filter(({ change }) => change.name === 'taken')).toMatchObject([
    { status: 'refused', reason: expect.stringContaining('"fabrikam"') as string },
  ]);
  expect(store.calls).toEqual([]);
});

test('what is not ours, or no longer described, is left alone', async () => {
  const store = new FakeContentStore();
  await apply(await planFor(store, named('orphan')), store);
  store.edit('alertRule', 'portal', buildScheduledRule());
  const outcomes = await apply(await planFor(store, []), store);
  expect(outcomes.map(({ change, status }) => [change.action, status])).toEqual([
    ['orphan', 'unchanged'],
    ['not-ours', 'unchanged'],
  ]);
  expect(store.calls).toEqual([]);
});

describe('a delete', () => {
  async function pruning(store: FakeContentStore, desired: readonly DesiredResource[]): Promise<Plan> {
    const live = await readWorkspace(store);
    store.calls.length = 0;
    const target = { environment: 'staging', workspaceId: store.workspaceId, owner: 'contoso-soc' };
    return planChanges({ ...target, desired, live, prune: 'delete' });
  }

  function writes(store: FakeContentStore): string[] {
    return store.calls
      .filter(({ operation }) => operation !== 'list')
      .map(({ operation, kind, name }) => `${operation} ${kind} ${name}`);
  }

  test('comes last, and disables the alert rule as planned before it deletes it and its metadata', async () => {
    const store = new FakeContentStore();
    await apply(await planFor(store, named('a')), store);
    const etag = store.peek('alertRule', 'a')?.etag;
    const outcomes = await apply(await pruning(store, named('b')), store);
    expect(outcomes.map(({ change, status }) => [change.name, status])).toEqual([
      ['a', 'applied'],
      ['b', 'applied'],
    ]);
    expect(writes(store)).toEqual([
      'get alertRule b',
      'put metadata kustodian-alertRule-b',
      'put alertRule b',
      'put alertRule a',
      'delete alertRule a',
      'delete metadata kustodian-alertRule-a',
    ]);
    expect(store.calls[3]).toMatchObject({ etag, body: { properties: { enabled: false } } });
    expect(summariseOutcomes(outcomes)).toMatchObject({ created: 1, deleted: 1, complete: true });
    expect((await planFor(store, named('b'))).changes).toMatchObject([{ action: 'no-op' }]);
  });

  test('is not done to what was edited since the plan', async () => {
    const store = new FakeContentStore();
    await apply(await planFor(store, named('a')), store);
    const plan = await pruning(store, []);
    const edited = store.edit('alertRule', 'a', buildScheduledRule({ severity: 'Low' }));
    expect(await apply(plan, store)).toMatchObject([
      { status: 'failed', reason: expect.stringContaining('left as it is') as string },
    ]);
    expect(store.peek('alertRule', 'a')).toEqual(edited);
  });

  test('is done even if the service refuses to write the alert rule as it is', async () => {
    const store = new FakeContentStore();
    await apply(await planFor(store, named('a')), store);
    const plan = await pruning(store, []);
    store.before = ({ operation }) => {
      if (operation === 'put') throw new ToolError('service-error', 'One of the tables does not exist');
    };
    expect(await apply(plan, store)).toMatchObject([{ status: 'applied' }]);
    expect(store.peek('alertRule', 'a')).toBeUndefined();
  });

  test('that stops halfway is finished by the next run', async () => {
    const store = new FakeContentStore();
    await apply(await planFor(store, named('a')), store);
    const plan = await pruning(store, []);
    store.before = ({ operation, kind }) => {
      if (operation === 'delete' && kind === 'alertRule') throw new ToolError('network-failed', 'reset');
    };
    expect(await apply(plan, store)).toMatchObject([{ status: 'failed' }]);
    store.before = () => undefined;
    expect(await apply(await pruning(store, []), store)).toMatchObject([{ status: 'applied' }]);
    expect((await pruning(store, [])).changes).toEqual([]);
  });
});

describe('when a change fails', () => {
  test('the others are applied, and the outcomes keep the order of the plan', async () => {
    const store = new FakeContentStore();
    const plan = await planFor(store, named('a', 'b', 'c'));
    store.before = failing('b', 'service-error', 'One of the tables does not exist', 'check the query');
    const outcomes = await apply(plan, store);
    expect(outcomes).toMatchObject([
      { status: 'applied', change: { name: 'a' } },
      {
        status: 'failed',
        change: { name: 'b' },
        reason: 'One of the tables does not exist; check the query',
      },
      { status: 'applied', change: { name: 'c' } },
    ]);
    expect(summariseOutcomes(outcomes)).toMatchObject({ created: 2, failed: 1, complete: false });
  });

  test('at its metadata, the resource is not written', async () => {
    const store = new FakeContentStore();
    const plan = await planFor(store, named('a'));
    store.before = ({ operation }) => {
      if (operation === 'put') throw new ToolError('service-throttled', 'too many requests');
    };
    const outcomes = await apply(plan, store);
    expect(outcomes).toMatchObject([{ status: 'failed', reason: 'too many requests' }]);
    expect(puts(store)).toEqual(['metadata kustodian-alertRule-a']);
  });

  test('a later run finishes the work, whichever write failed', async () => {
    for (const kind of ['metadata', 'alertRule'] as const) {
      const store = new FakeContentStore();
      const plan = await planFor(store, named('a', 'b'));
      store.before = (call) => {
        if (call.kind === kind && call.name.endsWith('a')) throw new ToolError('network-failed', 'reset');
      };
      await apply(plan, store);
      store.before = () => undefined;
      const outcomes = await apply(await planFor(store, named('a', 'b')), store);
      expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'unchanged']);
      expect((await planFor(store, named('a', 'b'))).changes.map(({ action }) => action)).toEqual([
        'no-op',
        'no-op',
      ]);
    }
  });

  test('by a bug, it is a failed change and not a lost report', async () => {
    const store = new FakeContentStore();
    const plan = await planFor(store, named('a', 'b'));
    store.before = (call) => {
      if (call.name === 'a') throw new TypeError('x is undefined');
    };
    const outcomes = await apply(plan, store);
    expect(outcomes[0]).toMatchObject({
      status: 'failed',
      reason: 'unexpected error: TypeError: x is undefined',
    });
    expect(outcomes[1]?.status).toBe('applied');
  });

  test.each<[ToolErrorCode]>([['authentication-failed'], ['authorization-failed']])(
    'with %s, nothing more is tried',
    async (code) => {
      const store = new FakeContentStore();
      const plan = await planFor(store, named('a', 'b', 'c', 'd'));
      store.before = failing('b', code, 'the client has no access');
      const outcomes = await apply(plan, store, { concurrency: 1 });
      expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'failed', 'skipped', 'skipped']);
      expect(outcomes[3]?.reason).toBe('not tried, since the run stopped: the client has no access');
      expect(puts(store)).not.toContain('alertRule c');
    },
  );
});

describe('when the run is cancelled', () => {
  test.each([
    ['its first request', 'skipped', 'kustodian-alertRule-b', 'not tried, since the run was cancelled'],
    ['its second request', 'failed', 'b', 'cancelled before it was sent'],
  ] as const)('a change that had yet to send %s is %s', async (_, status, held, reason) => {
    const store = new FakeContentStore();
    const plan = await planFor(store, named('a', 'b'));
    store.before = ({ name, operation }) => {
      if (operation === 'put' && name === held) {
        throw new ToolError('cancelled', 'cancelled before it was sent', { cause: unsent });
      }
    };
    const outcomes = await apply(plan, store);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['applied', status]);
    expect(outcomes[1]?.reason).toContain(reason);
  });

  test('what is in flight is finished and the rest skipped', async () => {
    const store = new FakeContentStore();
    const plan = await planFor(store, named('a', 'b', 'c', 'd'));
    const cancel = new AbortController();
    store.before = (call) => {
      if (call.name === 'kustodian-alertRule-b') cancel.abort();
    };
    const outcomes = await apply(plan, store, { concurrency: 2, signal: cancel.signal });
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied', 'skipped', 'skipped']);
    expect(outcomes[2]?.reason).toBe('not tried, since the run was cancelled');
    expect(store.peek('alertRule', 'b')).toBeDefined();
  });

  test('before it began, nothing is written, but what is unchanged or refused is still told', async () => {
    const store = new FakeContentStore();
    await apply(await planFor(store, named('same')), store);
    store.edit('alertRule', 'theirs', buildScheduledRule());
    const plan = await planFor(store, named('new', 'same', 'theirs'));
    const outcomes = await apply(plan, store, { signal: AbortSignal.abort() });
    expect(outcomes.map(({ status }) => status)).toEqual(['skipped', 'unchanged', 'refused']);
    expect(store.calls).toEqual([]);
  });
});

test.each([1, 3, 8])('no more than %i changes are in flight', async (concurrency) => {
  const store = new FakeContentStore();
  const plan = await planFor(store, named(...Array.from({ length: 20 }, (_, index) => `r${index}`)));
  let [inFlight, most] = [0, 0];
  store.before = async ({ operation }) => {
    if (operation === 'list') return; // the look at the end
    most = Math.max(most, ++inFlight);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    inFlight--;
  };
  await apply(plan, store, { concurrency });
  expect(most).toBe(concurrency);
});

test.each([0, -1, 1.5, NaN])('a concurrency of %p is refused', async (concurrency) => {
  const store = new FakeContentStore();
  const plan = await planFor(store, named('a'));
  await expect(apply(plan, store, { concurrency })).rejects.toThrow(`concurrency "${concurrency}"`);
});

test('a plan for another workspace is refused before anything is written', async () => {
  const store = new FakeContentStore();
  const plan = await planFor(store, named('a'));
  const other = new FakeContentStore('/subscriptions/2/resourceGroups/x/workspaces/production');
  await expect(apply(plan, other)).rejects.toMatchObject({ code: 'usage' });
  expect(other.calls).toEqual([]);
  const inCapitals = { ...plan, workspaceId: plan.workspaceId.toUpperCase() };
  await expect(apply(inCapitals, store)).resolves.toHaveLength(1);
});

test('a plan that was written to a file and read back is applied alike', async () => {
  const store = new FakeContentStore();
  const plan = JSON.parse(JSON.stringify(await planFor(store, named('a')))) as Plan;
  expect(await apply(plan, store)).toMatchObject([{ status: 'applied' }]);
});
