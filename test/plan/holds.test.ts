import { formatAppliedState, hashFields, parseAppliedState } from '../../src/plan/applied-state.ts';
import { acknowledgeDrift } from '../../src/plan/acknowledge-drift.ts';
import { findDrift, type Drift } from '../../src/plan/find-drift.ts';
import type { Change } from '../../src/plan/plan.ts';
import type { LiveResource } from '../../src/sentinel/resource.ts';
import { buildDesired, buildNrtRule, buildScheduledRule } from '../support/build-resources.ts';
import { claim, only, plan, rule, written } from '../support/plan-situation.ts';

const until = '2026-07-01T00:00:00.000Z';
const now = new Date('2026-06-01T00:00:00Z');
const holds = [{ detectionId: 'R1', reason: 'floods the queue', until }];
const desired = [buildDesired('r1')];
const metadata = [written(only({ desired }))];
const edited = [rule('r1', buildScheduledRule({ enabled: false }), '"2"')];

describe('a hold of kustodian.yaml', () => {
  test.each<[string, Change['action'], Parameters<typeof only>[0]]>([
    ['update', 'held', { desired, alertRules: edited, metadata }],
    ['create', 'held', { desired }],
    ['replace', 'held', { desired: [buildDesired('r1', buildNrtRule())], alertRules: edited, metadata }],
    ['delete', 'held', { alertRules: edited, metadata, prune: 'delete' }],
    ['disable', 'held', { alertRules: [rule('r1')], metadata, prune: 'disable' }],
  ])('keeps an %s from being made', (wouldBe, action, situation) => {
    expect(only(situation)).toMatchObject({ action: wouldBe });
    expect(only({ ...situation, holds })).toMatchObject({
      action,
      wouldBe,
      by: 'hold',
      heldBy: 'configuration',
      reason: 'floods the queue',
      until,
      detection: { id: 'r1' },
    });
  });

  test('says nothing of what is as described', () => {
    expect(only({ desired, alertRules: [rule('r1')], metadata, holds })).toMatchObject({ action: 'no-op' });
  });

  test('keeps nothing of other detections', () => {
    const others = [{ ...holds[0]!, detectionId: 'r2' }];
    expect(only({ desired, alertRules: edited, metadata, holds: others })).toMatchObject({
      action: 'update',
    });
  });

  test('is an acknowledgement of the drift that it keeps', () => {
    const situation = { desired, alertRules: edited, metadata, holds };
    const live = { alertRules: edited, savedSearches: [], metadata };
    expect(findDrift(plan(situation), live)).toMatchObject([
      { type: 'disabled', acknowledged: { reason: 'floods the queue', until } },
    ]);
  });
});

describe('a hold that the workspace remembers', () => {
  const held = remembering({ until, reason: 'noisy; since 10:00, as "Ann" says' });

  test('counts until it is over', () => {
    const situation = { desired, alertRules: edited, metadata: [held] };
    expect(only({ ...situation, now })).toMatchObject({
      action: 'held',
      heldBy: 'workspace',
      reason: 'noisy; since 10:00, as "Ann" says',
      until,
    });
    expect(only({ ...situation, now: new Date(until) })).toMatchObject({ action: 'update' });
  });

  test('is not heeded where the user lifts it', () => {
    expect(only({ desired, alertRules: edited, metadata: [held] })).toMatchObject({ action: 'update' });
  });

  test('is forgotten with the next write', () => {
    const change = only({ desired, alertRules: edited, metadata: [held] });
    const state = change.action === 'update' ? change.metadata.body.properties.customVersion : '';
    expect(parseAppliedState(state)).not.toHaveProperty('hold');
  });
});

/** The metadata of r1, with a hold. */
function remembering(hold: { until: string; reason: string }): LiveResource {
  const [own] = metadata;
  const properties = own!.body['properties'] as Record<string, string>;
  const state = parseAppliedState(properties['customVersion'])!;
  const customVersion = formatAppliedState({ ...state, hold });
  return { ...own!, body: { properties: { ...properties, customVersion } } };
}

test.each(['@', '@soon,x', '@2026-07-01T00:00:00.000Z', '@2026-07-01T00:00:00.000Z,%'])(
  'a state with the damaged hold %j is none',
  (hold) => {
    expect(parseAppliedState(`kustodian/1;;;${hold};severity=a`)).toBeUndefined();
  },
);

describe('an alert rule that the service switched off', () => {
  const displayName = 'AUTO DISABLED Account brute-forced';
  const off = buildScheduledRule({ enabled: false, displayName, description: 'The query failed.' });
  const situation = { desired, alertRules: [rule('r1', off, '"2"')], metadata };

  test('stays off, and the plan says why', () => {
    expect(only(situation)).toMatchObject({
      action: 'held',
      by: 'auto-disabled',
      wouldBe: 'update',
      reason: expect.stringContaining('--enable-auto-disabled') as string,
    });
  });

  test('is drift of its own kind all the same', () => {
    const live = { alertRules: situation.alertRules, savedSearches: [], metadata };
    const [drift] = findDrift(plan(situation), live);
    expect(drift).toMatchObject({ type: 'auto-disabled' });
    expect(drift).not.toHaveProperty('acknowledged');
  });

  test.each<[string, Parameters<typeof buildScheduledRule>[0], string]>([
    ['its query', { query: 'SigninLogs' }, 'update'],
    ['its schedule', { queryPeriod: 'P2D' }, 'update'],
    ['the columns that it maps', { customDetails: { Port: 'DestinationPort' } }, 'update'],
    ['its severity only', { severity: 'High' }, 'held'],
    ['that it is off, too', { enabled: false }, 'update'],
  ])('comes to life by a change of %s: %s', (_, properties, action) => {
    const changed = [buildDesired('r1', buildScheduledRule(properties))];
    expect(only({ ...situation, desired: changed })).toMatchObject({ action });
  });

  test('comes to life on request', () => {
    expect(only({ ...situation, enableAutoDisabled: true })).toMatchObject({ action: 'update' });
  });

  test('is not taken for one by its name alone', () => {
    const on = [rule('r1', buildScheduledRule({ displayName }), '"2"')];
    expect(only({ ...situation, alertRules: on })).toMatchObject({ action: 'update' });
  });
});

