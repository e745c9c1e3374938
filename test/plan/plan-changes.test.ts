import type { JsonObject } from '../../src/core/json.ts';
import { ToolError } from '../../src/core/tool-error.ts';
import type { LiveWorkspace } from '../../src/plan/live-workspace.ts';
import { buildMetadata, metadataName, toResourceId } from '../../src/sentinel/metadata.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import type { Change, DesiredResource, ManagedKind, Plan } from '../../src/plan/plan.ts';
import type { LiveResource } from '../../src/sentinel/resource.ts';
import {
  buildDesired,
  buildHuntingQuery,
  buildNrtRule,
  buildScheduledRule,
} from '../support/build-resources.ts';
import { fakeWorkspaceId } from '../support/fake-content-store.ts';

const owner = 'contoso-soc';

interface Situation {
  readonly desired?: readonly DesiredResource[];
  readonly alertRules?: readonly LiveResource[];
  readonly savedSearches?: readonly LiveResource[];
  readonly metadata?: readonly LiveResource[];
  readonly adopt?: boolean;
  readonly prune?: boolean;
}

function plan({
  desired = [],
  alertRules = [],
  savedSearches = [],
  metadata = [],
  adopt = false,
  prune = false,
}: Situation): Plan {
  const live: LiveWorkspace = { alertRules, savedSearches, metadata };
  return planChanges({
    environment: 'staging',
    workspaceId: fakeWorkspaceId,
    owner,
    desired,
    live,
    adopt,
    prune,
  });
}

function only(situation: Situation): Change {
  const { changes } = plan(situation);
  expect(changes).toHaveLength(1);
  return changes[0]!;
}

function live(kind: ManagedKind, name: string, body: object, etag = '"1"'): LiveResource {
  return { kind, name, id: `${fakeWorkspaceId}/${name}`, etag, body: body as JsonObject };
}

function rule(name: string, body: object = buildScheduledRule()): LiveResource {
  return live('alertRule', name, body);
}

function claim(
  kind: ManagedKind,
  name: string,
  by = owner,
  metadata = metadataName(kind, name),
  detectionId = name,
): LiveResource {
  const detection = { id: detectionId, file: '', version: '1.0.0' };
  const parentId = toResourceId(fakeWorkspaceId, kind, name);
  const body = buildMetadata({ owner: by, kind, parentId, detection });
  return { kind: 'metadata', name: metadata, id: `${fakeWorkspaceId}/${metadata}`, body: { ...body } };
}

/** The metadata that a change writes, as the workspace has it afterwards. */
function written(change: Change): LiveResource {
  if (change.action !== 'create' && change.action !== 'update') throw new Error('nothing is written');
  const { name, body } = change.metadata;
  return { kind: 'metadata', name, id: `${fakeWorkspaceId}/${name}`, body: { ...body } };
}

test('a plan says what it is for', () => {
  expect(plan({})).toEqual({
    formatVersion: 1,
    environment: 'staging',
    workspaceId: fakeWorkspaceId,
    owner,
    changes: [],
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

  test('is blocked if its kind changed, which the service does not allow', () => {
    const change = only({
      desired: [buildDesired('r1', buildNrtRule())],
      alertRules: [rule('r1')],
      metadata,
    });
    expect(change).toMatchObject({
      action: 'blocked',
      reason: expect.stringContaining('"Scheduled" in the workspace and "NRT" here') as string,
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
    expect(only({ desired, alertRules, metadata: [theirs], adopt: true }).action).toBe('blocked');
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

describe('what nobody describes', () => {
  test('is listed as not ours, of any kind of alert rule', () => {
    const fusion = rule('BuiltInFusion', { kind: 'Fusion', properties: { displayName: 'Advanced attacks' } });
    expect(only({ alertRules: [fusion] })).toEqual({
      action: 'not-ours',
      kind: 'alertRule',
      name: 'BuiltInFusion',
      displayName: 'Advanced attacks',
      fields: [],
    });
  });

  test('is an orphan if it is ours', () => {
    expect(only({ alertRules: [rule('r1')], metadata: [claim('alertRule', 'r1')] })).toMatchObject({
      action: 'orphan',
      name: 'r1',
    });
  });

  test('is deleted if it is ours and the user asked for it, and nothing else is', () => {
    const fusion = rule('BuiltInFusion', { kind: 'Fusion', properties: { displayName: 'Advanced attacks' } });
    const alertRules = [rule('r1'), rule('portal'), rule('theirs'), fusion];
    const metadata = [claim('alertRule', 'r1'), claim('alertRule', 'theirs', 'fabrikam')];
    const { changes } = plan({ alertRules, metadata, prune: true });
    expect(changes.map(({ name, action }) => [name, action])).toEqual([
      ['BuiltInFusion', 'not-ours'],
      ['portal', 'not-ours'],
      ['r1', 'delete'],
      ['theirs', 'not-ours'],
    ]);
    expect(changes[2]).toMatchObject({
      etag: '"1"',
      metadata: { name: 'kustodian-alertRule-r1' },
      disabledBody: { kind: 'Scheduled', properties: { enabled: false, severity: 'Medium' } },
      edited: [],
    });
  });

  test('tells which fields somebody edited, before they are lost', () => {
    const metadata = [written(only({ desired: [buildDesired('r1')] }))];
    const alertRules = [rule('r1', buildScheduledRule({ severity: 'Low' }))];
    expect(only({ alertRules, metadata, prune: true })).toMatchObject({ edited: ['/properties/severity'] });
  });

  test('is deleted without being disabled if it is a hunting query', () => {
    const savedSearches = [live('savedSearch', 'h1', buildHuntingQuery())];
    const change = only({ savedSearches, metadata: [claim('savedSearch', 'h1')], prune: true });
    expect(change).toMatchObject({ action: 'delete', etag: '"1"' });
    expect(change).not.toHaveProperty('disabledBody');
  });

  test('goes by its resource name if it has no display name', () => {
    expect(only({ alertRules: [rule('r1', { kind: 'Scheduled' })] }).displayName).toBe('r1');
  });

  test('is left out of the plan if it is a saved search but no hunting query', () => {
    const savedSearches = [
      live('savedSearch', 'LogManagement(ws)_LogManagement|AllEvents', {
        properties: { category: 'Log Management' },
      }),
      live('savedSearch', 'parser', {
        properties: { category: 'Hunting Queries', functionAlias: 'myParser' },
      }),
      live('savedSearch', 'hunt', { properties: { category: 'Hunting Queries', displayName: 'Hunt' } }),
      live('savedSearch', 'ours', { properties: { category: 'Moved elsewhere', displayName: 'Ours' } }),
    ];
    const { changes } = plan({ savedSearches, metadata: [claim('savedSearch', 'ours')] });
    expect(changes.map(({ name, action }) => [name, action])).toEqual([
      ['hunt', 'not-ours'],
      ['ours', 'orphan'],
    ]);
  });

  test('is not made up from metadata that outlived its resource', () => {
    expect(plan({ metadata: [claim('alertRule', 'gone')] }).changes).toEqual([]);
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
