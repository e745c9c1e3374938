import { descriptionLength } from '../../src/checks/description-length.ts';
import { displayNameLength } from '../../src/checks/display-name-length.ts';
import { idNotGuid } from '../../src/checks/id-not-guid.ts';
import { idNotResourceName } from '../../src/checks/id-not-resource-name.ts';
import { templateVersionAlone } from '../../src/checks/template-version-alone.ts';
import { versionFormat } from '../../src/checks/version-format.ts';
import { buildHunting, buildIncidentCreation, buildNrt, buildScheduled } from '../support/build-detection.ts';
import { findingsOf, placesOf } from '../support/findings-of.ts';

test.each([
  ['5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11', [], []],
  ['blocked-country', ['id-not-guid'], []],
  ['', [], ['id-not-resource-name']],
  ['a/b', [], ['id-not-resource-name']],
  ['x'.repeat(261), [], ['id-not-resource-name']],
])('the id %j is found once at most', (id, guid, name) => {
  expect(findingsOf(idNotGuid, buildScheduled({ id })).map(() => 'id-not-guid')).toEqual(guid);
  expect(findingsOf(idNotResourceName, buildScheduled({ id })).map(() => 'id-not-resource-name')).toEqual(
    name,
  );
});

test('an id is quoted with what to do about it', () => {
  expect(findingsOf(idNotGuid, buildHunting({ id: 'blocked-country' }))).toEqual([
    {
      at: '/id',
      message: 'id "blocked-country" is not a GUID',
      hint: 'generate one, and never change it again',
    },
  ]);
});

test.each([
  ['256 characters', buildScheduled({ name: 'n'.repeat(256) }), []],
  ['257 characters', buildScheduled({ name: 'n'.repeat(257) }), ['/name']],
  ['257 characters in an NRT detection', buildNrt({ name: 'n'.repeat(257) }), ['/name']],
  ['257 characters in an incident creation', buildIncidentCreation({ name: 'n'.repeat(257) }), ['/name']],
  ['257 characters in a hunting query', buildHunting({ name: 'n'.repeat(257) }), []],
  ['128 pairs of surrogates', buildScheduled({ name: '😀'.repeat(128) }), []],
  ['129 pairs of surrogates', buildScheduled({ name: '😀'.repeat(129) }), ['/name']],
])('a name of %s', (_, detection, places) => {
  expect(placesOf(displayNameLength, detection)).toEqual(places);
});

test.each([
  ['5000 characters', buildScheduled({ description: 'd'.repeat(5000) }), []],
  ['5001 characters', buildScheduled({ description: 'd'.repeat(5001) }), ['/description (key)']],
  ['5001 characters in a hunting query', buildHunting({ description: 'd'.repeat(5001) }), []],
])('a description of %s', (_, detection, places) => {
  expect(placesOf(descriptionLength, detection)).toEqual(places);
});

test('the absence of a description is no finding', () => {
  const { description, ...rest } = buildScheduled();
  expect(description).toBeDefined();
  expect(placesOf(descriptionLength, rest)).toEqual([]);
});

test.each([
  ['1.0.0', []],
  ['1.10.0', []],
  ['10.200.3000', []],
  ['1.0', ['/version']],
  ['1', ['/version']],
  ['1.0.0.0', ['/version']],
  ['v1.0.0', ['/version']],
  ['1.0.0-beta', ['/version']],
  [' 1.0.0', ['/version']],
  ['', ['/version']],
  ['1.0.1234567890123456', []],
  ['1.0.12345678901234567', ['/version']],
])('version %j', (version, places) => {
  expect(placesOf(versionFormat, buildScheduled({ version }))).toEqual(places);
  expect(placesOf(versionFormat, buildIncidentCreation({ version }))).toEqual(places);
});

test('templateVersion has the same form', () => {
  const detection = buildNrt({ alertRuleTemplateName: 'a', templateVersion: '2' });
  expect(findingsOf(versionFormat, detection)).toEqual([
    {
      at: '/templateVersion',
      message: 'templateVersion "2" is not of the form X.Y.Z',
      hint: 'write three numbers, such as 1.0.0',
    },
  ]);
});

test.each([
  ['without either', buildScheduled(), []],
  ['with a template', buildScheduled({ alertRuleTemplateName: 'a' }), []],
  ['with both', buildScheduled({ alertRuleTemplateName: 'a', templateVersion: '1.0.0' }), []],
  ['with a version only', buildScheduled({ templateVersion: '1.0.0' }), ['/templateVersion (key)']],
  [
    'with a version and a blank template',
    buildNrt({ alertRuleTemplateName: ' ', templateVersion: '1.0.0' }),
    ['/templateVersion (key)'],
  ],
])('a detection %s', (_, detection, places) => {
  expect(placesOf(templateVersionAlone, detection)).toEqual(places);
});
