import { applyPlan } from '../../src/deploy/apply-plan.ts';
import { readWorkspace } from '../../src/deploy/read-workspace.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import type { DesiredResource, Plan } from '../../src/plan/plan.ts';
import type { AlertingProperties } from '../../src/sentinel/resource.ts';
import { alertSeverities, matchingMethods, tactics } from '../../src/sentinel/vocabulary.ts';
import {
  buildDesired,
  buildHuntingQuery,
  buildIncidentCreationRule,
  buildNrtRule,
  buildScheduledRule,
} from '../support/build-resources.ts';
import { FakeContentStore } from '../support/fake-content-store.ts';
import { randomSource, type RandomSource } from '../support/random-source.ts';

type Optional = Partial<Omit<AlertingProperties, 'displayName'>>;

/** Any of the properties that a rule may lack, each there half of the time. */
function arbitraryProperties(random: RandomSource): Optional {
  const all: Optional = {
    description: random.pick(['', 'what it finds', 'two\r\nlines\r\n']),
    enabled: random.chance(),
    severity: random.pick(alertSeverities),
    query: random.pick(['SecurityEvent', 'A\r\n| where x // why\r\n', 'A\n\n\n', '// only\nB']),
    suppressionEnabled: random.chance(),
    suppressionDuration: random.pick(['PT5H', 'PT60M', 'P1D']),
    tactics: random.some(tactics),
    techniques: random.some(['T1059', 'T1105', 'T1110']),
    subTechniques: random.some(['T1059.001', 'T1059.003']),
    alertRuleTemplateName: 'a-template',
    templateVersion: '1.0.0',
    eventGroupingSettings: { aggregationKind: random.pick(['SingleAlert', 'AlertPerResult']) },
    customDetails: random.pick([{}, { Port: 'DestinationPort' }, { b: 'B', a: 'A' }]),
    entityMappings: random.some([
      { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Ip' }] },
      { entityType: 'Host', fieldMappings: [{ identifier: 'HostName', columnName: 'Computer' }] },
    ]),
    sentinelEntitiesMappings: random.some([{ columnName: 'Entities' }]),
    alertDetailsOverride: random.pick([{}, { alertDisplayNameFormat: 'on {{Computer}}' }]),
    incidentConfiguration: random.pick([
      { createIncident: random.chance() },
      {
        createIncident: true,
        groupingConfiguration: {
          enabled: random.chance(),
          reopenClosedIncident: random.chance(),
          lookbackDuration: random.pick(['PT5M', 'PT24H', 'P7D']),
          matchingMethod: random.pick(matchingMethods),
          groupByEntities: random.some(['IP', 'Host']),
          groupByAlertDetails: [],
        },
      },
    ]),
  };
  return Object.fromEntries(Object.entries(all).filter(() => random.chance()));
}

function arbitraryResources(random: RandomSource): DesiredResource[] {
  return Array.from({ length: 6 }, (_, index) => {
    const name = `resource-${index}`;
    switch (random.pick(['Scheduled', 'NRT', 'IncidentCreation', 'Hunting'])) {
      case 'Scheduled':
        return buildDesired(name, buildScheduledRule(arbitraryProperties(random)));
      case 'NRT':
        return buildDesired(name, buildNrtRule(arbitraryProperties(random)));
      case 'IncidentCreation':
        return buildDesired(
          name,
          buildIncidentCreationRule({
            severitiesFilter: random.some(alertSeverities),
            enabled: random.chance(),
          }),
        );
      default:
        return buildDesired(name, buildHuntingQuery({ query: random.pick(['A', 'A\r\n']), tags: [] }));
    }
  });
}

async function planFor(store: FakeContentStore, desired: readonly DesiredResource[]): Promise<Plan> {
  const live = await readWorkspace(store);
  return planChanges({
    environment: 'local',
    workspaceId: store.workspaceId,
    owner: 'contoso-soc',
    desired,
    live,
  });
}

const seeds = Array.from({ length: 100 }, (_, seed) => seed);

test.each(seeds)('after an apply the plan is empty, whatever is described (seed %i)', async (seed) => {
  const store = new FakeContentStore();
  const desired = arbitraryResources(randomSource(seed));
  await applyPlan(await planFor(store, desired), store, { clock: () => 0 });
  const { changes } = await planFor(store, desired);
  expect(changes.filter(({ action }) => action !== 'no-op')).toEqual([]);
  expect(changes).toHaveLength(desired.length);
});

test.each(seeds)('and it is so again after the description changed (seed %i)', async (seed) => {
  const random = randomSource(seed);
  const store = new FakeContentStore();
  const before = arbitraryResources(random);
  await applyPlan(await planFor(store, before), store, { clock: () => 0 });
  const after = before.map((resource) => {
    const kind = 'kind' in resource.body ? resource.body.kind : 'Hunting';
    if (kind === 'Scheduled')
      return buildDesired(resource.name, buildScheduledRule(arbitraryProperties(random)));
    if (kind === 'NRT') return buildDesired(resource.name, buildNrtRule(arbitraryProperties(random)));
    return resource;
  });
  await applyPlan(await planFor(store, after), store, { clock: () => 0 });
  const { changes } = await planFor(store, after);
  expect(changes.filter(({ action }) => action !== 'no-op')).toEqual([]);
});
