import { compileDetection } from '../../src/compile/compile-detection.ts';
import type { Detection } from '../../src/detection/detection.ts';
import type { AlertingProperties, ScheduledAlertRule } from '../../src/sentinel/resource.ts';
import { buildIncidentCreation, buildLoaded, buildNrt, buildScheduled } from '../support/build-detection.ts';
import { buildEnvironment } from '../support/build-environment.ts';

function compile(detection: Detection): unknown {
  const { resource, diagnostics } = compileDetection(buildLoaded(detection), buildEnvironment());
  expect(diagnostics).toEqual([]);
  return resource?.body;
}

test('a Scheduled detection with little in it has the ten properties that the service requires, and no more than it says', () => {
  const detection = buildScheduled({ description: '', tactics: [], techniques: [], entityMappings: [] });
  expect(compile(detection)).toEqual({
    kind: 'Scheduled',
    properties: {
      displayName: 'Sign-in from a blocked country',
      severity: 'Medium',
      enabled: true,
      query: 'SigninLogs\n| where ResultType == "0"\n',
      suppressionDuration: 'PT1H',
      suppressionEnabled: false,
      queryFrequency: 'PT1H',
      queryPeriod: 'PT1H',
      triggerOperator: 'GreaterThan',
      triggerThreshold: 0,
    },
  });
});

const everything = {
  name: 'Everything',
  description: 'Uses every field of the API.',
  version: '1.2.3',
  status: 'test',
  tags: ['windows'],
  severity: 'Informational',
  enabled: false,
  query: 'SigninLogs',
  suppressionEnabled: true,
  suppressionDuration: 'PT5H',
  tactics: ['Persistence', 'LateralMovement'],
  techniques: ['T1021.001', 'T1078', 'T1021.002'],
  alertRuleTemplateName: '2d8b4b4c-0a7d-4a3f-8a54-4a4e6f1f0a11',
  templateVersion: '1.0.4',
  eventGrouping: 'AlertPerResult',
  customDetails: { Zone: 'ZoneColumn', Agent: 'UserAgent' },
  entityMappings: [
    {
      entityType: 'Account',
      fieldMappings: [
        { identifier: 'Name', columnName: 'Name' },
        { identifier: 'UPNSuffix', columnName: 'Suffix' },
      ],
    },
    { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'IPAddress' }] },
  ],
  sentinelEntitiesMappings: [{ columnName: 'Entities' }],
  alertDetailsOverride: {
    alertDisplayNameFormat: 'Sign-in of {{Name}}',
    alertDescriptionFormat: 'From {{IPAddress}}',
    alertTacticsColumnName: 'Tactic',
    alertSeverityColumnName: 'Level',
    alertDynamicProperties: [
      { alertProperty: 'AlertLink', value: 'Link' },
      { alertProperty: 'SubTechniques', value: 'SubTechnique' },
    ],
  },
  incidentConfiguration: {
    createIncident: true,
    groupingConfiguration: {
      enabled: true,
      reopenClosedIncident: true,
      lookbackDuration: 'P1D',
      matchingMethod: 'Selected',
      groupByEntities: ['Account'],
      groupByAlertDetails: ['DisplayName'],
      groupByCustomDetails: ['Zone'],
    },
  },
} as const;

const everyAlertingProperty: AlertingProperties = {
  displayName: 'Everything',
  description: 'Uses every field of the API.',
  severity: 'Informational',
  enabled: false,
  query: 'SigninLogs',
  suppressionDuration: 'PT5H',
  suppressionEnabled: true,
  tactics: ['Persistence', 'LateralMovement'],
  techniques: ['T1021', 'T1078'],
  subTechniques: ['T1021.001', 'T1021.002'],
  alertRuleTemplateName: '2d8b4b4c-0a7d-4a3f-8a54-4a4e6f1f0a11',
  templateVersion: '1.0.4',
  eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
  customDetails: everything.customDetails,
  entityMappings: everything.entityMappings,
  sentinelEntitiesMappings: everything.sentinelEntitiesMappings,
  alertDetailsOverride: everything.alertDetailsOverride,
  incidentConfiguration: everything.incidentConfiguration,
};

test('every field of a Scheduled detection reaches the alert rule', () => {
  const schedule = {
    queryFrequency: 'PT5M',
    queryPeriod: 'P14D',
    triggerOperator: 'NotEqual',
    triggerThreshold: 10,
  } as const;
  const expected: ScheduledAlertRule = {
    kind: 'Scheduled',
    properties: { ...everyAlertingProperty, ...schedule },
  };
  expect(compile(buildScheduled({ ...everything, ...schedule }))).toEqual(expected);
});

