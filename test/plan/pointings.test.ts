import {
  addPointings,
  pointingsAt,
  removedAlertRules,
  type PointingSources,
} from '../../src/plan/pointings.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { LiveResource } from '../../src/sentinel/resource.ts';
import { allChanges, buildPlan } from '../support/build-plan.ts';

const ruleId = '/subscriptions/1/resourceGroups/x/providers/Microsoft.SecurityInsights/alertRules';

function automationRule(name: string, conditions: readonly unknown[]): LiveResource {
  const triggeringLogic = { isEnabled: true, triggersOn: 'Incidents', triggersWhen: 'Created', conditions };
  const body = { properties: { displayName: `Rule ${name}`, triggeringLogic } } as unknown as JsonObject;
  return { kind: 'automationRule', name, id: `/${name}`, body };
}

function naming(...names: readonly string[]): object {
  return {
    conditionType: 'Property',
    conditionProperties: {
      propertyName: 'IncidentRelatedAnalyticRuleIds',
      operator: 'Contains',
      propertyValues: names.map((name) => `${ruleId}/${name}`),
    },
  };
}

const action: LiveResource = {
  kind: 'action',
  name: 'a1',
  id: '/a1',
  body: {
    properties: { logicAppResourceId: '/subscriptions/1/providers/Microsoft.Logic/workflows/Isolate' },
  },
};

function sources(automationRules: readonly LiveResource[], ...actionsOf: readonly string[]): PointingSources {
  return { automationRules, actions: new Map(actionsOf.map((name) => [name, [action]])) };
}

const plan = buildPlan(Object.values(allChanges));

test('what a plan takes away are the alert rules that it deletes or replaces', () => {
  expect(removedAlertRules(plan)).toEqual(['d8', 'd7']);
});

test.each<[string, readonly LiveResource[], string[]]>([
  ['by its id', [automationRule('x', [naming('d7')])], ['x']],
  ['in any case', [automationRule('x', [naming('D7')])], ['x']],
  ['beside others', [automationRule('x', [naming('d1', 'd7')])], ['x']],
  [
    'in a nested condition',
    [automationRule('x', [{ conditionProperties: { innerConditions: [naming('d7')] } }])],
    ['x'],
  ],
  ['not by the end of its name', [automationRule('x', [naming('old-d7')])], []],
  ['not by another', [automationRule('x', [naming('d1')]), automationRule('y', [])], []],
])('an automation rule points at an alert rule %s', (_, rules, names) => {
  expect(pointingsAt('d7', sources(rules)).map(({ name }) => name)).toEqual(names);
});

test('an action is told by the playbook that it starts', () => {
  expect(pointingsAt('d7', sources([], 'd7'))).toEqual([
    { type: 'action', name: 'a1', displayName: 'Isolate' },
  ]);
});

test('a delete and a replace that would break something are blocked, with what it is', () => {
  const { changes } = addPointings(plan, sources([automationRule('x', [naming('d7')])], 'd8'), {
    allowed: false,
  });
  expect(changes.filter(({ action: is }) => is === 'blocked')).toMatchObject([
    { name: 'd8', pointedAtBy: [{ type: 'action', displayName: 'Isolate' }], fields: [{ pointer: '/kind' }] },
    {
      name: 'd7',
      reason: expect.stringMatching(/deleting it would break .* --allow-broken-automation/) as string,
      pointedAtBy: [{ type: 'automation-rule', name: 'x', displayName: 'Rule x' }],
    },
    { name: 'd5' },
  ]);
});

test('it is made and shown if the user takes that in', () => {
  const { changes } = addPointings(plan, sources([automationRule('x', [naming('d7', 'd8')])]), {
    allowed: true,
  });
  const pointedAtBy = [{ type: 'automation-rule', name: 'x', displayName: 'Rule x' }];
  expect(changes.find(({ action: is }) => is === 'delete')).toMatchObject({ pointedAtBy });
  expect(changes.find(({ action: is }) => is === 'replace')).toMatchObject({ replaces: { pointedAtBy } });
});

test('what nothing points at stays as it is planned', () => {
  expect(addPointings(buildPlan([allChanges.delete]), sources([]), { allowed: false })).toEqual(
    buildPlan([allChanges.delete]),
  );
});
