import { ToolError } from '../../src/core/tool-error.ts';
import { readWorkspace } from '../../src/deploy/read-workspace.ts';
import { buildHuntingQuery, buildScheduledRule } from '../support/build-resources.ts';
import { FakeContentStore } from '../support/fake-content-store.ts';

test('the three kinds are listed once each', async () => {
  const store = new FakeContentStore();
  store.edit('alertRule', 'r1', buildScheduledRule());
  store.edit('savedSearch', 'h1', buildHuntingQuery());
  const { alertRules, savedSearches, metadata } = await readWorkspace(store);
  expect([alertRules, savedSearches, metadata].map((list) => list.map(({ name }) => name))).toEqual([
    ['r1'],
    ['h1'],
    [],
  ]);
  expect(store.calls.map(({ kind }) => kind).sort()).toEqual(['alertRule', 'metadata', 'savedSearch']);
  expect(store.mostInFlight).toBe(3);
});

test.each(['alertRule', 'savedSearch', 'metadata'] as const)(
  'a workspace whose %s list is forbidden is not an empty workspace',
  async (kind) => {
    const store = new FakeContentStore();
    store.before = (call) => {
      if (call.kind === kind) throw new ToolError('authorization-failed', 'forbidden');
    };
    await expect(readWorkspace(store)).rejects.toMatchObject({ code: 'authorization-failed' });
  },
);
