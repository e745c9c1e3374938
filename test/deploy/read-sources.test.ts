import { ToolError } from '../../src/core/tool-error.ts';
import { checkQueries, type InspectQuery } from '../../src/deploy/read-sources.ts';
import type { LiveResource, ReadOnlyKind } from '../../src/sentinel/resource.ts';
import { allChanges, buildCreate, buildPlan } from '../support/build-plan.ts';
import { FakeContentStore } from '../support/fake-content-store.ts';

const body = { kind: 'Scheduled', properties: { displayName: 'x', query: 'Okta_CL' } };
const plan = buildPlan([buildCreate({ body })]);

function storeWith(tables: readonly string[], watchlists: readonly string[] = []): FakeContentStore {
  const store = new FakeContentStore();
  const toResource = (kind: ReadOnlyKind, name: string): LiveResource => ({
    kind,
    name,
    id: `/${name}`,
    body: {},
  });
  store.readOnly.table.push(...tables.map((name) => toResource('table', name)));
  store.readOnly.watchlist.push(...watchlists.map((name) => toResource('watchlist', name)));
  return store;
}

const reading =
  (...watchlists: readonly string[]): InspectQuery =>
  (query, isThere) =>
    isThere(query) && watchlists.length === 0 ? undefined : { tables: [query], watchlists, isFuzzy: false };

function listed(store: FakeContentStore): string[] {
  return store.calls.map(({ kind }) => kind);
}

test('a query that reads a table which is not there is blocked, after one list', async () => {
  const store = storeWith(['Usage', 'Operation']);
  expect((await checkQueries(plan, store, reading(), undefined)).changes).toMatchObject([
    { action: 'blocked' },
  ]);
  expect(listed(store)).toEqual(['table']);
});

test('watchlists are listed where a query reads one', async () => {
  const store = storeWith(['Usage', 'Operation', 'okta_CL'], ['VIPs']);
  const { changes, warnings } = await checkQueries(plan, store, reading('vips', 'Assets'), undefined);
  expect(changes).toEqual(plan.changes);
  expect(warnings).toMatchObject([{ message: expect.stringContaining('"Assets"') as string }]);
  expect(listed(store)).toEqual(['table', 'watchlist']);
});

test('a list that lacks what every workspace has tells nothing', async () => {
  expect(await checkQueries(plan, storeWith([]), reading(), undefined)).toEqual(plan);
  expect(await checkQueries(plan, storeWith(['Mine_CL']), reading(), undefined)).toEqual(plan);
});

test('a plan without new queries asks for nothing', async () => {
  const store = storeWith([]);
  const { noOp, orphan } = allChanges;
  await checkQueries(buildPlan([noOp, allChanges.delete, orphan]), store, reading(), undefined);
  expect(store.calls).toEqual([]);
});

test('a list that must not be read is a warning, and any other failure stops the plan', async () => {
  const store = storeWith([]);
  store.before = () => {
    throw new ToolError('authorization-failed', 'cannot list tables: AuthorizationFailed (403)');
  };
  expect((await checkQueries(plan, store, reading(), undefined)).warnings).toMatchObject([
    { message: expect.stringContaining('cannot list tables') as string },
  ]);
  store.before = () => {
    throw new ToolError('network-failed', 'no answer');
  };
  await expect(checkQueries(plan, store, reading(), undefined)).rejects.toMatchObject({
    code: 'network-failed',
  });
});
