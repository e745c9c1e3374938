import {
  address,
  alertRulesPath,
  behaviour,
  call,
  createTestEmulator,
  errorOf,
  fakeClock,
  nrtRule,
  preview,
  scheduledRule,
  stable,
  workspacePath,
} from '../support/emulator.ts';
import type { JsonObject } from '../../src/core/json.ts';

const path = `${alertRulesPath}/failed-sign-ins`;

function keysOf(value: unknown): readonly string[] {
  return Object.keys(value as object);
}

function propertiesOf(body: JsonObject): JsonObject {
  return body['properties'] as JsonObject;
}

behaviour('alert-rule-create', async () => {
  const clock = fakeClock();
  const emulator = createTestEmulator({ now: clock.now });
  const created = await call(emulator, 'PUT', path, scheduledRule());
  clock.advance(61_000);
  const updated = await call(emulator, 'PUT', path, scheduledRule());
  expect([created.status, updated.status]).toEqual([201, 200]);
  expect(created.body['etag']).toMatch(/^"[0-9a-f]{8}-0000-0100-0000-69c3928d0000"$/);
  expect(updated.body['etag']).toMatch(/^"[0-9a-f]{8}-0000-0100-0000-69c392ca0000"$/);
  expect(propertiesOf(created.body)['lastModifiedUtc']).toMatch(/^2026-03-25T07:45:17\.671\d{0,4}Z$/);
  expect(propertiesOf(updated.body)['lastModifiedUtc']).toMatch(/^2026-03-25T07:46:18\.671\d{0,4}Z$/);
  const read = await call(emulator, 'GET', path);
  expect(read.text).toBe(updated.text);
});

behaviour('alert-rule-scheduled-form', async () => {
  const { body } = await call(createTestEmulator(), 'PUT', path, scheduledRule(), {
    apiVersion: '2021-09-01-preview',
  });
  expect(keysOf(body)).toEqual(['id', 'name', 'etag', 'type', 'kind', 'properties']);
  expect(body).toMatchObject({
    id: `${workspacePath}${path}`,
    name: 'failed-sign-ins',
    type: 'Microsoft.SecurityInsights/alertRules',
    kind: 'Scheduled',
  });
  const properties = propertiesOf(body);
  expect(keysOf(properties)).toEqual([
    'incidentConfiguration',
    'queryFrequency',
    'queryPeriod',
    'triggerOperator',
    'triggerThreshold',
    'severity',
    'query',
    'suppressionDuration',
    'suppressionEnabled',
    'tactics',
    'displayName',
    'enabled',
    'description',
    'alertRuleTemplateName',
    'lastModifiedUtc',
  ]);
  expect(properties).toMatchObject({ tactics: null, description: null, alertRuleTemplateName: null });
});

behaviour('alert-rule-new-members', async () => {
  const sent = scheduledRule({
    techniques: ['T1078'],
    subTechniques: ['T1078.004'],
    tactics: ['InitialAccess'],
    customDetails: { Country: 'Location' },
    templateVersion: '1.0.0',
    alertRuleTemplateName: 'f0000000-0000-0000-0000-000000000000',
    sentinelEntitiesMappings: [{ columnName: 'Entities' }],
    eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
    entityMappings: [
      { entityType: 'IP', fieldMappings: [{ columnName: 'IPAddress', identifier: 'Address' }] },
    ],
  });
  const { body } = await call(createTestEmulator(), 'PUT', path, sent);
  expect(keysOf(propertiesOf(body))).toEqual([
    'incidentConfiguration',
    'entityMappings',
    'sentinelEntitiesMappings',
    'customDetails',
    'queryFrequency',
    'queryPeriod',
    'triggerOperator',
    'triggerThreshold',
    'eventGroupingSettings',
    'severity',
    'query',
    'suppressionDuration',
    'suppressionEnabled',
    'tactics',
    'techniques',
    'subTechniques',
    'displayName',
    'enabled',
    'description',
    'alertRuleTemplateName',
    'templateVersion',
    'lastModifiedUtc',
  ]);
  expect(propertiesOf(body)).toMatchObject(propertiesOf(sent));
});