describe('a prune that disables', () => {
  const gone = { alertRules: [rule('r1')], metadata, prune: 'disable' } as const;

  test('switches the alert rule off and keeps what is known of it', () => {
    const change = only(gone);
    expect(change).toMatchObject({
      action: 'disable',
      reason: 'not-described',
      body: { properties: { enabled: false, severity: 'Medium' } },
      etag: '"1"',
      fields: [{ pointer: '/properties/enabled', live: true, desired: false }],
      edited: [],
    });
    const after = {
      desired,
      alertRules: [rule('r1', buildScheduledRule({ enabled: false }), '"2"')],
      metadata: [written(change)],
    };
    expect(only(after)).toMatchObject({ action: 'update', fields: [{ cause: 'pending' }] });
  });

  test('has nothing to do where it is off already', () => {
    const alertRules = [rule('r1', buildScheduledRule({ enabled: false }))];
    expect(only({ ...gone, alertRules })).toMatchObject({ action: 'orphan', isDisabled: true });
  });

  test('does not take an edit in the workspace for its own', () => {
    const alertRules = [rule('r1', buildScheduledRule({ severity: 'Low' }))];
    const change = only({ ...gone, alertRules });
    expect(change).toMatchObject({ action: 'disable', edited: ['/properties/severity'] });
    const off = [rule('r1', buildScheduledRule({ severity: 'Low', enabled: false }), '"2"')];
    expect(only({ desired, alertRules: off, metadata: [written(change)] })).toMatchObject({
      fields: [
        { pointer: '/properties/enabled', cause: 'pending' },
        { pointer: '/properties/severity', cause: 'drift' },
      ],
    });
  });

  test('leaves metadata that remembers nothing as it is', () => {
    expect(only({ ...gone, metadata: [claim('alertRule', 'r1')] })).toMatchObject({
      action: 'disable',
      metadata: { isThere: true },
    });
  });
});

describe('drift is acknowledged', () => {
  const drift: Drift = {
    type: 'edited',
    kind: 'alertRule',
    name: 'r1',
    displayName: 'R1',
    detection: 'r1',
    file: 'r1.yaml',
    fields: [
      { pointer: '/properties/severity' },
      { pointer: '/properties/incidentConfiguration/createIncident' },
    ],
  };
  const known = { detectionId: 'R1', reason: 'tuned', until };

  test.each<[string, readonly string[] | undefined, boolean]>([
    ['all fields', undefined, true],
    ['each of its fields', ['severity', 'incidentConfiguration.createIncident'], true],
    ['what its fields lie below', ['severity', 'incidentConfiguration'], true],
    ['some of its fields only', ['severity'], false],
    ['a field whose name only begins alike', ['sever', 'incidentConfig'], false],
  ])('by an entry for %s', (_, fields, isKnown) => {
    const [one] = acknowledgeDrift([drift], [fields === undefined ? known : { ...known, fields }]);
    expect(one?.acknowledged !== undefined).toBe(isKnown);
  });

  test('by several entries together, until the first of them ends', () => {
    const sooner = '2026-06-15T00:00:00.000Z';
    const [one] = acknowledgeDrift(
      [drift],
      [
        { ...known, fields: ['severity'] },
        { ...known, fields: ['incidentConfiguration'], reason: 'no incidents', until: sooner },
      ],
    );
    expect(one?.acknowledged).toEqual({ reason: 'no incidents', until: sooner });
  });

  test('for a deletion by an entry for all fields only', () => {
    const deleted: Drift = { ...drift, type: 'deleted', fields: [] };
    expect(acknowledgeDrift([deleted], [{ ...known, fields: ['severity'] }])[0]).not.toHaveProperty(
      'acknowledged',
    );
    expect(acknowledgeDrift([deleted], [known])[0]).toHaveProperty('acknowledged');
  });

  test('for its own detection only', () => {
    expect(acknowledgeDrift([drift], [{ ...known, detectionId: 'r2' }])).toEqual([drift]);
  });
});

test('the hashes of a disabled rule are those of the rule but for the switch', () => {
  const before = hashFields('alertRule', rule('r1').body);
  const after = hashFields('alertRule', rule('r1', buildScheduledRule({ enabled: false })).body);
  const differing = [...after].filter(([pointer, hash]) => before.get(pointer) !== hash);
  expect(differing.map(([pointer]) => pointer)).toEqual(['/properties/enabled']);
});
