import { legacyEntityColumn } from '../../src/checks/legacy-entity-column.ts';
import { longPeriodFrequency } from '../../src/checks/long-period-frequency.ts';
import { nrtSchedule } from '../../src/checks/nrt-schedule.ts';
import { periodShorterThanFrequency } from '../../src/checks/period-shorter-than-frequency.ts';
import { queryLength } from '../../src/checks/query-length.ts';
import { queryScheduleRange } from '../../src/checks/query-schedule-range.ts';
import { suppressionRange } from '../../src/checks/suppression-range.ts';
import { suppressionShorterThanFrequency } from '../../src/checks/suppression-shorter-than-frequency.ts';
import { triggerThresholdRange } from '../../src/checks/trigger-threshold-range.ts';
import { buildHunting, buildIncidentCreation, buildNrt, buildScheduled } from '../support/build-detection.ts';
import { findingsOf, placesOf } from '../support/findings-of.ts';

test.each([
  ['1 character', buildScheduled({ query: 'T' }), []],
  ['10000 characters', buildNrt({ query: 'T'.repeat(10_000) }), []],
  ['10001 characters', buildNrt({ query: 'T'.repeat(10_001) }), ['/query (key)']],
  ['10001 UTF-16 units', buildScheduled({ query: `${'😀'.repeat(5_000)}T` }), ['/query (key)']],
  ['15100 characters in a hunting query', buildHunting({ query: 'T'.repeat(15_100) }), []],
  ['nothing', buildScheduled({ query: '' }), ['/query (key)']],
  ['blanks and line ends', buildHunting({ query: ' \n' }), ['/query (key)']],
])('a query of %s', (_, detection, places) => {
  expect(placesOf(queryLength, detection)).toEqual(places);
});

test('a detection without a query has none to look at', () => {
  expect(placesOf(queryLength, buildIncidentCreation())).toEqual([]);
  expect(placesOf(legacyEntityColumn, buildIncidentCreation())).toEqual([]);
});

test.each([
  ['PT5M', 'PT5M', []],
  ['P14D', 'P14D', []],
  ['PT336H', 'P14D', []],
  ['PT4M59S', 'PT5M', ['/queryFrequency']],
  ['PT0S', 'PT0S', ['/queryFrequency', '/queryPeriod']],
  ['P14D', 'P14DT1S', ['/queryPeriod']],
  ['P90D', 'P90D', ['/queryFrequency', '/queryPeriod']],
])('a frequency of %s with a period of %s', (queryFrequency, queryPeriod, places) => {
  expect(placesOf(queryScheduleRange, buildScheduled({ queryFrequency, queryPeriod }))).toEqual(places);
});

test('a schedule out of range says the value, the limit and the range', () => {
  const detection = buildScheduled({ queryFrequency: 'PT1M', queryPeriod: 'P30D' });
  expect(findingsOf(queryScheduleRange, detection)).toEqual([
    {
      at: '/queryFrequency',
      message: 'queryFrequency "PT1M" is shorter than the least that the service allows, PT5M',
      hint: 'use a value from PT5M to P14D',
    },
    {
      at: '/queryPeriod',
      message: 'queryPeriod "P30D" is longer than the most that the service allows, P14D',
      hint: 'use a value from PT5M to P14D',
    },
  ]);
});

test.each([
  ['PT1H', 'PT1H', []],
  ['PT60M', 'PT1H', []],
  ['PT5M', 'PT10M', []],
  ['PT10H', 'PT5H', ['/queryPeriod']],
  ['PT10M', 'PT5M', ['/queryPeriod']],
  ['P1D', 'PT23H59M', ['/queryPeriod']],
])('durations are compared by length: every %s over %s', (queryFrequency, queryPeriod, places) => {
  expect(placesOf(periodShorterThanFrequency, buildScheduled({ queryFrequency, queryPeriod }))).toEqual(
    places,
  );
});

test('a period shorter than the frequency says how to mend it', () => {
  const detection = buildScheduled({ queryFrequency: 'PT10M', queryPeriod: 'PT5M' });
  expect(findingsOf(periodShorterThanFrequency, detection)).toEqual([
    {
      at: '/queryPeriod',
      message: 'queryPeriod "PT5M" is shorter than queryFrequency "PT10M"',
      hint: 'raise queryPeriod to at least PT10M, or lower queryFrequency',
    },
  ]);
});

