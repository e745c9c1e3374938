import type { Change, ChangeOutcome, Plan } from '../../src/plan/plan.ts';
import { summariseOutcomes } from '../../src/plan/summarise-outcomes.ts';
import { summarisePlan } from '../../src/plan/summarise-plan.ts';
import { allChanges, buildPlan } from '../support/build-plan.ts';

function outcome(change: Change, status: ChangeOutcome['status']): ChangeOutcome {
  return { change, status };
}

test('every change of a plan is counted once', () => {
  const plan: Plan = buildPlan(Object.values(allChanges));
  expect(summarisePlan(plan)).toEqual({
    create: 1,
    update: 1,
    replace: 1,
    disable: 1,
    delete: 1,
    forget: 1,
    writes: 6,
    removals: 3,
    drifted: 3,
    unchanged: 1,
    collisions: 1,
    blocked: 1,
    held: 1,
    leftOff: 1,
    orphans: 1,
    notOurs: 1,
  });
});

test('every outcome is counted once', () => {
  const { create, update, noOp, collision, blocked, orphan, notOurs } = allChanges;
  const outcomes = [
    outcome(create, 'applied'),
    outcome(update, 'applied'),
    outcome(allChanges.delete, 'applied'),
    outcome(allChanges.replace, 'applied'),
    outcome(allChanges.disable, 'applied'),
    outcome(allChanges.forget, 'applied'),
    outcome(allChanges.held, 'unchanged'),
    outcome(create, 'failed'),
    outcome(update, 'skipped'),
    outcome(collision, 'refused'),
    outcome(blocked, 'refused'),
    outcome(noOp, 'unchanged'),
    outcome(orphan, 'unchanged'),
    outcome(notOurs, 'unchanged'),
  ];
  expect(summariseOutcomes(outcomes)).toEqual({
    created: 1,
    updated: 1,
    replaced: 1,
    disabled: 1,
    deleted: 1,
    forgotten: 1,
    applied: 6,
    failed: 1,
    skipped: 1,
    unverified: 0,
    refused: 2,
    unchanged: 1,
    held: 1,
    orphans: 1,
    notOurs: 1,
    complete: false,
  });
});

test('a deploy is complete if nothing failed, was refused or skipped', () => {
  const { create, orphan } = allChanges;
  expect(summariseOutcomes([]).complete).toBe(true);
  expect(summariseOutcomes([outcome(create, 'applied'), outcome(orphan, 'unchanged')]).complete).toBe(true);
  for (const status of ['unverified', 'failed', 'refused', 'skipped'] as const) {
    expect(summariseOutcomes([outcome(create, status)]).complete).toBe(false);
  }
});
