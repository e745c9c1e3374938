import { ToolError } from '../../src/core/tool-error.ts';
import { applyPlan } from '../../src/deploy/apply-plan.ts';
import type { ApplyEvent } from '../../src/plan/apply-event.ts';
import { allChanges, buildCreate, buildPlan } from '../support/build-plan.ts';
import { FakeContentStore } from '../support/fake-content-store.ts';

test('progress tells of each write when it starts and when it is through', async () => {
  const store = new FakeContentStore();
  store.before = ({ kind, name }) => {
    if (kind !== 'metadata' && name === 'b') throw new ToolError('service-error', 'no');
  };
  const changes = [buildCreate({ name: 'a' }), buildCreate({ name: 'b' }), allChanges.noOp];
  const events: ApplyEvent[] = [];
  const plan = { ...buildPlan(changes), workspaceId: store.workspaceId };
  await applyPlan(plan, store, {
    concurrency: 1,
    clock: () => 0,
    onProgress: (event) => events.push(event),
  });
  expect(
    events.map(({ type, counts: { done, failed, total } }) => `${type} ${done} ${failed} ${total}`),
  ).toEqual([
    'started 0 0 2',
    'change-started 0 0 2',
    'change-finished 1 0 2',
    'change-started 1 0 2',
    'change-finished 2 1 2',
    'finished 2 1 2',
  ]);
});
