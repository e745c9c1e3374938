import { groupingKeyUnknown } from '../../src/checks/grouping-key-unknown.ts';
import { groupingListsIgnored } from '../../src/checks/grouping-lists-ignored.ts';
import { groupingSelectedEmpty } from '../../src/checks/grouping-selected-empty.ts';
import { lookbackRange } from '../../src/checks/lookback-range.ts';
import type { GroupingConfiguration, ScheduledDetection } from '../../src/detection/detection.ts';
import { buildHunting, buildIncidentCreation, buildScheduled } from '../support/build-detection.ts';
import { findingsOf, placesOf } from '../support/findings-of.ts';

const base = '/incidentConfiguration/groupingConfiguration';

function grouped(
  grouping: Partial<GroupingConfiguration>,
  overrides: Partial<ScheduledDetection> = {},
): ScheduledDetection {
  return buildScheduled({
    incidentConfiguration: {
      createIncident: true,
      groupingConfiguration: {
        enabled: true,
        reopenClosedIncident: false,
        lookbackDuration: 'PT5H',
        matchingMethod: 'AllEntities',
        ...grouping,
      },
    },
    ...overrides,
  });
}

test.each([
  ['PT5M', []],
  ['P7D', []],
  ['PT168H', []],
  ['PT1M', [`${base}/lookbackDuration`]],
  ['P7DT1M', [`${base}/lookbackDuration`]],
])('a lookback of %s', (lookbackDuration, places) => {
  expect(placesOf(lookbackRange, grouped({ lookbackDuration }))).toEqual(places);
});

test.each<[string, Partial<GroupingConfiguration>, string[]]>([
  ['nothing', {}, [`${base}/matchingMethod`]],
  [
    'empty lists',
    { groupByEntities: [], groupByAlertDetails: [], groupByCustomDetails: [] },
    [`${base}/matchingMethod`],
  ],
  ['an entity', { groupByEntities: ['Account'] }, []],
  ['an alert detail', { groupByAlertDetails: ['Severity'] }, []],
  ['a custom detail', { groupByCustomDetails: ['Country'], groupByEntities: [] }, []],
])('Selected with %s', (_, grouping, places) => {
  expect(placesOf(groupingSelectedEmpty, grouped({ matchingMethod: 'Selected', ...grouping }))).toEqual(
    places,
  );
});

test('keys to group by must be there', () => {
  const detection = grouped(
    {
      matchingMethod: 'Selected',
      groupByEntities: ['Account', 'Host', 'account'],
      groupByAlertDetails: ['DisplayName', 'Severity', 'Name'],
      groupByCustomDetails: ['Country', 'country'],
    },
    { customDetails: { Country: 'Location' } },
  );
  expect(findingsOf(groupingKeyUnknown, detection)).toEqual([
    {
      at: `${base}/groupByEntities/1`,
      message: 'groupByEntities "Host" is not a mapped entity type',
      hint: 'there is Account',
    },
    {
      at: `${base}/groupByEntities/2`,
      message: 'groupByEntities "account" is not a mapped entity type',
      hint: 'did you mean "Account"?',
    },
    {
      at: `${base}/groupByAlertDetails/2`,
      message: 'groupByAlertDetails "Name" is not an alert detail',
      hint: 'there is DisplayName, Severity',
    },
    {
      at: `${base}/groupByCustomDetails/1`,
      message: 'groupByCustomDetails "country" is not a key of customDetails',
      hint: 'did you mean "Country"?',
    },
  ]);
});

test('without custom details there is nothing to suggest', () => {
  const detection = grouped({ matchingMethod: 'Selected', groupByCustomDetails: ['Country'] });
  expect(findingsOf(groupingKeyUnknown, detection).map((finding) => finding.hint)).toEqual(['there is none']);
});

test('a column of whole entities may bring any type', () => {
  const detection = grouped(
    { matchingMethod: 'Selected', groupByEntities: ['Host'] },
    { sentinelEntitiesMappings: [{ columnName: 'Entities' }] },
  );
  expect(placesOf(groupingKeyUnknown, detection)).toEqual([]);
});

test.each(['AllEntities', 'AnyAlert'] as const)(
  'with %s the lists are ignored, whatever is in them',
  (method) => {
    const detection = grouped({
      matchingMethod: method,
      groupByEntities: ['Host'],
      groupByAlertDetails: [],
      groupByCustomDetails: ['Country'],
    });
    expect(placesOf(groupingKeyUnknown, detection)).toEqual([]);
    expect(findingsOf(groupingListsIgnored, detection)).toEqual(
      ['groupByEntities', 'groupByCustomDetails'].map((name) => ({
        at: `${base}/${name} (key)`,
        message: `${name} has no effect with matchingMethod "${method}"`,
        hint: 'use matchingMethod Selected, or delete the list',
      })),
    );
  },
);

test('detections without grouping have nothing to find', () => {
  const detections = [
    buildScheduled(),
    buildScheduled({ incidentConfiguration: { createIncident: false } }),
    buildHunting(),
    buildIncidentCreation(),
  ];
  for (const check of [lookbackRange, groupingSelectedEmpty, groupingKeyUnknown, groupingListsIgnored]) {
    expect(detections.flatMap((detection) => placesOf(check, detection))).toEqual([]);
  }
});
