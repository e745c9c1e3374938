import { valueAt } from '../../src/core/json-pointer.ts';
import type { Detection } from '../../src/detection/detection.ts';
import { documentSchemas } from '../../src/detection/schemas.ts';
import {
  huntingYaml as hunting,
  loadedOf,
  loadText,
  scheduledYaml as scheduled,
  summarise,
  withKey,
} from '../support/load-text.ts';

function detectionOf(text: string): Detection {
  return loadedOf(text).detection;
}

describe('one spelling for what has many', () => {
  test.each([
    ['gt', 'GreaterThan'],
    ['lt', 'LessThan'],
    ['eq', 'Equal'],
    ['ne', 'NotEqual'],
    ['GT', 'GreaterThan'],
    ['lessThan', 'LessThan'],
    ['NotEqual', 'NotEqual'],
  ])('triggerOperator %s is %s', (authored, triggerOperator) => {
    expect(detectionOf(withKey(scheduled, 'triggerOperator', authored))).toMatchObject({ triggerOperator });
  });

  test.each([
    ['5m', 'PT5M'],
    ['24h', 'P1D'],
    ['PT60M', 'PT1H'],
    ['p14d', 'P14D'],
    ['1.02:00:00', 'P1DT2H'],
  ])('queryPeriod %s is %s', (authored, queryPeriod) => {
    expect(detectionOf(withKey(scheduled, 'queryPeriod', authored))).toMatchObject({ queryPeriod });
  });

  test.each([
    ['CommandAndControl', ['CommandAndControl']],
    ['Command and Control', ['CommandAndControl']],
    ['[CommandandControl, command-and-control, Initial access]', ['CommandAndControl', 'InitialAccess']],
    ['[Impact, ~]', ['Impact']],
    ['', []],
  ])('tactics %j are %j', (authored, tactics) => {
    expect(detectionOf(`${scheduled}tactics: ${authored}\n`)).toMatchObject({ tactics });
  });

  test.each([
    ['relevantTechniques: T1219\n', ['T1219']],
    ['relevantTechniques: [" t1078 ", T1078, T1078.004]\n', ['T1078', 'T1078.004']],
    ['techniques: [T1078]\n', ['T1078']],
    [
      'techniques: [T1110]\nrelevantTechniques: [T1078]\nsubTechniques: [T1110.001, T1078]\n',
      ['T1078', 'T1110', 'T1110.001'],
    ],
    ['relevantTechniques: [Valid Accounts]\n', ['Valid Accounts']],
  ])('%j gives the techniques %j', (authored, techniques) => {
    expect(detectionOf(scheduled + authored)).toMatchObject({ techniques });
  });

  test.each([
    ['[]', []],
    ['{connectorId: A, dataTypes: [T]}', [{ connectorId: 'A', dataTypes: ['T'] }]],
    ['[{connectorId: A, dataTypes: T}]', [{ connectorId: 'A', dataTypes: ['T'] }]],
    ['[{connectorId: A}]', [{ connectorId: 'A', dataTypes: [] }]],
    [
      '[{connectorId: [A, " B "], dataTypes: [T, U]}]',
      [
        { connectorId: 'A', dataTypes: ['T', 'U'] },
        { connectorId: 'B', dataTypes: ['T', 'U'] },
      ],
    ],
  ])('requiredDataConnectors %s', (authored, requiredDataConnectors) => {
    expect(detectionOf(`${scheduled}requiredDataConnectors: ${authored}\n`)).toMatchObject({
      requiredDataConnectors,
    });
  });

  test('no list of connectors is another thing than an empty one', () => {
    expect(Object.keys(detectionOf(`${scheduled}requiredDataConnectors:\n`))).not.toContain(
      'requiredDataConnectors',
    );
  });

  test.each([
    ['experimental', 'experimental'],
    ['Experimental', 'experimental'],
    ['Available', 'stable'],
    ['AVAILABLE', 'stable'],
    ['Deprecated', 'deprecated'],
  ])('status %s is %s', (authored, status) => {
    expect(detectionOf(`${scheduled}status: ${authored}\n`)).toMatchObject({ status });
  });

  test('a mapping among the tags becomes tags', () => {
    const text = `${scheduled}tags:\n  - x\n  - Schema: ASimDns\n    SchemaVersion: 0.1.2\n    Count: 2\n`;
    expect(detectionOf(text)).toMatchObject({
      tags: ['x', 'Schema:ASimDns', 'SchemaVersion:0.1.2', 'Count:2'],
    });
  });

  test('entity types in any case', () => {
    const mapping = (type: string): string =>
      `  - entityType: ${type}\n    fieldMappings: [{identifier: Url, columnName: c}, ~]\n`;
    expect(detectionOf(`${scheduled}entityMappings:\n${mapping('Url')}  -\n${mapping('ip')}`)).toMatchObject({
      entityMappings: [
        { entityType: 'URL', fieldMappings: [{ identifier: 'Url', columnName: 'c' }] },
        { entityType: 'IP', fieldMappings: [{ identifier: 'Url', columnName: 'c' }] },
      ],
    });
  });

  test('grouping settings', () => {
    const text = `${scheduled}incidentConfiguration:
  createIncident: false
  groupingConfiguration:
    enabled: true
    reopenClosedIncident: true
    lookbackDuration: 5H
    matchingMethod: selected
    groupByEntities: [Account, ~]
    groupByAlertDetails: []
    groupByCustomDetails: [User]
`;
    expect(detectionOf(text)).toMatchObject({
      incidentConfiguration: {
        createIncident: false,
        groupingConfiguration: {
          enabled: true,
          reopenClosedIncident: true,
          lookbackDuration: 'PT5H',
          matchingMethod: 'Selected',
          groupByEntities: ['Account'],
          groupByAlertDetails: [],
          groupByCustomDetails: ['User'],
        },
      },
    });
  });

  test('parameters keep their order, and text that looks like a number', () => {
    const text = `${hunting}parameters:
  limit: {type: long, default: 10, description: How many}
  version: {type: string, default: 1.10}
  share: {type: real, default: 0.50}
  on: {type: bool, default: true}
  word: {type: string, default: true}
  since: {type: datetime, default: 2026-01-15}
  names: {type: dynamic, default: [a, 1.0]}
`;
    expect(detectionOf(text)).toMatchObject({
      parameters: [
        { name: 'limit', type: 'long', default: 10, description: 'How many' },
        { name: 'version', type: 'string', default: '1.10' },
        { name: 'share', type: 'real', default: 0.5 },
        { name: 'on', type: 'bool', default: true },
        { name: 'word', type: 'string', default: 'true' },
        { name: 'since', type: 'datetime', default: '2026-01-15' },
        { name: 'names', type: 'dynamic', default: ['a', 1] },
      ],
    });
  });

  test('the query is what YAML makes of it, with \\n line ends, and the description loses its end only', () => {
    const text = `${hunting.replace('query: SigninLogs\n', '')}description: |\n\n  two \n    lines \n\nquery: |+\n  T \n\n  | take 1\n\n`;
    expect(detectionOf(text.replaceAll('\n', '\r\n'))).toMatchObject({
      description: '\ntwo \n  lines',
      query: 'T \n\n| take 1\n\n',
    });
  });

  test('the id is trimmed', () => {
    expect(detectionOf(withKey(hunting, 'id', '" abc "'))).toMatchObject({ id: 'abc' });
  });
});

