import {
  announcedState,
  announceWrite,
  fieldOf,
  formatAppliedState,
  hashEtag,
  hashFields,
  parseAppliedState,
  recall,
  remembersTheSame,
  settleWrite,
  type AppliedFields,
} from '../../src/plan/applied-state.ts';
import { attributeFields, editedFields } from '../../src/plan/attribute-fields.ts';
import { diffFields } from '../../src/plan/diff-fields.ts';
import type { FieldDiff } from '../../src/plan/plan.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { buildScheduledRule } from '../support/build-resources.ts';

function ruleBody(properties: object = {}): JsonObject {
  return { ...buildScheduledRule(properties) } as unknown as JsonObject;
}

function hashes(properties: object = {}) {
  return hashFields('alertRule', ruleBody(properties));
}

const severity = '/properties/severity';

describe('the hashes of a body', () => {
  test('are one a top-level field, the kind included', () => {
    expect([...hashes().keys()]).toEqual(
      expect.arrayContaining(['/kind', severity, '/properties/incidentConfiguration']),
    );
  });

  test('are equal where the service would see no difference, and only there', () => {
    expect(hashes({ queryFrequency: 'PT60M' })).toEqual(hashes());
    expect(hashes({ queryFrequency: 'PT2H' })).not.toEqual(hashes());
  });

  test.each([
    ['/kind', '/kind'],
    ['/properties/query', '/properties/query'],
    ['/properties/incidentConfiguration/groupingConfiguration/enabled', '/properties/incidentConfiguration'],
    ['/properties/a~1b/c', '/properties/a~1b'],
  ])('cover the difference at %s by %s', (pointer, field) => {
    expect(fieldOf(pointer)).toBe(field);
  });
});

describe('the line that is kept on the workspace', () => {
  const fields: AppliedFields = new Map([
    ['/kind', { sent: 'aaaa', stored: 'aaaa' }],
    ['/properties/a;b=c:d~1e', { sent: 'b-_b', stored: 'cccc' }],
    ['/properties/query', { sent: 'dddd', stored: 'dddd', before: '0' }],
    ['/properties/severity', { sent: '0', stored: 'eeee', before: 'ffff' }],
  ]);

  test('is read as it was written', () => {
    const line = formatAppliedState({ commit: '0a1b2c', fields });
    expect(line).toMatch(/^kustodian\/1;0a1b2c;;/);
    expect(parseAppliedState(line)).toEqual({ commit: '0a1b2c', fields });
    const based = { base: hashEtag('"1"'), fields };
    expect(parseAppliedState(formatAppliedState(based))).toEqual(based);
    expect(parseAppliedState(formatAppliedState({ fields }))).toEqual({ fields });
  });

  test('means the same whatever its commit', () => {
    const [one, two] = ['1', '2'].map((commit) => formatAppliedState({ commit, fields }));
    expect(remembersTheSame(one, two)).toBe(true);
    expect(remembersTheSame(one, formatAppliedState({ fields: new Map() }))).toBe(false);
    expect(remembersTheSame(undefined, one)).toBe(false);
    expect(remembersTheSame(undefined, '1.0.0')).toBe(true);
  });

  test.each([
    [undefined],
    [7],
    [''],
    ['1.2.0'],
    ['kustodian/2;;;severity=aaaa'],
    ['kustodian/1;;;severity'],
    ['kustodian/1;;;severity='],
    ['kustodian/1;;;severity=a:b:c:d'],
    ['kustodian/1;;;%E0%A4%A=aaaa'],
  ])('is nothing where it is %p', (text) => {
    expect(parseAppliedState(text)).toBeUndefined();
  });
});

/** What a plan says of the severity, which was `applied` last, is `live` now and `desired` here. */
function causes(applied: AppliedFields | undefined, live: string, desired: string): readonly FieldDiff[] {
  const [liveBody, desiredBody] = [{ severity: live }, { severity: desired }];
  return attributeFields(
    diffFields('alertRule', ruleBody(liveBody), ruleBody(desiredBody)),
    applied,
    hashes(liveBody),
    hashes(desiredBody),
  );
}

