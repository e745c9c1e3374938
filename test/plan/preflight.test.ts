import { checkSources, newQueries, type QuerySources } from '../../src/plan/check-sources.ts';
import { preflight } from '../../src/plan/preflight.ts';
import type { Change, Plan } from '../../src/plan/plan.ts';
import type { LiveResource } from '../../src/sentinel/resource.ts';
import { allChanges, buildCreate, buildPlan, buildUpdate } from '../support/build-plan.ts';
import {
  buildDesired,
  buildHuntingQuery,
  buildNrtRule,
  buildScheduledRule,
} from '../support/build-resources.ts';
import { claim, plan, rule } from '../support/plan-situation.ts';

function rules(count: number, body: object = buildScheduledRule()): LiveResource[] {
  return Array.from({ length: count }, (_, index) => rule(`portal-${index}`, { ...body }));
}

function check(made: Plan, alertRules: readonly LiveResource[], limits = {}): Plan {
  return preflight(made, { alertRules, savedSearches: [], metadata: [] }, limits);
}

function actionsOf({ changes }: Plan, ...names: readonly string[]): string[] {
  return names.map((name) => changes.find((change) => change.name === name)!.action);
}

const named = (name: string, enabled = true) =>
  buildDesired(name, buildScheduledRule({ displayName: name, enabled }));

describe('the number of enabled alert rules', () => {
  test('blocks those beyond it, in the order of the plan, and says how to go on', () => {
    const alertRules = rules(511);
    const checked = check(plan({ desired: [named('a'), named('b')], alertRules }), alertRules);
    expect(actionsOf(checked, 'a', 'b')).toEqual(['create', 'blocked']);
    expect(checked.changes.find(({ name }) => name === 'b')).toMatchObject({
      detection: { file: 'detections/execution/b.yaml' },
      reason: expect.stringMatching(
        /^511 of 512 Scheduled alert rules .* limits\.enabledScheduledRules/,
      ) as string,
    });
  });

  test('does not count what is off, or what is on already', () => {
    const alertRules = [...rules(511), rule('a', buildScheduledRule({ severity: 'Low' }))];
    const metadata = [claim('alertRule', 'a')];
    const checked = check(
      plan({ desired: [named('a'), named('b', false)], alertRules, metadata }),
      alertRules,
    );
    expect(actionsOf(checked, 'a', 'b')).toEqual(['update', 'create']);
  });

  test('counts what an update switches on', () => {
    const alertRules = [...rules(512), rule('a', buildScheduledRule({ enabled: false }))];
    const metadata = [claim('alertRule', 'a')];
    expect(actionsOf(check(plan({ desired: [named('a')], alertRules, metadata }), alertRules), 'a')).toEqual([
      'blocked',
    ]);
  });

  test('does not take in what the plan deletes: that goes last', () => {
    const alertRules = [...rules(511), rule('old')];
    const made = plan({
      desired: [named('a')],
      alertRules,
      metadata: [claim('alertRule', 'old')],
      prune: 'delete',
    });
    expect(actionsOf(check(made, alertRules), 'a', 'old')).toEqual(['blocked', 'delete']);
  });

  test('is that of a dedicated cluster where there are more than usual, or what is configured', () => {
    const more = rules(600);
    expect(actionsOf(check(plan({ desired: [named('a')], alertRules: more }), more), 'a')).toEqual([
      'create',
    ]);
    const few = rules(3);
    const made = plan({ desired: [named('a')], alertRules: few });
    expect(actionsOf(check(made, few, { enabledScheduledRules: 3 }), 'a')).toEqual(['blocked']);
  });

  test('of NRT is one of its own', () => {
    const alertRules = [
      ...rules(512),
      ...rules(50, buildNrtRule()).map((one) => ({ ...one, name: `nrt-${one.name}` })),
    ];
    const desired = [buildDesired('n', buildNrtRule({ displayName: 'n' }))];
    expect(actionsOf(check(plan({ desired, alertRules }), alertRules), 'n')).toEqual(['blocked']);
    expect(actionsOf(check(plan({ desired, alertRules: rules(512) }), rules(512)), 'n')).toEqual(['create']);
  });

  test('of hunting queries is not limited', () => {
    const alertRules = rules(512);
    const made = plan({ desired: [buildDesired('h', buildHuntingQuery())], alertRules });
    expect(actionsOf(check(made, alertRules), 'h')).toEqual(['create']);
  });
});

