import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import {
  compareWithPackager,
  readPackagedAlertRules,
  type PackagedAlertRule,
} from '../../src/compile/compare-with-packager.ts';
import { packagerDifferences, severityInvented } from '../../src/compile/packager-differences.ts';

/** A detection in whose packaged form no rule but the two that always apply is needed. */
const detection = `id: 1f3c9a52-6f0e-4d57-8a55-0d8f2c1b7e11
name: Host seen for the first time
description: Identifies hosts that were not seen before.
severity: Medium
kind: Scheduled
query: Heartbeat
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
`;

const properties = {
  displayName: 'Host seen for the first time',
  description: 'Identifies hosts that were not seen before.',
  enabled: false,
  severity: 'Medium',
  query: 'Heartbeat',
  queryFrequency: 'PT1H',
  queryPeriod: 'PT1H',
  triggerOperator: 'GreaterThan',
  triggerThreshold: 0,
  suppressionDuration: 'PT1H',
  suppressionEnabled: false,
  status: 'Available',
  requiredDataConnectors: "[variables('TemplateEmptyArray')]",
} as const;

function compare(
  yaml: string,
  packaged: Omit<Partial<PackagedAlertRule>, 'properties'> & { readonly properties?: JsonObject } = {},
): { readonly rules: readonly string[]; readonly disagreements: readonly JsonValue[] } {
  const comparison = compareWithPackager(
    {
      id: '1f3c9a52-6f0e-4d57-8a55-0d8f2c1b7e11',
      file: 'host.yaml',
      kind: 'Scheduled',
      apiVersion: '2023-02-01-preview',
      ...packaged,
      properties: { ...properties, ...packaged.properties },
    },
    new TextEncoder().encode(yaml),
  );
  if (comparison.type !== 'compared') throw new Error(JSON.stringify(comparison.diagnostics));
  return {
    rules: comparison.differences
      .map(({ rule }) => rule)
      .filter((rule) => rule !== 'template-only-property' && rule !== 'always-disabled'),
    disagreements: comparison.disagreements.map(({ pointer }) => pointer),
  };
}

function replaceLine(key: string, ...lines: readonly string[]): string {
  return detection.replace(new RegExp(`^${key}: .*$`, 'm'), () => lines.join('\n'));
}

const mapping = { entityType: 'Host', fieldMappings: [{ identifier: 'HostName', columnName: 'Computer' }] };
const mappingYaml = `entityMappings:
  - entityType: Host
    fieldMappings:
      - identifier: HostName
        columnName: Computer
`;
const incidentYaml = (grouping: string): string => `incidentConfiguration:
  createIncident: true
  groupingConfiguration: { enabled: true, reopenClosedIncident: false, matchingMethod: AnyAlert${grouping} }
`;
const grouping = { enabled: true, reopenClosedIncident: false, matchingMethod: 'AnyAlert' };

test('a detection agrees with what the packager makes of it', () => {
  expect(compare(detection)).toEqual({ rules: [], disagreements: [] });
});

