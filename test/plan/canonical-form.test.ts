import type { JsonObject } from '../../src/core/json.ts';
import { diffFields } from '../../src/plan/diff-fields.ts';
import { canonicalForm } from '../../src/plan/canonical-form.ts';

const grouping = {
  enabled: true,
  reopenClosedIncident: false,
  lookbackDuration: 'PT5H',
  matchingMethod: 'Selected',
};
const defaultIncidents = {
  createIncident: true,
  groupingConfiguration: {
    enabled: false,
    reopenClosedIncident: false,
    lookbackDuration: 'PT5M',
    matchingMethod: 'AllEntities',
  },
};

function scheduled(properties: JsonObject): JsonObject {
  return { kind: 'Scheduled', properties };
}

describe('these mean the same to the service', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['60 minutes and an hour', { queryFrequency: 'PT60M' }, { queryFrequency: 'PT1H' }],
    ['24 hours and a day', { queryPeriod: 'PT24H' }, { queryPeriod: 'P1D' }],
    ['a day and its TimeSpan', { suppressionDuration: '1.00:00:00' }, { suppressionDuration: 'P1D' }],
    [
      'look-back windows',
      { incidentConfiguration: { groupingConfiguration: { ...grouping, lookbackDuration: 'PT300M' } } },
      { incidentConfiguration: { groupingConfiguration: grouping } },
    ],
    ['tactics in another order', { tactics: ['Impact', 'Execution'] }, { tactics: ['Execution', 'Impact'] }],
    ['techniques in another order', { techniques: ['T1105', 'T1059'] }, { techniques: ['T1059', 'T1105'] }],
    ['a repeated technique', { techniques: ['T1059', 'T1059'] }, { techniques: ['T1059'] }],
    [
      'sub-techniques',
      { subTechniques: ['T1059.003', 'T1059.001'] },
      { subTechniques: ['T1059.001', 'T1059.003'] },
    ],
    [
      'the entities to group by',
      { incidentConfiguration: { groupingConfiguration: { ...grouping, groupByEntities: ['IP', 'Host'] } } },
      { incidentConfiguration: { groupingConfiguration: { ...grouping, groupByEntities: ['Host', 'IP'] } } },
    ],
    [
      'filters of an incident rule',
      { severitiesFilter: ['Low', 'High'] },
      { severitiesFilter: ['High', 'Low'] },
    ],
    ['no description and null', {}, { description: null }],
    ['no description and an empty one', {}, { description: '' }],
    ['no template and null', {}, { alertRuleTemplateName: null, templateVersion: null }],
    ['no tactics, null and an empty list', { tactics: [] }, { tactics: null }],
    ['no custom details and an empty map', {}, { customDetails: {} }],
    ['no mappings and an empty list', {}, { entityMappings: [], sentinelEntitiesMappings: [] }],
    [
      'overrides that are not set',
      { alertDetailsOverride: { alertDisplayNameFormat: 'on {{Computer}}' } },
      { alertDetailsOverride: { alertDisplayNameFormat: 'on {{Computer}}', alertDescriptionFormat: null } },
    ],
    ['no overrides and nothing but nulls', {}, { alertDetailsOverride: { alertSeverityColumnName: null } }],
    [
      'no event grouping and a single alert',
      {},
      { eventGroupingSettings: { aggregationKind: 'SingleAlert' } },
    ],
    ['no incident settings and the default', {}, { incidentConfiguration: defaultIncidents }],
    ['no incident settings and null', {}, { incidentConfiguration: null }],
    [
      'the default and the default with empty lists',
      { incidentConfiguration: { createIncident: true } },
      {
        incidentConfiguration: {
          ...defaultIncidents,
          groupingConfiguration: {
            ...defaultIncidents.groupingConfiguration,
            groupByEntities: [],
            groupByAlertDetails: null,
          },
        },
      },
    ],
    ['line ends of a query', { query: 'A\r\n| take 1' }, { query: 'A\n| take 1' }],
    ['line breaks after a query', { query: 'A\n' }, { query: 'A\r\n\r\n' }],
    ['line ends of a description', { description: 'one\r\ntwo\r\n' }, { description: 'one\ntwo' }],
    ['what only the service sets', {}, { lastModifiedUtc: '2026-03-25T07:45:17Z' }],
    ['the order of members', { severity: 'Low', enabled: true }, { enabled: true, severity: 'Low' }],
    [
      'members of a custom detail',
      { customDetails: { a: 'A', b: 'B' } },
      { customDetails: { b: 'B', a: 'A' } },
    ],
  ])('%s', (_, one, other) => {
    expect(diffFields('alertRule', scheduled(one), scheduled(other))).toEqual([]);
    expect(diffFields('alertRule', scheduled(other), scheduled(one))).toEqual([]);
    expect(canonicalForm('alertRule', scheduled(one))).toEqual(canonicalForm('alertRule', scheduled(other)));
  });

  test('an envelope with etag, id and system data, and the bare body', () => {
    const live = {
      id: '/x',
      name: 'x',
      etag: '"1"',
      type: 't',
      systemData: {},
      ...scheduled({ enabled: true }),
    };
    expect(diffFields('alertRule', live, scheduled({ enabled: true }))).toEqual([]);
  });

  test('an NRT rule with and without the default incident settings', () => {
    const live = { kind: 'NRT', properties: { incidentConfiguration: defaultIncidents } };
    expect(diffFields('alertRule', live, { kind: 'NRT', properties: {} })).toEqual([]);
  });

  test('a saved search with and without its version, and with tags in another order', () => {
    const tags = [
      { name: 'tactics', value: 'Impact' },
      { value: 'T1486', name: 'techniques' },
    ];
    const live = {
      etag: 'W/"1"',
      properties: { query: 'A', version: 2, tags, functionAlias: '', functionParameters: null },
    };
    const desired = { properties: { query: 'A\n', tags: [...tags].reverse() } };
    expect(diffFields('savedSearch', live, desired)).toEqual([]);
  });
});

