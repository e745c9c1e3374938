import { applyPlan } from '../../src/deploy/apply-plan.ts';
import type { ChangeOutcome } from '../../src/plan/plan.ts';
import type { ContentStore } from '../../src/sentinel/content-store.ts';
import { buildDesired, buildScheduledRule } from '../support/build-resources.ts';
import { createEmulatedWorkspace } from '../support/emulated-workspace.ts';

async function outcomeOf(
  faults: Parameters<typeof createEmulatedWorkspace>[0],
  meddle: boolean,
): Promise<ChangeOutcome | undefined> {
  const { edit, plan, store } = createEmulatedWorkspace(faults);
  const raced: ContentStore = {
    ...store,
    async put(kind, ...rest) {
      if (kind === 'alertRule' && meddle)
        await edit('PUT', 'r1', buildScheduledRule({ displayName: 'Theirs' }));
      return await store.put(kind, ...rest);
    },
  };
  const outcomes = await applyPlan(await plan([buildDesired('r1')]), raced, { clock: () => 0 });
  return outcomes.find(({ change }) => change.name === 'r1');
}

test('a rule that was made between the last look and the write is overwritten, and the report says so', async () => {
  expect(await outcomeOf([], true)).toMatchObject({
    status: 'unverified',
    reason: expect.stringContaining(
      'somebody made an alert rule of this name in the moment before',
    ) as string,
  });
});

test('a rule that is new is no such case', async () => {
  expect(await outcomeOf([], false)).toMatchObject({ status: 'applied' });
});

test.each(['reset', 'lost-response'] as const)(
  'nor is one whose write had to be repeated: %s',
  async (kind) => {
    const fault = { fault: { kind }, method: 'PUT', path: '/alertRules/' } as const;
    expect(await outcomeOf([fault], false)).toMatchObject({ status: 'applied' });
  },
);
