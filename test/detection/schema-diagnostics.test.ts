import { readDocument, validateDocument } from '../../src/detection/schema-diagnostics.ts';
import type { SchemaName } from '../../src/detection/schemas.ts';
import { documentOf, summarise } from '../support/load-text.ts';

const scheduled = `id: 5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11
name: Sign-in from a blocked country
severity: High
query: SigninLogs
kind: Scheduled
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
`;
const hunting = `id: 5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11
name: Sign-ins
query: SigninLogs
`;

function findings(text: string, schema: SchemaName = 'detection'): readonly string[] {
  return summarise(validateDocument(documentOf(text), schema));
}

function hintsOf(text: string, schema: SchemaName = 'detection'): readonly (string | undefined)[] {
  return validateDocument(documentOf(text), schema).map(({ hint }) => hint);
}

describe('every form that the community writes is valid', () => {
  test.each([
    ['a Scheduled detection', scheduled],
    ['a hunting query', hunting],
    ['an NRT detection', `${hunting}kind: NRT\nseverity: Low\n`],
    [
      'incident creation',
      'id: a\nname: b\nkind: MicrosoftSecurityIncidentCreation\nproductFilter: Azure Security Center\n',
    ],
    ['another case', scheduled.replace('Scheduled', 'scheduled').replace('High', 'HIGH').replace('gt', 'GT')],
    ['the API’s operators', scheduled.replace('gt', 'GreaterThan')],
    ['ISO durations', scheduled.replace('1h', 'PT1H')],
    ['TimeSpans', scheduled.replace('1h', '00:05:00')],
    ['a tactic and a technique as text', `${hunting}tactics: Impact\nrelevantTechniques: T1485\n`],
    [
      'keys without values',
      `${scheduled}tactics:\nentityMappings:\nalertDetailsOverride:\n  alertSeverityColumnName:\n`,
    ],
    ['empty items', `${hunting}relevantTechniques:\n  -\n  - T1078\n`],
    ['one connector', `${hunting}requiredDataConnectors:\n  connectorId: A\n  dataTypes: [B]\n`],
    [
      'several ids in a connector',
      `${hunting}requiredDataConnectors:\n  - connectorId: [A, B]\n    dataTypes: [C]\n`,
    ],
    ['mappings among tags', `${hunting}tags:\n  - x\n  - Schema: ASimDns\n    SchemaVersion: 0.1\n`],
    ['numbers as text', 'id: 1\nname: 2\nquery: 3\nversion: 1.10\ntags: [2024]\n'],
  ])('%s', (_, text) => {
    expect(findings(text)).toEqual([]);
  });
});