describe('these do not', () => {
  test.each<[string, JsonObject, JsonObject, string]>([
    ['durations', { queryFrequency: 'PT1H' }, { queryFrequency: 'PT2H' }, '/queryFrequency'],
    ['a duration that is none', { queryPeriod: 'soon' }, { queryPeriod: 'later' }, '/queryPeriod'],
    ['blanks in a query', { query: 'A  | take 1' }, { query: 'A | take 1' }, '/query'],
    ['a line break after a comment', { query: '// all\nA' }, { query: '// all A' }, '/query'],
    ['blanks at the end of a line', { query: 'A \n| take 1' }, { query: 'A\n| take 1' }, '/query'],
    ['line breaks before a query', { query: '\nA' }, { query: 'A' }, '/query'],
    ['numbers', { triggerThreshold: 0 }, { triggerThreshold: 1 }, '/triggerThreshold'],
    ['false and true', { enabled: false }, { enabled: true }, '/enabled'],
    ['a portal description', { description: 'by hand' }, {}, '/description'],
    ['a template', { alertRuleTemplateName: 'a' }, {}, '/alertRuleTemplateName'],
    ['tactics', { tactics: ['Impact'] }, { tactics: ['Impact', 'Execution'] }, '/tactics'],
    [
      'an alert a result',
      { eventGroupingSettings: { aggregationKind: 'AlertPerResult' } },
      {},
      '/eventGroupingSettings/aggregationKind',
    ],
    [
      'no incidents',
      { incidentConfiguration: { createIncident: false } },
      {},
      '/incidentConfiguration/createIncident',
    ],
    [
      'entity mappings',
      {
        entityMappings: [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Ip' }] }],
      },
      {
        entityMappings: [
          { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'SourceIp' }] },
        ],
      },
      '/entityMappings',
    ],
    ['a property that we do not know', { startTimeUtc: 'x' }, {}, '/startTimeUtc'],
    [
      'a custom detail',
      { customDetails: { Port: 'Port' } },
      { customDetails: { Port: 'DestPort' } },
      '/customDetails/Port',
    ],
  ])('%s', (_, live, desired, pointer) => {
    const fields = diffFields('alertRule', scheduled(live), scheduled(desired));
    expect(fields.map((field) => field.pointer)).toEqual([`/properties${pointer}`]);
  });

  test('custom details are compared as text, whatever they are called', () => {
    const live = scheduled({ customDetails: { queryPeriod: 'PT60M', constructor: 'A', tactics: 'T' } });
    const desired = scheduled({ customDetails: { queryPeriod: 'PT1H' } });
    expect(diffFields('alertRule', live, desired)).toEqual([
      { pointer: '/properties/customDetails/constructor', live: 'A' },
      { pointer: '/properties/customDetails/queryPeriod', live: 'PT60M', desired: 'PT1H' },
      { pointer: '/properties/customDetails/tactics', live: 'T' },
    ]);
  });

  test('kinds', () => {
    const fields = diffFields(
      'alertRule',
      { kind: 'NRT', properties: {} },
      { kind: 'Scheduled', properties: {} },
    );
    expect(fields).toEqual([{ pointer: '/kind', live: 'NRT', desired: 'Scheduled' }]);
  });

  test('a function alias, a tag and a category of a saved search', () => {
    const live = { properties: { functionAlias: 'f', tags: [], category: 'General Exploration' } };
    const desired = { properties: { tags: [{ name: 'a', value: 'b' }], category: 'Hunting Queries' } };
    expect(diffFields('savedSearch', live, desired).map((field) => field.pointer)).toEqual([
      '/properties/category',
      '/properties/functionAlias',
      '/properties/tags',
    ]);
  });
});

test('a diff shows the default that stands for what is not set', () => {
  const live = scheduled({ incidentConfiguration: { createIncident: false } });
  expect(diffFields('alertRule', live, scheduled({}))).toEqual([
    { pointer: '/properties/incidentConfiguration/createIncident', live: false, desired: true },
  ]);
});

test('the body that is compared is not changed', () => {
  const body = scheduled({
    tactics: ['Impact', 'Execution'],
    incidentConfiguration: { createIncident: true },
  });
  const before = structuredClone(body);
  canonicalForm('alertRule', body);
  expect(body).toEqual(before);
});

test.each([{}, { properties: null }, { properties: 'x' }, { properties: [] }])(
  'a malformed live body %j differs in what is missing and does not throw',
  (live) => {
    const fields = diffFields('alertRule', live, scheduled({ enabled: true }));
    expect(fields.map((field) => field.pointer)).toContain('/properties/enabled');
  },
);
