import { deriveName } from '../../src/plan/derive-name.ts';
import {
  buildDesired,
  buildHuntingQuery,
  buildNrtRule,
  buildScheduledRule,
} from '../support/build-resources.ts';
import { claim, live, only, owner, plan, rule, written } from '../support/plan-situation.ts';

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
    const { changes } = plan({ alertRules, metadata, prune: 'delete' });
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
    expect(only({ alertRules, metadata, prune: 'delete' })).toMatchObject({
      edited: ['/properties/severity'],
    });
  });

  test('is deleted without being disabled if it is a hunting query', () => {
    const savedSearches = [live('savedSearch', 'h1', buildHuntingQuery())];
    const change = only({ savedSearches, metadata: [claim('savedSearch', 'h1')], prune: 'delete' });
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

  test('is not made up from metadata that outlived its resource, which a prune deletes', () => {
    const metadata = [
      claim('alertRule', 'gone'),
      claim('savedSearch', 'hunt'),
      claim('alertRule', 'theirs', 'fabrikam'),
      claim('alertRule', 'r1'),
    ];
    expect(plan({ metadata }).changes).toEqual([]);
    const { changes } = plan({ desired: [buildDesired('r1')], metadata, prune: 'delete' });
    expect(changes).toMatchObject([
      { action: 'forget', kind: 'alertRule', name: 'gone', metadata: { name: 'kustodian-alertRule-gone' } },
      { action: 'create', name: 'r1', isMissing: true },
      { action: 'forget', kind: 'savedSearch', name: 'hunt' },
    ]);
  });

  test('is not forgotten where a detection that is made may get the name it marks', () => {
    const derived = deriveName('r1');
    const metadata = [claim('alertRule', derived, owner, `kustodian-alertRule-${derived}`, 'r1')];
    const made = plan({ desired: [buildDesired('r1')], metadata, prune: 'delete' });
    expect(made.changes.map(({ action, name }) => [action, name])).toEqual([['create', 'r1']]);

    const both = [claim('alertRule', 'r1'), ...metadata];
    const desired = [buildDesired('r1', buildNrtRule())];
    const replaced = plan({ desired, alertRules: [rule('r1')], metadata: both, prune: 'delete' });
    expect(replaced.changes.map(({ action, name }) => [action, name])).toEqual([['replace', derived]]);
  });
});

describe('a detection that left the selection of the environment', () => {
  const situation = {
    unselected: [{ id: 'R1', file: 'detections/r1.yaml' }],
    alertRules: [rule('r1')],
    metadata: [claim('alertRule', 'r1')],
  };

  test('is listed as such', () => {
    expect(only(situation)).toMatchObject({
      action: 'orphan',
      reason: 'not-selected',
      detection: { file: 'detections/r1.yaml' },
    });
  });

  test('is removed by a prune, for that reason', () => {
    expect(only({ ...situation, prune: 'delete' })).toMatchObject({
      action: 'delete',
      reason: 'not-selected',
    });
  });
});

describe('a plan that is limited to paths', () => {
  const limit = { paths: ['detections/a'], includes: (file: string) => file.startsWith('detections/a/') };
  const desired = [
    buildDesired('r1', buildScheduledRule(), { file: 'detections/a/r1.yaml' }),
    buildDesired('r2', buildScheduledRule(), { file: 'detections/b/r2.yaml' }),
  ];

  test('is about these, and neither about other detections nor about what nobody describes', () => {
    const alertRules = [rule('r2', buildScheduledRule({ severity: 'Low' })), rule('gone'), rule('portal')];
    const metadata = [claim('alertRule', 'r2'), claim('alertRule', 'gone')];
    const limited = plan({ desired, alertRules, metadata, limit, prune: 'delete' });
    expect(limited.paths).toEqual(['detections/a']);
    expect(limited.changes.map(({ action, name }) => [action, name])).toEqual([['create', 'r1']]);
  });

  test('still sees that two detections describe one resource', () => {
    const twice = [...desired, buildDesired('R2', buildScheduledRule(), { file: 'detections/b/again.yaml' })];
    expect(() => plan({ desired: twice, limit })).toThrow('is described by');
  });
});