describe('one finding for each mistake, at its place', () => {
  test.each([
    ['a missing key', scheduled.replace('severity: High\n', ''), 'missing-key 1:1-1:41 severity is missing'],
    [
      'a missing key of an item',
      `${hunting}entityMappings:\n  - entityType: IP\n`,
      'missing-key 5:5-5:19 entityMappings[0].fieldMappings is missing',
    ],
    ['a key without a value', scheduled.replace('High', ''), 'missing-key 3:1-3:9 severity has no value'],
    [
      'a schedule without kind',
      scheduled.replace('kind: Scheduled\n', ''),
      'missing-key 1:1-1:41 kind is missing, but queryFrequency is only for alert rules',
    ],
    [
      'kind without a schedule',
      `${hunting}severity: Low\nkind: Scheduled\n`,
      'missing-key 5:1-5:5 a Scheduled detection needs queryFrequency, queryPeriod, triggerOperator, triggerThreshold',
    ],
    [
      'a misspelt key',
      `${scheduled}entityMapping: []\n`,
      'misspelt-key 10:1-10:14 misspelt key "entityMapping": its value would be lost',
    ],
    [
      'a misspelt key that is also missing',
      scheduled.replace('queryFrequency', 'query_frequency'),
      'misspelt-key 6:1-6:16 misspelt key "query_frequency": its value would be lost',
    ],
    [
      'a key in another case',
      scheduled.replace('queryPeriod', 'QueryPeriod'),
      'misspelt-key 7:1-7:12 misspelt key "QueryPeriod": its value would be lost',
    ],
    [
      'a misspelt kind key',
      scheduled.replace('kind', 'knid'),
      'misspelt-key 5:1-5:5 misspelt key "knid": its value would be lost',
    ],
    [
      'a misspelt key of an item',
      `${hunting}requiredDataConnectors:\n  - connectorId: A\n    datatypes: [B]\n`,
      'misspelt-key 6:5-6:14 misspelt key "datatypes" in requiredDataConnectors[0]: its value would be lost',
    ],
    [
      'a value outside an enumeration',
      scheduled.replace('High', 'Test'),
      'invalid-value 3:11-3:15 severity "Test" is not one of High, Medium, Low, Informational',
    ],
    [
      'an unknown kind',
      scheduled.replace('Scheduled', 'Fusion'),
      'invalid-value 5:7-5:13 kind "Fusion" is not one of Scheduled, NRT, MicrosoftSecurityIncidentCreation',
    ],
    [
      'no duration',
      scheduled.replace('queryPeriod: 1h', 'queryPeriod: banana'),
      'invalid-duration 7:14-7:20 queryPeriod "banana" is not a duration',
    ],
    [
      'a bare number for a duration',
      scheduled.replace('queryPeriod: 1h', 'queryPeriod: 5'),
      'invalid-duration 7:14-7:15 queryPeriod "5" is not a duration',
    ],
    [
      'text for a number',
      scheduled.replace('Threshold: 0', 'Threshold: "0"'),
      'wrong-type 9:19-9:22 triggerThreshold is the text "0", but must be a whole number',
    ],
    [
      'a fraction',
      scheduled.replace('Threshold: 0', 'Threshold: 0.5'),
      'wrong-type 9:19-9:22 triggerThreshold is the number 0.5, but must be a whole number',
    ],
    [
      'yes for true',
      `${scheduled}enabled: yes\n`,
      'wrong-type 10:10-10:13 enabled is the text "yes", but must be true or false',
    ],
    [
      'a list for text',
      scheduled.replace('High', '[High]'),
      'wrong-type 3:11-3:17 severity is a list, but must be text',
    ],
    [
      'a mapping for text',
      hunting.replace('query: SigninLogs', 'query: {a: b}'),
      'wrong-type 3:8-3:14 query is a mapping, but must be text',
    ],
    [
      'a mapping for a list',
      `${hunting}tactics: {a: b}\n`,
      'wrong-type 4:10-4:16 tactics is a mapping, but must be a list or text',
    ],
    [
      'text for a list',
      `${hunting}entityMappings: IP\n`,
      'wrong-type 4:17-4:19 entityMappings is the text "IP", but must be a list',
    ],
    [
      'text for an item',
      `${hunting}entityMappings:\n  - IP\n`,
      'wrong-type 5:5-5:7 entityMappings[0] is the text "IP", but must be a mapping',
    ],
    ['a blank id', hunting.replace(/id: .*/, 'id: " "'), 'invalid-value 1:5-1:8 id is empty'],
    [
      'a custom detail without a column',
      `${scheduled}customDetails:\n  User:\n`,
      'missing-value 11:3-11:7 customDetails.User has no value',
    ],
    [
      'a parameter name',
      `${hunting}parameters:\n  a-b: {type: long, default: 1}\n`,
      'invalid-name 5:3-5:6 "a-b" is no name for a member of parameters',
    ],
    [
      'a parameter type',
      `${hunting}parameters:\n  a: {type: int, default: 1}\n`,
      'invalid-value 5:13-5:16 parameters.a.type "int" is not one of string, long, real, bool, datetime, timespan, dynamic',
    ],
    [
      'an exclusion',
      `${hunting}falsePositives:\n  - {scenario: a, description: b, mitigation: c, exclusion: {id: x}}\n`,
      'exclusion-not-supported 5:50-5:59 falsePositives[0].exclusion is not supported yet and would have no effect',
    ],
    ['a list as the whole', '- a\n', 'wrong-type 1:1-1:4 the file is a list, but must be a mapping'],
    [
      'text as the whole',
      'hello\n',
      'wrong-type 1:1-1:6 the file is the text "hello", but must be a mapping',
    ],
    ['null as the whole', '~\n', 'missing-value 1:1-1:2 the file has no value'],
  ])('%s', (_, text, finding) => {
    expect(findings(text)).toEqual([`error ${finding}`]);
  });

  test('wrong types everywhere', () => {
    const keys = [
      'id',
      'name',
      'description',
      'severity',
      'query',
      'queryFrequency',
      'triggerOperator',
      'version',
    ];
    const text = `${keys.map((key) => `${key}: [1]`).join('\n')}\nkind: NRT\ntriggerThreshold: x\nmetadata: 5\n`;
    const codes = validateDocument(documentOf(text), 'detection').map(({ code }) => code);
    expect(codes).toEqual(Array.from({ length: keys.length + 2 }, () => 'wrong-type'));
  });

  test('an unknown key that is like no other is only a warning', () => {
    expect(findings(`${hunting}properties:\n  schema: []\nauthor: me\n`)).toEqual([
      'warning unknown-key 4:1-4:11 unknown key "properties": its value is ignored',
      'warning unknown-key 6:1-6:7 unknown key "author": its value is ignored',
    ]);
  });
});

