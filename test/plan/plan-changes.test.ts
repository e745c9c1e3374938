import { ToolError } from '../../src/core/tool-error.ts';
import { toResourceId } from '../../src/sentinel/metadata.ts';
import { deriveName } from '../../src/plan/derive-name.ts';
import { refusalReason } from '../../src/plan/refusal-reason.ts';
import type { LiveResource } from '../../src/sentinel/resource.ts';
import {
  buildDesired,
  buildHuntingQuery,
  buildNrtRule,
  buildScheduledRule,
} from '../support/build-resources.ts';
import { fakeWorkspaceId } from '../support/fake-content-store.ts';
import { claim, live, only, owner, plan, rule, written } from '../support/plan-situation.ts';

test('a plan says what it is for', () => {
  expect(plan({})).toEqual({
    formatVersion: 2,
    environment: 'staging',
    workspaceId: fakeWorkspaceId,
    owner,
    changes: [],
    warnings: [],
  });
});

describe('a detection that the workspace does not have', () => {
  test('is created, with metadata that marks it as ours', () => {
    const desired = buildDesired('r1');
    expect(only({ desired: [desired] })).toEqual({
      action: 'create',
      kind: 'alertRule',
      name: 'r1',
      displayName: 'Account brute-forced',
      detection: desired.detection,
      body: desired.body,
      basis: {},
      isMissing: false,
      metadata: {
        name: 'kustodian-alertRule-r1',
        isThere: false,
        body: {
          properties: {
            contentId: 'r1',
            parentId: toResourceId(fakeWorkspaceId, 'alertRule', 'r1'),
            kind: 'AnalyticsRule',
            version: '1.0.0',
            customVersion: expect.stringMatching(/^kustodian\/1;;.*;severity=/) as string,
            source: { kind: 'SourceRepository', name: owner, sourceId: owner },
          },
        },
      },
    });
  });

  test('needs no metadata again if a run stopped after writing it', () => {
    const desired = [buildDesired('r1')];
    const metadata = [written(only({ desired }))];
    expect(only({ desired, metadata })).toMatchObject({
      action: 'create',
      isMissing: true,
      metadata: { isThere: true },
    });
  });

  test('is blocked if another owner holds the metadata of that name', () => {
    const change = only({ desired: [buildDesired('r1')], metadata: [claim('alertRule', 'r1', 'fabrikam')] });
    expect(change).toMatchObject({
      action: 'blocked',
      reason: expect.stringContaining('"fabrikam"') as string,
    });
  });
});