describe('free text', () => {
  const tactics = 'tactics: [Impact, Ransomware, CredentialAcess]\n';
  const entities =
    'entityMappings:\n  - {entityType: NetworkConnection, fieldMappings: []}\n  - {entityType: Hots, fieldMappings: []}\n';

  test('is an error in a detection that alerts', () => {
    const result = loadText(scheduled + tactics + entities);
    expect(result.type).toBe('invalid');
    expect(summarise(result.diagnostics)).toEqual([
      'error unknown-tactic 12:19-12:29 tactics[1] "Ransomware" is no ATT&CK tactic',
      'error unknown-tactic 12:31-12:46 tactics[2] "CredentialAcess" is no ATT&CK tactic',
      'error unknown-entity-type 14:18-14:35 entityMappings[0].entityType "NetworkConnection" is no entity type',
      'error unknown-entity-type 15:18-15:22 entityMappings[1].entityType "Hots" is no entity type',
    ]);
    expect(result.diagnostics.map(({ hint }) => hint)).toEqual([
      expect.stringContaining('Reconnaissance, ResourceDevelopment'),
      'did you mean "CredentialAccess"?',
      expect.stringContaining('Account, AzureResource'),
      'did you mean "Host"?',
    ]);
  });

  test('is left out of a hunting query with a warning', () => {
    const result = loadText(hunting + tactics + entities);
    expect(result).toMatchObject({ loaded: { detection: { tactics: ['Impact'], entityMappings: [] } } });
    expect(result.diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'warning unknown-tactic',
      'warning unknown-tactic',
      'warning unknown-entity-type',
      'warning unknown-entity-type',
    ]);
  });

  test('is found even where the schema finds something too', () => {
    const result = loadText(`${scheduled}tactics: Foo\nseverty: Low\n`);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['unknown-tactic', 'misspelt-key']);
  });
});

test('the defaults are those that the schema shows in an editor', () => {
  const { schema } = documentSchemas.detection;
  const defaultAt = (pointer: string): unknown => valueAt(schema, `${pointer}/default`);
  const grouping = '/properties/incidentConfiguration/properties/groupingConfiguration/properties';
  const text = `${scheduled}incidentConfiguration: {groupingConfiguration: {enabled: true}}\n`;
  expect(detectionOf(text)).toMatchObject({
    enabled: defaultAt('/properties/enabled'),
    suppressionEnabled: defaultAt('/properties/suppressionEnabled'),
    suppressionDuration: defaultAt('/properties/suppressionDuration'),
    incidentConfiguration: {
      createIncident: defaultAt('/properties/incidentConfiguration/properties/createIncident'),
      groupingConfiguration: {
        reopenClosedIncident: defaultAt(`${grouping}/reopenClosedIncident`),
        lookbackDuration: defaultAt(`${grouping}/lookbackDuration`),
        matchingMethod: defaultAt(`${grouping}/matchingMethod`),
      },
    },
  });
});