describe('a display name', () => {
  const alertRules = [rule('portal', buildScheduledRule({ displayName: 'Taken' }))];
  const desired = [buildDesired('a', buildScheduledRule({ displayName: 'taken' }))];

  test('that another alert rule has is a warning', () => {
    expect(check(plan({ desired, alertRules }), alertRules).warnings).toMatchObject([
      { message: expect.stringContaining('another alert rule called "taken" (portal)') as string },
    ]);
  });

  test('that it has itself, or that one has which goes, is none', () => {
    const own = [rule('a', buildScheduledRule({ displayName: 'Taken' }))];
    const metadata = [claim('alertRule', 'a')];
    expect(check(plan({ desired, alertRules: own, metadata }), own).warnings).toEqual([]);
    const going = { desired, alertRules, metadata: [claim('alertRule', 'portal')], prune: 'delete' } as const;
    expect(check(plan(going), alertRules).warnings).toEqual([]);
  });

  test('is no matter where nothing is written', () => {
    const metadata = [claim('alertRule', 'a')];
    const both = [...alertRules, rule('a', buildScheduledRule({ displayName: 'taken' }))];
    expect(check(plan({ desired, alertRules: both, metadata }), both).warnings).toEqual([]);
  });
});

describe('what a query reads', () => {
  const has = { tables: new Set(['usage', 'signinlogs']), watchlists: new Set(['vips']) };
  const body = { kind: 'Scheduled', properties: { displayName: 'x', query: 'Q' } };
  const create = buildCreate({ body });

  function checked(sources: Partial<QuerySources>, change: Change = create): Plan {
    const reads = { tables: [], watchlists: [], isFuzzy: false, ...sources };
    return checkSources(buildPlan([change]), has, new Map([[change, reads]]));
  }

  test('blocks the change if it is a table that the workspace does not have', () => {
    const { changes } = checked({ tables: ['SigninLogs', 'Okta_CL'] });
    expect(changes).toMatchObject([
      { action: 'blocked', reason: expect.stringContaining('reads the table "Okta_CL"') as string },
    ]);
  });

  test('only warns in a fuzzy union, and of watchlists', () => {
    const { changes, warnings } = checked({
      tables: ['Okta_CL'],
      watchlists: ['VIPs', 'Assets'],
      isFuzzy: true,
    });
    expect(changes).toEqual([create]);
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('watchlist "Assets"'),
      expect.stringContaining('table "Okta_CL"'),
    ]);
  });

  test('is left alone where the workspace has it all, or does not tell', () => {
    expect(checked({ tables: ['SigninLogs'], watchlists: ['vips'] })).toEqual(buildPlan([create]));
    const silent = { tables: undefined, watchlists: undefined };
    const reads = new Map([[create, { tables: ['Okta_CL'], watchlists: ['x'], isFuzzy: false }]]);
    expect(checkSources(buildPlan([create]), silent, reads)).toEqual(buildPlan([create]));
  });

  test('matters for new and changed queries of alert rules only', () => {
    const fields = [{ pointer: '/properties/query', live: 'P', desired: 'Q' }];
    const changed = buildUpdate({ body, fields });
    const unchanged = buildUpdate({ body, name: 'd3' });
    const hunting = buildCreate({ kind: 'savedSearch', body: { properties: { query: 'Q' } } });
    const all = buildPlan([create, changed, unchanged, hunting, allChanges.delete, allChanges.noOp]);
    expect(newQueries(all).map(({ change }) => change)).toEqual([create, changed]);
  });
});