describe('a difference', () => {
  const applied = announceWrite(undefined, undefined, hashes({ severity: 'Medium' }));

  test.each([
    ['the repository changed it', 'Medium', 'High', 'pending'],
    ['somebody edited it', 'Low', 'Medium', 'drift'],
    ['both did', 'Low', 'High', 'conflict'],
  ])('if %s: live %s, here %s, is %s', (_, live, desired, cause) => {
    expect(causes(applied, live, desired)).toEqual([{ pointer: severity, live, desired, cause }]);
  });

  test('has no known cause where nothing is remembered', () => {
    expect(causes(undefined, 'Low', 'High')).toEqual([{ pointer: severity, live: 'Low', desired: 'High' }]);
  });

  test('is pending after a run that stopped between the metadata and the resource', () => {
    const announced = announceWrite(applied, hashes({ severity: 'Medium' }), hashes({ severity: 'High' }));
    expect(causes(announced, 'Medium', 'High')).toMatchObject([{ cause: 'pending' }]);
    expect(causes(announced, 'Low', 'High')).toMatchObject([{ cause: 'drift' }]);
    expect(causes(announced, 'Low', 'Informational')).toMatchObject([{ cause: 'conflict' }]);
  });

  test('is an edit if somebody goes back to what was there before our last write', () => {
    const fields = announceWrite(applied, hashes({ severity: 'Medium' }), hashes({ severity: 'High' }));
    const state = announcedState(fields, { commit: undefined, etag: '"1"' });
    expect(causes(recall(state, '"1"'), 'Medium', 'High')).toMatchObject([{ cause: 'pending' }]);
    expect(causes(recall(state, '"2"'), 'Medium', 'High')).toMatchObject([{ cause: 'drift' }]);
    expect(causes(recall(state, undefined), 'Medium', 'High')).toMatchObject([{ cause: 'pending' }]);
  });

  test('stays an edit where the write that would undo it failed', () => {
    const announced = announceWrite(applied, hashes({ severity: 'Low' }), hashes({ severity: 'High' }));
    expect(causes(announced, 'Low', 'High')).toMatchObject([{ cause: 'drift' }]);
  });

  test('is none if the service keeps it so, until the repository or somebody else changes it', () => {
    const settled = settleWrite({ fields: applied }, hashes({ severity: 'Low' }))!.fields;
    expect(causes(settled, 'Low', 'Medium')).toEqual([]);
    expect(causes(settled, 'Low', 'High')).toMatchObject([{ cause: 'pending' }]);
    expect(causes(settled, 'High', 'Medium')).toMatchObject([{ cause: 'drift' }]);
    expect(announceWrite(settled, hashes({ severity: 'Low' }), hashes()).get(severity)).toEqual(
      settled.get(severity),
    );
  });
});

describe('an answer of the service', () => {
  const announced = announceWrite(undefined, undefined, hashes());

  test('that is as sent needs no second write', () => {
    expect(settleWrite({ fields: announced }, hashes())).toBeUndefined();
  });

  test('with a field that was not sent is remembered as such', () => {
    const settled = settleWrite({ commit: '1', fields: announced }, hashes({ addedByService: 1 }));
    expect(settled?.commit).toBe('1');
    expect(settled?.fields.get('/properties/addedByService')).toMatchObject({ sent: '0' });
  });
});

test('an edit is seen without a description to compare with', () => {
  const applied = announceWrite(undefined, undefined, hashes());
  expect(editedFields(applied, hashes())).toEqual([]);
  expect(editedFields(applied, hashes({ severity: 'Low', description: 'x' }))).toEqual([
    '/properties/description',
    severity,
  ]);
  expect(editedFields(undefined, hashes())).toEqual([]);
});