describe('a detection that the workspace has as ours', () => {
  const metadata = [claim('alertRule', 'r1')];

  test('is a no-op if they mean the same', () => {
    const body = buildScheduledRule({ queryFrequency: 'PT60M' });
    const change = only({ desired: [buildDesired('r1')], alertRules: [rule('r1', body)], metadata });
    expect(change).toMatchObject({ action: 'no-op', name: 'r1' });
  });

  test('is a no-op if only the version in the metadata is another', () => {
    const desired = [buildDesired('r1', buildScheduledRule(), { version: '2.0.0' })];
    expect(only({ desired, alertRules: [rule('r1')], metadata }).action).toBe('no-op');
  });

  test('is updated with the etag it was read with, and the fields that differ', () => {
    const body = buildScheduledRule({ severity: 'Low', description: 'by hand' });
    const change = only({ desired: [buildDesired('r1')], alertRules: [rule('r1', body)], metadata });
    expect(change).toMatchObject({
      action: 'update',
      etag: '"1"',
      adopts: false,
      fields: [
        { pointer: '/properties/description', live: 'by hand' },
        { pointer: '/properties/severity', live: 'Low', desired: 'Medium' },
      ],
    });
  });

  test('is found by its metadata where its resource has another name than the detection asks for', () => {
    const metadata = [claim('alertRule', 'r1-2', owner, 'kustodian-alertRule-r1-2', 'r1')];
    const desired = [buildDesired('r1')];
    expect(only({ desired, alertRules: [rule('r1-2')], metadata })).toMatchObject({
      action: 'no-op',
      name: 'r1-2',
    });
    const body = buildScheduledRule({ severity: 'Low' });
    expect(only({ desired, alertRules: [rule('r1-2', body)], metadata })).toMatchObject({
      action: 'update',
      name: 'r1-2',
      metadata: { name: 'kustodian-alertRule-r1-2' },
    });
  });

  test('has its metadata updated along with it, under the name that it has', () => {
    const desired = [buildDesired('r1', buildScheduledRule({ severity: 'Low' }), { version: '2.0.0' })];
    const change = only({
      desired,
      alertRules: [rule('r1')],
      metadata: [claim('alertRule', 'r1', owner, 'older-name')],
    });
    expect(change).toMatchObject({
      action: 'update',
      metadata: { name: 'older-name', body: { properties: { version: '2.0.0' } } },
    });
  });

  test('is found whatever the case of its name, and keeps the name that the workspace has', () => {
    const change = only({
      desired: [buildDesired('ABC', buildScheduledRule({ severity: 'Low' }))],
      alertRules: [rule('abc')],
      metadata: [claim('alertRule', 'abc')],
    });
    expect(change).toMatchObject({ action: 'update', name: 'abc' });
  });

  test('is replaced if its kind changed: made anew under a derived name, then the old one goes', () => {
    const desired = [buildDesired('r1', buildNrtRule())];
    const change = only({ desired, alertRules: [rule('r1')], metadata });
    expect(change).toMatchObject({
      action: 'replace',
      name: deriveName('r1'),
      body: { kind: 'NRT' },
      basis: {},
      metadata: {
        name: `kustodian-alertRule-${deriveName('r1')}`,
        body: {
          properties: { contentId: 'r1', parentId: expect.stringContaining(deriveName('r1')) as string },
        },
      },
      replaces: {
        name: 'r1',
        etag: '"1"',
        metadata: { name: 'kustodian-alertRule-r1' },
        disabledBody: { kind: 'Scheduled', properties: { enabled: false } },
      },
    });
    expect(change).toMatchObject({
      fields: expect.arrayContaining([{ pointer: '/kind', live: 'Scheduled', desired: 'NRT' }]) as unknown,
    });
  });

  describe('twice, since a replace was cut short', () => {
    const derived = deriveName('r1');
    const both = [
      claim('alertRule', 'r1'),
      claim('alertRule', derived, owner, `kustodian-alertRule-${derived}`, 'r1'),
    ];
    const alertRules = [rule('r1'), rule(derived, buildNrtRule())];

    test('is kept in the one of the right kind, and the other goes without being asked for', () => {
      const { changes } = plan({ desired: [buildDesired('r1', buildNrtRule())], alertRules, metadata: both });
      expect(changes).toMatchObject([
        { name: derived, action: 'no-op' },
        {
          name: 'r1',
          action: 'delete',
          reason: 'superseded',
          detection: { file: 'detections/execution/r1.yaml' },
        },
      ]);
    });

    test('goes back to the first one if the change is taken back', () => {
      const { changes } = plan({ desired: [buildDesired('r1')], alertRules, metadata: both });
      expect(changes.map(({ name, action }) => [name, action])).toEqual([
        [derived, 'delete'],
        ['r1', 'no-op'],
      ]);
    });

    test('gets a name that is neither if the kind changes yet again', () => {
      const rules = [rule('r1', buildNrtRule()), rule(derived, buildNrtRule())];
      const { changes } = plan({ desired: [buildDesired('r1')], alertRules: rules, metadata: both });
      expect(changes.find(({ action }) => action === 'replace')).toMatchObject({
        name: deriveName(derived),
        replaces: { name: 'r1' },
      });
    });
  });
});

