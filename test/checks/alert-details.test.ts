import { alertFormatLength } from '../../src/checks/alert-format-length.ts';
import { customDetailCount } from '../../src/checks/custom-detail-count.ts';
import { customDetailKey } from '../../src/checks/custom-detail-key.ts';
import { dynamicPropertyRepeated } from '../../src/checks/dynamic-property-repeated.ts';
import { placeholderCount } from '../../src/checks/placeholder-count.ts';
import { buildHunting, buildNrt, buildScheduled } from '../support/build-detection.ts';
import { findingsOf, placesOf } from '../support/findings-of.ts';

function details(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`Key${index + 1}`, 'Column']));
}

test('twenty custom details are fine, the twenty-first is one too many', () => {
  expect(placesOf(customDetailCount, buildScheduled({ customDetails: details(20) }))).toEqual([]);
  expect(findingsOf(customDetailCount, buildNrt({ customDetails: details(22) }))).toEqual([
    {
      at: '/customDetails/Key21 (key)',
      message: 'customDetails has 22 entries; an alert rule can have 20',
      hint: 'pack what belongs together into one column with bag_pack()',
    },
  ]);
});

test.each([
  ['Country', []],
  ['Country_2', []],
  ['k'.repeat(20), []],
  ['k'.repeat(21), ['/customDetails/kkkkkkkkkkkkkkkkkkkkk (key)']],
  ['_Country', ['/customDetails/_Country (key)']],
  ['2nd', ['/customDetails/2nd (key)']],
  ['a/b ~', ['/customDetails/a~1b ~0 (key)']],
  ['', ['/customDetails/ (key)']],
])('the custom detail %j', (key, places) => {
  expect(placesOf(customDetailKey, buildScheduled({ customDetails: { [key]: 'Column' } }))).toEqual(places);
});

test.each([
  ['a name of 256 characters', { alertDisplayNameFormat: 'n'.repeat(256) }, []],
  [
    'a name of 257 characters',
    { alertDisplayNameFormat: 'n'.repeat(257) },
    ['/alertDetailsOverride/alertDisplayNameFormat'],
  ],
  ['a description of 5000 characters', { alertDescriptionFormat: 'd'.repeat(5000) }, []],
  [
    'a description of 5001 characters',
    { alertDescriptionFormat: 'd'.repeat(5001) },
    ['/alertDetailsOverride/alertDescriptionFormat'],
  ],
  [
    'blank ones',
    { alertDisplayNameFormat: '', alertDescriptionFormat: ' \n' },
    [
      '/alertDetailsOverride/alertDisplayNameFormat (key)',
      '/alertDetailsOverride/alertDescriptionFormat (key)',
    ],
  ],
  ['neither', {}, []],
])('a format with %s', (_, alertDetailsOverride, places) => {
  expect(placesOf(alertFormatLength, buildScheduled({ alertDetailsOverride }))).toEqual(places);
});

test.each([
  ['{{A}} {{B}} {{C}}', undefined],
  ['{{A}} {{A}} {{A}} {{A}}', { start: 18, end: 23 }],
  ['{{}} {{}} {{}} {{ }}', { start: 15, end: 20 }],
  ['{A} {B} {C} {D} {{E}}', undefined],
  ['{{{A}}} {{B{C}}} {{D}} {{E}} {{F}} ', { start: 29, end: 34 }],
  ['{{A\nB}} {{C}} {{D}} {{E}}', { start: 20, end: 25 }],
])('the fourth placeholder of %j is found at %j', (alertDisplayNameFormat, range) => {
  const findings = findingsOf(
    placeholderCount,
    buildNrt({ alertDetailsOverride: { alertDisplayNameFormat } }),
  );
  expect(findings.map((finding) => finding.range)).toEqual(range === undefined ? [] : [range]);
});

test('too many placeholders are counted for each format', () => {
  const five = '{{A}}{{B}}{{C}}{{D}}{{E}}';
  const detection = buildScheduled({
    alertDetailsOverride: { alertDisplayNameFormat: five, alertDescriptionFormat: five },
  });
  expect(findingsOf(placeholderCount, detection).map(({ at, message }) => `${at}: ${message}`)).toEqual([
    '/alertDetailsOverride/alertDisplayNameFormat: alertDisplayNameFormat has 5 placeholders; the service takes 3',
    '/alertDetailsOverride/alertDescriptionFormat: alertDescriptionFormat has 5 placeholders; the service takes 3',
  ]);
});

test('an alert property that is set again is found at each repetition', () => {
  const alertDynamicProperties = ['AlertLink', 'ProductName', 'AlertLink'].map((alertProperty) => ({
    alertProperty,
    value: 'Column',
  }));
  const detection = buildScheduled({ alertDetailsOverride: { alertDynamicProperties } });
  expect(placesOf(dynamicPropertyRepeated, detection)).toEqual([
    '/alertDetailsOverride/alertDynamicProperties/2/alertProperty',
  ]);
});

test('a detection without details, and one that raises no alerts, have nothing to find', () => {
  for (const check of [
    alertFormatLength,
    customDetailCount,
    customDetailKey,
    dynamicPropertyRepeated,
    placeholderCount,
  ]) {
    expect(placesOf(check, buildScheduled())).toEqual([]);
    expect(placesOf(check, buildHunting())).toEqual([]);
  }
});
