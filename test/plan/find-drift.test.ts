import { findDrift } from '../../src/plan/find-drift.ts';
import type { Change, FieldDiff } from '../../src/plan/plan.ts';
import type { LiveWorkspace } from '../../src/plan/live-workspace.ts';
import { renderDriftJson } from '../../src/report/render-drift-json.ts';
import { renderDriftMarkdown } from '../../src/report/render-drift-markdown.ts';
import { renderDriftText } from '../../src/report/render-drift-text.ts';
import { plainPalette } from '../../src/report/palette.ts';
import { allChanges, buildCreate, buildPlan, buildUpdate } from '../support/build-plan.ts';

const nothing: LiveWorkspace = { alertRules: [], savedSearches: [], metadata: [] };
const severity = { pointer: '/properties/severity', live: 'High', desired: 'Low' };
const enabled: FieldDiff = { pointer: '/properties/enabled', live: false, desired: true, cause: 'drift' };
const autoName: FieldDiff = {
  pointer: '/properties/displayName',
  live: 'AUTO DISABLED Changed detection',
  desired: 'Changed detection',
  cause: 'drift',
};

function typesOf(change: Change): string[] {
  return findDrift(buildPlan([change]), nothing).map(({ type }) => type);
}

test.each<[string, Change, string[]]>([
  ['an edit', buildUpdate({ fields: [{ ...severity, cause: 'drift' }] }), ['edited']],
  [
    'an edit of what changed here too',
    buildUpdate({ fields: [{ ...severity, cause: 'conflict' }] }),
    ['edited'],
  ],
  ['a difference of unknown cause', buildUpdate({ fields: [severity] }), ['edited']],
  ['a switch-off', buildUpdate({ fields: [enabled, { ...severity, cause: 'drift' }] }), ['disabled']],
  ['a switch-off by the service', buildUpdate({ fields: [enabled, autoName] }), ['auto-disabled']],
  ['a deletion', buildCreate({ isMissing: true }), ['deleted']],
  ['a change here', buildUpdate({ fields: [{ ...severity, cause: 'pending' }] }), []],
  ['an adoption', buildUpdate({ fields: [severity], adopts: true }), []],
  ['a new detection', buildCreate(), []],
  ['a collision', allChanges.collision, []],
  ['what is no longer described', allChanges.orphan, []],
])('%s is told as what it is', (_, change, types) => {
  expect(typesOf(change)).toEqual(types);
});

test('of a resource with edits and changes, the edits are named, and when it was written', () => {
  const fields: FieldDiff[] = [enabled, { ...severity, cause: 'pending' }];
  const body = {
    properties: { lastModifiedUtc: '2026-03-25T07:45:17Z' },
    systemData: { lastModifiedBy: 'ann' },
  };
  const live: LiveWorkspace = {
    ...nothing,
    alertRules: [{ kind: 'alertRule', name: 'd2', id: '/d2', body }],
  };
  expect(findDrift(buildPlan([buildUpdate({ fields })]), live)).toMatchObject([
    { fields: [enabled], changedAt: '2026-03-25T07:45:17Z', changedBy: 'ann' },
  ]);
});

describe('as a report', () => {
  const plan = buildPlan([
    buildCreate({ isMissing: true }),
    buildUpdate({ fields: [{ ...severity, cause: 'drift' }] }),
  ]);
  const drift = findDrift(plan, nothing);

  test('text names each resource and field', () => {
    expect(renderDriftText(plan, drift, plainPalette)).toBe(`\
~ deleted, or never made by a run that stopped: alert rule "New detection" (d1) detections/execution/d1.yaml
~ edited: alert rule "Changed detection" (d2) detections/execution/d2.yaml
    at an unknown time by unknown
    severity (edited in the workspace): "High" → "Low"
Drift in staging: 2 changed in the workspace
`);
    expect(renderDriftText(plan, [], plainPalette)).toBe(
      'Drift in staging: nothing was changed in the workspace\n',
    );
  });

  test('Markdown has a row a resource, and a diff', () => {
    const markdown = renderDriftMarkdown(plan, drift);
    expect(markdown).toContain('### Drift in staging: 2 changed in the workspace');
    expect(markdown).toContain('- "High"\n+ "Low"');
  });

  test('JSON holds it all', () => {
    expect(JSON.parse(renderDriftJson(plan, drift))).toMatchObject({
      formatVersion: 1,
      environment: 'staging',
      drift: [{ type: 'deleted' }, { type: 'edited', fields: [{ cause: 'drift' }] }],
    });
  });
});