behaviour('alert-rule-empty-lists', async () => {
  const { body } = await call(
    createTestEmulator(),
    'PUT',
    path,
    scheduledRule({
      tactics: [],
      incidentConfiguration: {
        createIncident: false,
        groupingConfiguration: {
          matchingMethod: 'AnyAlert',
          enabled: true,
          lookbackDuration: 'PT5H',
          reopenClosedIncident: false,
          groupByAlertDetails: [],
        },
      },
    }),
  );
  const properties = propertiesOf(body);
  expect(properties['tactics']).toEqual([]);
  expect(JSON.stringify(properties['incidentConfiguration'])).toBe(
    '{"createIncident":false,"groupingConfiguration":{"enabled":true,"reopenClosedIncident":false,"lookbackDuration":"PT5H","matchingMethod":"AnyAlert","groupByEntities":null,"groupByAlertDetails":[],"groupByCustomDetails":null}}',
  );
});

const defaultIncidents = {
  createIncident: true,
  groupingConfiguration: {
    enabled: false,
    reopenClosedIncident: false,
    lookbackDuration: 'PT5M',
    matchingMethod: 'AllEntities',
    groupByEntities: [],
    groupByAlertDetails: null,
    groupByCustomDetails: null,
  },
};

behaviour('alert-rule-default-incidents', async () => {
  const { body } = await call(createTestEmulator(), 'PUT', path, scheduledRule());
  expect(propertiesOf(body)['incidentConfiguration']).toEqual(defaultIncidents);
});

behaviour('alert-rule-default-grouping', async () => {
  const sent = scheduledRule({ incidentConfiguration: { createIncident: false } });
  const { body } = await call(createTestEmulator(), 'PUT', path, sent);
  expect(propertiesOf(body)['incidentConfiguration']).toEqual({ ...defaultIncidents, createIncident: false });
});

behaviour('alert-rule-override-keys', async () => {
  const sent = scheduledRule({ alertDetailsOverride: { alertDescriptionFormat: 'From {{IPAddress}}' } });
  const { body } = await call(createTestEmulator(), 'PUT', path, sent);
  expect(JSON.stringify(propertiesOf(body)['alertDetailsOverride'])).toBe(
    '{"alertDisplayNameFormat":null,"alertDescriptionFormat":"From {{IPAddress}}","alertTacticsColumnName":null,"alertSeverityColumnName":null}',
  );
});

behaviour('alert-rule-values-as-sent', async () => {
  const query = "SigninLogs\r\n| where UserPrincipalName has 'ö+<&>'\n\t// done\n\n";
  const sent = scheduledRule({ query, queryFrequency: 'PT60M', tactics: ['Persistence', 'Execution'] });
  const { body } = await call(createTestEmulator(), 'PUT', path, sent);
  expect(propertiesOf(body)).toMatchObject({
    query,
    queryFrequency: 'PT60M',
    tactics: ['Persistence', 'Execution'],
  });
});

behaviour('alert-rule-values-rewritten', async () => {
  const emulator = createTestEmulator({ settings: { values: 'rewritten' } });
  const sent = scheduledRule({
    queryFrequency: 'PT60M',
    tactics: ['Persistence', 'Execution'],
    query: 'T | take 1',
  });
  const { body } = await call(emulator, 'PUT', path, sent);
  expect(propertiesOf(body)).toMatchObject({
    queryFrequency: 'PT1H',
    tactics: ['Execution', 'Persistence'],
    query: 'T | take 1',
  });
});