const onPurpose: readonly [string, string, Parameters<typeof compare>[1]][] = [
  ['severity-invented', replaceLine('severity'), {}],
  ['suppression-ignored', `${detection}suppressionDuration: 5h\nsuppressionEnabled: true\n`, {}],
  [
    'template-reference-dropped',
    `${detection}alertRuleTemplateName: 2f3c9a52-6f0e-4d57-8a55-0d8f2c1b7e11\ntemplateVersion: 1.0.0\n`,
    {},
  ],
  [
    'unresolved-variable',
    `${detection}customDetails: { VendorId: DeviceId, Zone: ZoneId }\n`,
    { properties: { customDetails: { VendorId: "[variables('_VendorId')]", Zone: 'ZoneId' } } },
  ],
  [
    'empty-value',
    `${detection}tactics: []\nalertDetailsOverride: { alertDynamicProperties: [] }\n`,
    {
      properties: {
        tactics: [],
        customDetails: {},
        alertDetailsOverride: { alertDynamicProperties: "[variables('TemplateEmptyArray')]" },
      },
    },
  ],
  ['list-of-one-unwrapped', detection + mappingYaml, { properties: { entityMappings: mapping } }],
  [
    'duration-spelling',
    replaceLine('queryPeriod', 'queryPeriod: 24h'),
    { properties: { queryPeriod: 'PT24H' } },
  ],
  [
    'duration-spelling',
    replaceLine('queryPeriod', 'queryPeriod: PT2H'),
    { properties: { queryPeriod: 'PTPT2H' } },
  ],
  [
    'lookback-copied-raw',
    detection + incidentYaml(', lookbackDuration: 5H'),
    {
      properties: {
        incidentConfiguration: {
          createIncident: true,
          groupingConfiguration: { ...grouping, lookbackDuration: '5H' },
        },
      },
    },
  ],
  [
    'incident-default-left-out',
    detection + incidentYaml(''),
    { properties: { incidentConfiguration: { createIncident: true, groupingConfiguration: grouping } } },
  ],
  [
    'description-unquoted',
    replaceLine('description', 'description: |', `  'Finds hosts' that are new.  `),
    { properties: { description: `Finds hosts' that are new` } },
  ],
  [
    'techniques-not-written',
    `${detection}tactics: [Impact]\nrelevantTechniques: [T1486, T1021.001]\n`,
    { apiVersion: '2022-04-01-preview', properties: { tactics: ['Impact'] } },
  ],
  [
    'techniques-not-written',
    `${detection}relevantTechniques: [T1486, T1021.001]\n`,
    { properties: { techniques: ['T1486', 'T1021'] } },
  ],
  [
    'sub-techniques-key-dropped',
    `${detection}relevantTechniques: [T1486, T1078.001]\nsubTechniques: [T1021.001]\n`,
    { properties: { techniques: ['T1486', 'T1078'], subTechniques: ['T1078.001'] } },
  ],
  [
    'repeated-entry',
    `${detection}relevantTechniques: [T1021.001, T1021.002]\n`,
    { properties: { techniques: ['T1021', 'T1021'], subTechniques: ['T1021.001', 'T1021.002'] } },
  ],
  [
    'repeated-entry',
    `${detection}tactics: [Impact, Impact]\n`,
    { properties: { tactics: ['Impact', 'Impact'] } },
  ],
  [
    'vocabulary-copied-verbatim',
    replaceLine('kind', 'kind: scheduled', 'tactics: [Command and Control]'),
    { kind: 'scheduled', properties: { tactics: ['CommandandControl'] } },
  ],
];

test.each(onPurpose)('%s explains a difference on purpose', (rule, yaml, packaged) => {
  const { rules, disagreements } = compare(yaml, packaged);
  expect(disagreements).toEqual([]);
  expect([...new Set(rules)]).toEqual([rule]);
});

test('every rule has a case of its own or applies to every pair, and a reason', () => {
  const rules = [severityInvented, ...packagerDifferences];
  const shown = ['template-only-property', 'always-disabled', ...onPurpose.map(([rule]) => rule)];
  expect(rules.map(({ id }) => id).sort()).toEqual([...new Set(shown)].sort());
  for (const { reason } of rules) expect(reason).toMatch(/^\S.*[^.]$/);
});

test('rules combine on one field', () => {
  const { rules, disagreements } = compare(
    `${detection}sentinelEntitiesMappings:\n  - columnName: Entities\ntactics: Command and Control\n`,
    {
      properties: { tactics: 'CommandandControl', sentinelEntitiesMappings: { columnName: 'Entities' } },
    },
  );
  expect(disagreements).toEqual([]);
  expect([...new Set(rules)].sort()).toEqual(['list-of-one-unwrapped', 'vocabulary-copied-verbatim']);
});