describe('hints say what to do', () => {
  test.each([
    [`${scheduled}entityMapping: []\n`, 'did you mean "entityMappings"?'],
    [scheduled.replace('High', 'Hihg'), 'did you mean "High"?'],
    [scheduled.replace('Scheduled', 'Schedulde'), 'did you mean "Scheduled"?'],
    [
      scheduled.replace('Scheduled', 'Hunting'),
      'use Scheduled, NRT or MicrosoftSecurityIncidentCreation, or leave kind out for a hunting query',
    ],
    [scheduled.replace(': 1h', ': banana'), 'write it like 5m, 1h, 14d, PT1H30M or 00:05:00'],
    [scheduled.replace('severity: High\n', ''), 'add severity'],
    [scheduled.replace(/id: .*\n/, ''), 'give it a new GUID'],
    [scheduled.replace('Threshold: 0', 'Threshold: "0"'), 'remove the quotes'],
    [`${scheduled}enabled: on\n`, 'YAML 1.2 reads yes, no, on and off as text: write true or false'],
    [`${scheduled}enabled: "true"\n`, 'remove the quotes'],
    [scheduled.replace('High', '[High]'), 'write one value, not a list'],
    [`${hunting}entityMappings: IP\n`, 'write each item on a line of its own, after "- "'],
    [`${hunting}metadata: x\n`, 'write each of its keys on a line of its own, indented'],
    [scheduled.replace('Threshold: 0', 'Threshold: none'), undefined],
  ])('%j', (text, hint) => {
    expect(hintsOf(text)).toEqual([hint]);
  });
});

describe('readDocument gives the data as the schema means it', () => {
  test('text where text is wanted, as written', () => {
    const { data } = readDocument(
      documentOf('id: 0x10\nname: true\nversion: 1.10\nquery: 1e3\ntags: [010, x]\n'),
      'detection',
    );
    expect(data).toEqual({ id: '0x10', name: 'true', version: '1.10', query: '1e3', tags: ['010', 'x'] });
  });

  test('numbers, booleans and nulls where they are wanted or anything goes', () => {
    const text = `${hunting}triggerThreshold: 5\nenabled: false\nmetadata: {a: 1.50, b: null}\n`;
    expect(readDocument(documentOf(text), 'detection').data).toMatchObject({
      triggerThreshold: 5,
      enabled: false,
      metadata: { a: 1.5, b: null },
    });
  });

  test('enumerations in their own spelling', () => {
    const { data } = readDocument(
      documentOf(scheduled.replace('High', ' high ').replace('gt', 'greaterthan')),
      'detection',
    );
    expect(data).toMatchObject({ severity: 'High', triggerOperator: 'GreaterThan' });
  });

  test('known keys without a value are gone, others and empty items are not', () => {
    const { data } = readDocument(
      documentOf('tactics:\nfoo:\ntags: [x, ~]\ncustomDetails: {A: ~}\n'),
      'detection',
    );
    expect(data).toEqual({ foo: null, tags: ['x', null], customDetails: { A: null } });
  });

  test('the document itself stays as it was', () => {
    const document = documentOf('severity: high\nversion: 1.10\ntactics:\n');
    readDocument(document, 'detection');
    expect(document.data).toEqual({ severity: 'high', version: 1.1, tactics: null });
  });
});