behaviour('alert-rule-incident-creation-form', async () => {
  const { status, body } = await call(createTestEmulator(), 'PUT', path, {
    kind: 'MicrosoftSecurityIncidentCreation',
    properties: { displayName: 'From Defender', enabled: true, productFilter: 'Azure Security Center' },
  });
  expect(status).toBe(201);
  expect(Object.entries(propertiesOf(body)).slice(0, -1)).toEqual([
    ['productFilter', 'Azure Security Center'],
    ['severitiesFilter', null],
    ['displayNamesFilter', null],
    ['displayNamesExcludeFilter', null],
    ['displayName', 'From Defender'],
    ['enabled', true],
    ['description', null],
    ['alertRuleTemplateName', null],
  ]);
});

behaviour('alert-rule-fusion', async () => {
  const { status, body } = await call(createTestEmulator(), 'PUT', path, {
    kind: 'Fusion',
    properties: { alertRuleTemplateName: 'f71aba3d-28fb-450b-b192-4e76a83015c8', enabled: false },
  });
  expect(status).toBe(201);
  expect(keysOf(propertiesOf(body))).toEqual([
    'displayName',
    'description',
    'alertRuleTemplateName',
    'tactics',
    'severity',
    'enabled',
    'lastModifiedUtc',
  ]);
  expect(propertiesOf(body)).toMatchObject({
    displayName: 'Advanced Multistage Attack Detection',
    enabled: false,
  });
});

behaviour('alert-rule-built-in-fusion', async () => {
  const { body } = await call(createTestEmulator(), 'GET', alertRulesPath);
  expect(body['value']).toMatchObject([
    { name: 'BuiltInFusion', kind: 'Fusion', properties: { enabled: true } },
  ]);
});

behaviour('alert-rule-any-name', async () => {
  const { status, body } = await call(
    createTestEmulator(),
    'PUT',
    `${alertRulesPath}/any%20name_1`,
    scheduledRule(),
  );
  expect([status, body['name'], body['id']]).toEqual([
    201,
    'any name_1',
    `${workspacePath}${alertRulesPath}/any name_1`,
  ]);
});

behaviour('alert-rule-id-casing', async () => {
  const emulator = createTestEmulator();
  const shouted = `/subscriptions/${address.subscriptionId}/resourcegroups/RG-Tests/providers/Microsoft.OperationalInsights/workspaces/${address.workspace}${alertRulesPath}/Rule`;
  expect((await call(emulator, 'PUT', shouted, scheduledRule())).body).toMatchObject({
    id: shouted,
    name: 'Rule',
  });
  const updated = await call(emulator, 'PUT', `${alertRulesPath}/RULE`, scheduledRule());
  expect([updated.status, updated.body['id'], updated.body['name']]).toEqual([200, shouted, 'Rule']);
});

behaviour('alert-rule-missing', async () => {
  const emulator = createTestEmulator();
  const customerId = emulator.exportState().workspaces[0]?.customerId ?? '';
  const answer = await call(emulator, 'GET', `${alertRulesPath}/Not-There`);
  expect(answer.status).toBe(404);
  expect(answer.text).toBe(
    `{"error":{"code":"NotFound","message":"Cannot find rule with resource name 'Not-There' for workspaceId '${customerId}'."}}`,
  );
});

behaviour('alert-rule-delete', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', path, scheduledRule());
  const deleted = await call(emulator, 'DELETE', path);
  expect([deleted.status, deleted.text]).toEqual([200, '{}']);
  expect((await call(emulator, 'GET', path)).status).toBe(404);
});

behaviour('alert-rule-delete-missing', async () => {
  const deleted = await call(createTestEmulator(), 'DELETE', path);
  expect([deleted.status, deleted.text, deleted.headers['content-type']]).toEqual([204, '', undefined]);
});

behaviour('alert-rule-kind-change', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', path, scheduledRule());
  const changed = await call(emulator, 'PUT', path, nrtRule());
  expect(changed.status).toBe(400);
  expect(errorOf(changed).message).toContain("cannot be changed from 'Scheduled' to 'NRT'");
});