test.each<[string, string, Parameters<typeof compare>[1], string]>([
  [
    'another name',
    detection,
    { properties: { displayName: 'Host seen for the first time.' } },
    '/displayName',
  ],
  ['another query', detection, { properties: { query: 'Heartbeat\n' } }, '/query'],
  ['another severity', detection, { properties: { severity: 'High' } }, '/severity'],
  ['another kind', detection, { kind: 'NRT' }, '/kind'],
  ['another threshold', detection, { properties: { triggerThreshold: 1 } }, '/triggerThreshold'],
  ['an enabled template', `${detection}enabled: false\n`, { properties: { enabled: true } }, '/enabled'],
  ['another suppression', detection, { properties: { suppressionDuration: 'PT5H' } }, '/suppressionDuration'],
  ['another duration', detection, { properties: { queryPeriod: 'PT2H' } }, '/queryPeriod'],
  ['a duration spelt otherwise', detection, { properties: { queryPeriod: 'PT60M' } }, '/queryPeriod'],
  [
    'a property of theirs alone',
    detection,
    { properties: { customDetails: { Zone: 'Z' } } },
    '/customDetails',
  ],
  ['a mapping of ours alone', detection + mappingYaml, {}, '/entityMappings'],
  [
    'another mapping, unwrapped',
    detection + mappingYaml,
    { properties: { entityMappings: { ...mapping, entityType: 'Account' } } },
    '/entityMappings/0/entityType',
  ],
  [
    'one mapping of two',
    `${detection}${mappingYaml}${mappingYaml.replace('entityMappings:\n', '')}`,
    { properties: { entityMappings: mapping } },
    '/entityMappings',
  ],
  [
    'a variable that is not named like the key',
    `${detection}customDetails: { VendorId: DeviceId }\n`,
    { properties: { customDetails: { VendorId: "[variables('_OtherId')]" } } },
    '/customDetails/VendorId',
  ],
  [
    'a description cut elsewhere',
    replaceLine('description', 'description: "\'Finds hosts.\'"'),
    { properties: { description: 'Finds hosts' } },
    '/description',
  ],
  [
    'techniques left out by a packager that writes them',
    `${detection}relevantTechniques: [T1486]\n`,
    {},
    '/techniques',
  ],
  [
    'another technique',
    `${detection}relevantTechniques: [T1486]\n`,
    { apiVersion: '2022-04-01-preview', properties: { techniques: ['T1485'] } },
    '/techniques/0',
  ],
  [
    'another tactic',
    `${detection}tactics: [Impact]\n`,
    { properties: { tactics: ['Execution'] } },
    '/tactics/0',
  ],
  [
    'a tactic that only the packager repeats',
    `${detection}tactics: [Impact]\n`,
    { properties: { tactics: ['Impact', 'Impact'] } },
    '/tactics',
  ],
  [
    'another lookback',
    detection + incidentYaml(', lookbackDuration: 5h'),
    {
      properties: {
        incidentConfiguration: {
          createIncident: true,
          groupingConfiguration: { ...grouping, lookbackDuration: '6h' },
        },
      },
    },
    '/incidentConfiguration/groupingConfiguration/lookbackDuration',
  ],
  [
    'a default of ours that they write otherwise',
    detection + incidentYaml(''),
    {
      properties: {
        incidentConfiguration: {
          createIncident: true,
          groupingConfiguration: { ...grouping, lookbackDuration: 'PT1H' },
        },
      },
    },
    '/incidentConfiguration/groupingConfiguration/lookbackDuration',
  ],
])('no rule hides %s', (_, yaml, packaged, pointer) => {
  expect(compare(yaml, packaged).disagreements).toEqual([pointer]);
});

test.each([
  ['broken YAML', 'id: [\n'],
  ['a missing query', replaceLine('query')],
  ['a missing severity that the packager did not make up', replaceLine('severity')],
])('%s is no agreement', (_, yaml) => {
  const comparison = compareWithPackager(
    {
      id: 'x',
      file: 'host.yaml',
      kind: 'Scheduled',
      apiVersion: '2023-02-01-preview',
      properties: { ...properties, severity: 'High' },
    },
    new TextEncoder().encode(yaml),
  );
  expect(comparison.type).toBe('not-loaded');
});

test('a compiled.json is read, and anything else is not', () => {
  const rules = [{ id: 'x', file: 'x.yaml', kind: 'NRT', apiVersion: '2023-02-01-preview', properties: {} }];
  expect(readPackagedAlertRules(JSON.stringify(rules))).toEqual(rules);
  for (const text of [
    '',
    '{}',
    '[1]',
    '[{"id":"x"}]',
    '[{"id":1,"file":"x","kind":"x","apiVersion":"x","properties":{}}]',
  ]) {
    expect(readPackagedAlertRules(text)).toBeUndefined();
  }
});