test('every field of an NRT detection reaches the alert rule, which has no schedule', () => {
  expect(compile(buildNrt(everything))).toEqual({ kind: 'NRT', properties: everyAlertingProperty });
});

test('every field of an incident creation reaches the alert rule', () => {
  const detection = buildIncidentCreation({
    enabled: false,
    productFilter: 'Microsoft Defender Advanced Threat Protection',
    severitiesFilter: ['High', 'Low'],
    displayNamesFilter: ['Malware'],
    displayNamesExcludeFilter: ['EICAR'],
    alertRuleTemplateName: '2d8b4b4c-0a7d-4a3f-8a54-4a4e6f1f0a11',
  });
  expect(compile(detection)).toEqual({
    kind: 'MicrosoftSecurityIncidentCreation',
    properties: {
      displayName: detection.name,
      description: detection.description,
      enabled: false,
      productFilter: 'Microsoft Defender Advanced Threat Protection',
      severitiesFilter: ['High', 'Low'],
      displayNamesFilter: ['Malware'],
      displayNamesExcludeFilter: ['EICAR'],
      alertRuleTemplateName: '2d8b4b4c-0a7d-4a3f-8a54-4a4e6f1f0a11',
    },
  });
});

test('empty lists and mappings are left out, also inside', () => {
  const detection = buildScheduled({
    customDetails: {},
    entityMappings: [],
    alertDetailsOverride: { alertDisplayNameFormat: 'x', alertDynamicProperties: [] },
    incidentConfiguration: {
      createIncident: false,
      groupingConfiguration: {
        enabled: false,
        reopenClosedIncident: false,
        lookbackDuration: 'PT5H',
        matchingMethod: 'AnyAlert',
        groupByEntities: [],
      },
    },
  });
  const { properties } = compile(detection) as ScheduledAlertRule;
  expect(properties).not.toHaveProperty('customDetails');
  expect(properties).not.toHaveProperty('entityMappings');
  expect(properties).not.toHaveProperty('sentinelEntitiesMappings');
  expect(properties.alertDetailsOverride).toEqual({ alertDisplayNameFormat: 'x' });
  expect(properties.incidentConfiguration).toEqual({
    createIncident: false,
    groupingConfiguration: {
      enabled: false,
      reopenClosedIncident: false,
      lookbackDuration: 'PT5H',
      matchingMethod: 'AnyAlert',
    },
  });
});

test('the resource is named by the id and says which detection it comes from', () => {
  const loaded = buildLoaded(buildScheduled(), { file: 'detections/x.yaml' });
  const { resource } = compileDetection(loaded, buildEnvironment());
  expect(resource).toMatchObject({
    kind: 'alertRule',
    name: '5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11',
    displayName: 'Sign-in from a blocked country',
    detection: { id: '5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11', file: 'detections/x.yaml', version: '1.0.0' },
  });
});

test('the id of the detection is never passed off as that of a template', () => {
  const { properties } = compile(buildScheduled()) as ScheduledAlertRule;
  expect(properties).not.toHaveProperty('alertRuleTemplateName');
  expect(properties).not.toHaveProperty('templateVersion');
});

test('the same detection gives the same bytes, whatever the order of its members', () => {
  const detection = buildScheduled(everything);
  const reversed = Object.fromEntries(Object.entries(detection).reverse()) as unknown as Detection;
  expect(JSON.stringify(compile(reversed))).toBe(JSON.stringify(compile(detection)));
});

test('parameters stand in front of the query, a line each', () => {
  const detection = buildNrt({
    query: '// note\nSigninLogs | where n > limit and Domain in (domains)',
    parameters: [
      { name: 'limit', type: 'long', default: 5 },
      { name: 'domains', type: 'dynamic', default: ['contoso.com'] },
    ],
  });
  expect(compile(detection)).toMatchObject({
    properties: {
      query:
        'let limit = 5;\nlet domains = dynamic(["contoso.com"]);\n' +
        '// note\nSigninLogs | where n > limit and Domain in (domains)',
    },
  });
});

test('a query that its parameters make too long is refused', () => {
  const detection = buildScheduled({
    query: 'SigninLogs'.padEnd(9_990),
    parameters: [{ name: 'limit', type: 'long', default: 5 }],
  });
  const { resource, diagnostics } = compileDetection(buildLoaded(detection), buildEnvironment());
  expect(resource).toBeUndefined();
  expect(diagnostics).toEqual([
    expect.objectContaining({
      code: 'compiled-query-too-long',
      severity: 'error',
      message: 'the query has 10005 characters with its parameters; the service takes 10000',
    }),
  ]);
});