describe('a detection whose name the workspace has, but not as ours', () => {
  const desired = [buildDesired('r1')];
  const alertRules = [rule('r1', buildScheduledRule({ severity: 'Low' }))];

  test.each<[string, readonly LiveResource[]]>([
    ['nobody says whose it is', []],
    ['another repository says it is its own', [claim('alertRule', 'r1', 'fabrikam', 'theirs')]],
    ['we own a hunting query of that name', [claim('savedSearch', 'r1')]],
  ])('collides if %s', (_, metadata) => {
    expect(only({ desired, alertRules, metadata })).toMatchObject({
      action: 'not-ours',
      detection: { id: 'r1' },
      fields: [{ pointer: '/properties/severity', live: 'Low', desired: 'Medium' }],
    });
  });

  test('collides even if it is as described', () => {
    expect(only({ desired, alertRules: [rule('r1')] })).toMatchObject({ action: 'not-ours', fields: [] });
  });

  test('is adopted if told so', () => {
    expect(only({ desired, alertRules, adopt: true })).toMatchObject({
      action: 'update',
      adopts: true,
      etag: '"1"',
      metadata: { name: 'kustodian-alertRule-r1' },
    });
  });

  test('is adopted by its metadata alone if it is as described', () => {
    expect(only({ desired, alertRules: [rule('r1')], adopt: true })).toMatchObject({
      action: 'update',
      adopts: true,
      fields: [],
      metadata: { name: 'kustodian-alertRule-r1' },
    });
  });

  test('is adopted beside the metadata of a solution, which stays as it is', () => {
    const solution = claim('alertRule', 'r1', 'fabrikam', 'analyticsrule-r1');
    expect(only({ desired, alertRules, metadata: [solution], adopt: true })).toMatchObject({
      action: 'update',
      metadata: { name: 'kustodian-alertRule-r1' },
    });
  });

  test('is not taken from another repository that keeps it with this tool', () => {
    const theirs = claim('alertRule', 'r1', 'fabrikam');
    const change = only({ desired, alertRules, metadata: [theirs], adopt: true });
    expect(change).toMatchObject({ action: 'not-ours', owner: 'fabrikam' });
    expect(refusalReason(change)).toContain('belongs to the owner "fabrikam"');
    expect(refusalReason(change)).not.toContain('--adopt');
  });

  test('may be adopted beside metadata that another tool wrote for its repository', () => {
    const theirs = claim('alertRule', 'r1', 'fabrikam', 'analyticsrule-r1');
    expect(refusalReason(only({ desired, alertRules, metadata: [theirs] }))).toContain('--adopt');
  });

  test('is not adopted if it is of another kind', () => {
    expect(only({ desired, alertRules: [rule('r1', buildNrtRule())], adopt: true }).action).toBe('blocked');
  });

  test('collides with a function of that name too', () => {
    const savedSearches = [live('savedSearch', 'h1', { properties: { category: 'x', functionAlias: 'f' } })];
    const change = only({ desired: [buildDesired('h1', buildHuntingQuery())], savedSearches });
    expect(change).toMatchObject({ action: 'not-ours', detection: { id: 'h1' } });
  });
});

test('changes are sorted by kind and name, whatever the order they were read in', () => {
  const desired = [buildDesired('b'), buildDesired('h', buildHuntingQuery()), buildDesired('a')];
  const situation = { desired, alertRules: [rule('z'), rule('c')] };
  const backwards = { desired: [...desired].reverse(), alertRules: [...situation.alertRules].reverse() };
  expect(plan(situation).changes.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'z', 'h']);
  expect(plan(backwards)).toEqual(plan(situation));
});

test('an alert rule and a hunting query may share a name', () => {
  const { changes } = plan({ desired: [buildDesired('x'), buildDesired('x', buildHuntingQuery())] });
  expect(changes.map(({ kind, action }) => [kind, action])).toEqual([
    ['alertRule', 'create'],
    ['savedSearch', 'create'],
  ]);
});

test('two detections of one resource name stop the plan and are both named', () => {
  const desired = [buildDesired('x', buildScheduledRule(), { file: 'one.yaml' }), buildDesired('X')];
  expect(() => plan({ desired })).toThrow(ToolError);
  expect(() => plan({ desired })).toThrow(/"one\.yaml" and "detections\/execution\/X\.yaml"/);
});

test('a plan survives being written and read', () => {
  const situation = {
    desired: [buildDesired('r1'), buildDesired('r2')],
    alertRules: [rule('r2')],
    adopt: true,
  };
  expect(JSON.parse(JSON.stringify(plan(situation)))).toEqual(plan(situation));
});