describe('kustodian.yaml', () => {
  const local = 'owner: soc\nenvironments:\n  local: {cloud: local}\n';

  test.each([
    ['the least', local],
    [
      'one selector or several, one value or several',
      `${local}  test:\n    cloud: LOCAL\n    select: {tag: a, status: [Stable]}\n    exclude:\n      - severity: low\n      - path: [x/**, y/**]\n`,
    ],
    [
      'overrides',
      `${local}  test:\n    cloud: local\n    overrides:\n      - select: {kind: scheduled}\n        set: {queryFrequency: 1h, triggerOperator: ne, parameters: {a: 1}}\n        reason: cost\n`,
    ],
    [
      'a workspace',
      `${local}  prod: {subscriptionId: 1, resourceGroup: a, workspace: b, apiVersion: 2025-09-01}\n`,
    ],
  ])('%s is valid', (_, text) => {
    expect(findings(text, 'config')).toEqual([]);
  });

  test.each([
    ['environments: {local: {cloud: local}}\n', 'missing-key 1:1-1:38 owner is missing'],
    ['owner: x\nenvironments: {}\n', 'too-few-items 2:15-2:17 environments holds nothing'],
    [`${local}  prod:\n`, 'missing-value 4:3-4:7 environments.prod has no value'],
    [`${local}  a b: {cloud: local}\n`, 'invalid-name 4:3-4:6 "a b" is no name for a member of environments'],
    [
      `${local}  prod: {resourceGroup: a, workspace: b}\n`,
      'missing-key 4:9-4:41 environments.prod.subscriptionId is missing',
    ],
    [
      `${local}  x: {cloud: local, select: {tags: a}}\n`,
      'misspelt-key 4:30-4:34 misspelt key "tags" in environments.x.select: its value would be lost',
    ],
    [
      `${local}  x: {cloud: local, select: [{status: [stabel]}]}\n`,
      'invalid-value 4:40-4:46 environments.x.select[0].status[0] "stabel" is not one of experimental, test, stable, deprecated',
    ],
    [
      `${local}  x: {cloud: local, select: 5}\n`,
      'wrong-type 4:29-4:30 environments.x.select is the number 5, but must be a mapping or a list',
    ],
    [
      `${local}  x: {cloud: local, apiVersion: latest}\n`,
      'invalid-value 4:33-4:39 environments.x.apiVersion "latest" is not valid',
    ],
    [
      `${local}  x: {cloud: local, overrides: [{select: {}, set: {severity: hgh}}]}\n`,
      'invalid-value 4:62-4:65 environments.x.overrides[0].set.severity "hgh" is not one of High, Medium, Low, Informational',
    ],
    [
      `${local}  x: {cloud: local, overrides: [{select: {}, set: {queryPeriod: x}}]}\n`,
      'invalid-duration 4:65-4:66 environments.x.overrides[0].set.queryPeriod "x" is not a duration',
    ],
  ])('%j', (text, finding) => {
    expect(findings(text, 'config')).toEqual([`error ${finding}`]);
  });
});

describe('tests of a detection', () => {
  const scenario = 'scenarios:\n  - name: alerts\n    given: {T: [{a: 1, b: ~}]}\n';

  test.each([
    `${scenario}    expect: {alerts: 1}\n`,
    `${scenario}    now: 2026-01-15T12:00:00Z\n    expect: {alerts: [{title: x, severity: high, entities: [{entityType: IP, Address: y}]}]}\n`,
    `${scenario}    parameters: {limit: 5}\n    expect: {rows: [{a: 1}]}\n`,
  ])('%j is valid', (text) => {
    expect(findings(text, 'tests')).toEqual([]);
  });

  test.each([
    ['scenarios: []\n', 'too-few-items 1:12-1:14 scenarios holds nothing'],
    [scenario, 'missing-key 2:5-2:17 scenarios[0].expect is missing'],
    [`${scenario}    expect: {}\n`, 'too-few-items 4:13-4:15 scenarios[0].expect holds nothing'],
    [
      `${scenario}    expect: {alerts: -1}\n`,
      'invalid-value 4:22-4:24 scenarios[0].expect.alerts -1 must be >= 0',
    ],
    [
      `${scenario}    expect: {alerts: [{titel: x}]}\n`,
      'misspelt-key 4:24-4:29 misspelt key "titel" in scenarios[0].expect.alerts[0]: its value would be lost',
    ],
    [
      `${scenario}    now: yesterday\n    expect: {alerts: 0}\n`,
      'invalid-value 4:10-4:19 scenarios[0].now "yesterday" is not valid',
    ],
  ])('%j', (text, finding) => {
    expect(findings(text, 'tests')).toEqual([`error ${finding}`]);
  });
});