behaviour('alert-rule-recently-deleted', async () => {
  const clock = fakeClock();
  const emulator = createTestEmulator({ now: clock.now, settings: { recentlyDeletedId: 'refuse' } });
  const statuses: number[] = [];
  const put = async (): Promise<void> => {
    statuses.push((await call(emulator, 'PUT', path, scheduledRule())).status);
  };
  await put();
  await call(emulator, 'DELETE', path);
  const refused = await call(emulator, 'PUT', path, scheduledRule());
  expect(errorOf(refused)).toEqual({
    code: 'BadRequest',
    message:
      "The rule with id 'failed-sign-ins' was recently deleted. You need to allow some time before re-using the same id. Please try again later.",
  });
  clock.advance(23 * 3_600_000);
  await put();
  clock.advance(3_600_000);
  await put();
  expect(statuses).toEqual([201, 400, 201]);
});

behaviour('alert-rule-quota', async () => {
  const emulator = createTestEmulator({ settings: { enabledScheduledRules: 2, enabledNrtRules: 0 } });
  const put = async (name: string, body: JsonObject): Promise<number> =>
    (await call(emulator, 'PUT', `${alertRulesPath}/${name}`, body)).status;
  expect(await put('a', scheduledRule())).toBe(201);
  expect(await put('b', scheduledRule())).toBe(201);
  expect(await put('c', scheduledRule())).toBe(400);
  expect(await put('c', scheduledRule({ enabled: false }))).toBe(201);
  expect(await put('a', scheduledRule())).toBe(200);
  expect(await put('n', nrtRule())).toBe(400);
  expect(await put('n', nrtRule({ enabled: false }))).toBe(201);
});

behaviour('nrt-preview-only', async () => {
  const emulator = createTestEmulator();
  const refused = await call(emulator, 'PUT', path, nrtRule(), { apiVersion: stable });
  expect(refused.status).toBe(400);
  expect(errorOf(refused).message).toContain(`'NRT' is not supported in api-version '${stable}'`);
  const accepted = await call(emulator, 'PUT', path, nrtRule(), { apiVersion: preview });
  expect(accepted.status).toBe(201);
  expect(keysOf(propertiesOf(accepted.body))).not.toContain('queryFrequency');
});

behaviour('preview-members-dropped', async () => {
  const emulator = createTestEmulator();
  const sent = scheduledRule({
    subTechniques: ['T1078.004'],
    sentinelEntitiesMappings: [{ columnName: 'E' }],
  });
  const kept = await call(emulator, 'PUT', path, sent);
  expect(keysOf(propertiesOf(kept.body))).toEqual(
    expect.arrayContaining(['subTechniques', 'sentinelEntitiesMappings']),
  );
  const shown = await call(emulator, 'GET', path, undefined, { apiVersion: stable });
  expect(keysOf(propertiesOf(shown.body))).not.toContain('subTechniques');
  expect(keysOf(propertiesOf(shown.body))).not.toContain('sentinelEntitiesMappings');
  await call(emulator, 'PUT', path, sent, { apiVersion: stable });
  const afterwards = await call(emulator, 'GET', path);
  expect(keysOf(propertiesOf(afterwards.body))).not.toContain('subTechniques');
});

behaviour('legacy-alert-rule-form', async () => {
  const { status, body } = await call(createTestEmulator(), 'PUT', path, scheduledRule(), {
    apiVersion: '2020-01-01',
  });
  expect(status).toBe(201);
  expect(keysOf(propertiesOf(body))).toEqual([
    'severity',
    'query',
    'queryFrequency',
    'queryPeriod',
    'triggerOperator',
    'triggerThreshold',
    'suppressionDuration',
    'suppressionEnabled',
    'incidentConfiguration',
    'displayName',
    'enabled',
    'description',
    'tactics',
    'alertRuleTemplateName',
    'lastModifiedUtc',
  ]);
  expect(propertiesOf(body)['incidentConfiguration']).toEqual({
    createIncident: true,
    groupingConfiguration: {
      enabled: false,
      reopenClosedIncident: false,
      lookbackDuration: 'PT5M',
      entitiesMatchingMethod: 'All',
      groupByEntities: [],
    },
  });
});