test.each([
  ['PT1H', 'P14D', []],
  ['PT5M', 'PT47H59M', []],
  ['PT59M', 'P2D', ['/queryFrequency']],
  ['PT30M', 'PT48H', ['/queryFrequency']],
  ['PT30M', 'P7D', ['/queryFrequency']],
])('a long period: every %s over %s', (queryFrequency, queryPeriod, places) => {
  expect(placesOf(longPeriodFrequency, buildScheduled({ queryFrequency, queryPeriod }))).toEqual(places);
});

test.each([
  [0, []],
  [10_000, []],
  [-1, ['/triggerThreshold']],
  [10_001, ['/triggerThreshold']],
  [1.5, ['/triggerThreshold']],
  [Number.NaN, ['/triggerThreshold']],
  [Number.POSITIVE_INFINITY, ['/triggerThreshold']],
])('a threshold of %d', (triggerThreshold, places) => {
  expect(placesOf(triggerThresholdRange, buildScheduled({ triggerThreshold }))).toEqual(places);
});

test('durations that cannot be read are left to the loader', () => {
  const detection = buildScheduled({ queryFrequency: 'banana', queryPeriod: '', suppressionEnabled: true });
  for (const check of [
    queryScheduleRange,
    periodShorterThanFrequency,
    longPeriodFrequency,
    suppressionShorterThanFrequency,
  ]) {
    expect(placesOf(check, detection)).toEqual([]);
  }
});

test('a schedule in an NRT detection is found key by key', () => {
  const data = { kind: 'NRT', queryFrequency: '1d', triggerThreshold: 0, queryPeriod: null };
  expect(findingsOf(nrtSchedule, buildNrt(), data)).toEqual([
    {
      at: '/queryFrequency (key)',
      message: 'queryFrequency "1d" has no effect in an NRT detection',
      hint: 'delete it, or make the detection Scheduled',
    },
    {
      at: '/triggerThreshold (key)',
      message: 'triggerThreshold 0 has no effect in an NRT detection',
      hint: 'delete it, or make the detection Scheduled',
    },
  ]);
  expect(findingsOf(nrtSchedule, buildScheduled(), data)).toEqual([]);
});

test.each([null, [], 'text'])('a document of %j has no schedule', (data) => {
  expect(findingsOf(nrtSchedule, buildNrt(), data)).toEqual([]);
});

test.each([
  ['PT5M', false, []],
  ['PT24H', true, []],
  ['P1D', true, []],
  ['PT4M', true, ['/suppressionDuration']],
  ['P1DT1S', false, ['/suppressionDuration']],
])('suppression for %s', (suppressionDuration, suppressionEnabled, places) => {
  expect(placesOf(suppressionRange, buildNrt({ suppressionDuration, suppressionEnabled }))).toEqual(places);
});

test.each([
  ['PT5H', 'P1D', true, []],
  ['PT5H', 'PT5H', true, []],
  ['PT5H', 'PT1H', true, ['/suppressionDuration']],
  ['PT5H', 'PT1H', false, []],
])(
  'every %s, suppressed for %s, on: %s',
  (queryFrequency, suppressionDuration, suppressionEnabled, places) => {
    const detection = buildScheduled({
      queryFrequency,
      queryPeriod: queryFrequency,
      suppressionDuration,
      suppressionEnabled,
    });
    expect(placesOf(suppressionShorterThanFrequency, detection)).toEqual(places);
  },
);

test('a legacy entity column that is not mapped is found once, where it first stands', () => {
  const query = 'T\n| extend IPCustomEntity = a, HostCustomEntity = b\n| where IPCustomEntity != ""';
  const entityMappings = [
    {
      entityType: 'Host',
      fieldMappings: [{ identifier: 'HostName', columnName: 'HostCustomEntity' }],
    },
  ] as const;
  expect(findingsOf(legacyEntityColumn, buildScheduled({ query, entityMappings }))).toEqual([
    {
      at: '/query',
      message: 'column IPCustomEntity is not mapped, so it is no entity',
      range: { start: 11, end: 25 },
      hint: 'map it in entityMappings, or take it out of the query',
    },
  ]);
});

test('a hunting query needs no mapping, and a longer name is another name', () => {
  const query = 'T | extend MyIPCustomEntity = a, IPCustomEntity2 = b';
  expect(placesOf(legacyEntityColumn, buildScheduled({ query }))).toEqual([]);
  expect(placesOf(legacyEntityColumn, buildHunting({ query: 'T | extend IPCustomEntity = a' }))).toEqual([]);
});
