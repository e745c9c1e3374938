import {
  alertRulesPath,
  behaviour,
  call,
  createTestEmulator,
  errorOf,
  nrtRule,
  scheduledRule,
} from '../support/emulator.ts';
import type { JsonObject } from '../../src/core/json.ts';

const path = `${alertRulesPath}/x`;

async function refusalOf(body: unknown): Promise<unknown> {
  const answer = await call(createTestEmulator(), 'PUT', path, body);
  expect(answer.status).toBe(400);
  expect(errorOf(answer).code).toBe('BadRequest');
  return errorOf(answer).message;
}

behaviour('schema-required', async () => {
  expect(await refusalOf({ kind: 'Scheduled', properties: { displayName: 'x', query: 'T' } })).toBe(
    "Invalid data model. [properties: Required property 'enabled' not found in JSON. " +
      "properties: Required property 'severity' not found in JSON. " +
      "properties: Required property 'suppressionEnabled' not found in JSON. " +
      "properties: Required property 'suppressionDuration' not found in JSON. " +
      "properties: Required property 'queryFrequency' not found in JSON. " +
      "properties: Required property 'queryPeriod' not found in JSON. " +
      "properties: Required property 'triggerOperator' not found in JSON. " +
      "properties: Required property 'triggerThreshold' not found in JSON.]",
  );
  expect(await refusalOf({ kind: 'Scheduled' })).toContain("Required property 'displayName'");
  expect(await refusalOf({ properties: {} })).toBe(
    "Invalid data model. [: Required property 'kind' not found in JSON.]",
  );
});

const badValues: readonly (readonly [JsonObject, string])[] = [
  [{ severity: 'Huge' }, 'properties.severity: The value must be one of: High, Medium, Low, Informational.'],
  [{ enabled: 'yes' }, 'properties.enabled: The value must be of type boolean.'],
  [{ triggerThreshold: 1.5 }, 'properties.triggerThreshold: The value must be of type integer.'],
  [{ tactics: ['Sabotage'] }, 'properties.tactics.0: The value must be one of: Reconnaissance'],
  [{ tactics: 'Execution' }, 'properties.tactics: The value must be of type array.'],
  [{ displayName: null }, 'properties.displayName: The value must be of type string.'],
  [{ customDetails: { a: 1 } }, 'properties.customDetails.a: The value must be of type string.'],
  [
    { entityMappings: [{ entityType: 'IoTDevice', fieldMappings: [] }] },
    'properties.entityMappings.0.entityType: The value must be one of: Account',
  ],
];

behaviour('schema-values', async () => {
  for (const [properties, fault] of badValues) {
    expect(await refusalOf(scheduledRule(properties))).toContain(fault);
  }
  expect(await refusalOf({ kind: 'Schedule', properties: {} })).toContain(
    "The kind 'Schedule' is not supported",
  );
});

const known: readonly (readonly [JsonObject, string])[] = [
  [
    { queryFrequency: 'P1D', queryPeriod: 'PT1H' },
    "Invalid Properties for Scheduled alert rule: 'queryPeriod' should be greater than or equal to 'queryFrequency'",
  ],
  [
    { queryFrequency: 'PT30M', queryPeriod: 'P2D' },
    "Invalid Properties for Scheduled alert rule: When 'queryPeriod' greater than or equal to 2 days, the 'queryFrequency' should be greater than or equal to 1 hour.",
  ],
  [
    { templateVersion: '1.0.0' },
    "Invalid Properties for Scheduled alert rule: 'templateVersion' can only be used if 'alertRuleTemplateName' is not empty",
  ],
  [
    { suppressionEnabled: true, suppressionDuration: 'PT30M' },
    "Invalid Properties for Scheduled alert rule: 'suppressionDuration' should be greater than or equal to 'queryFrequency'",
  ],
  [
    { techniques: ['T1071.001'] },
    "Invalid data model. [: The technique 'T1071.001' is invalid. The expected format is 'T####', where '#' represents a digit.]",
  ],
  [
    { entityMappings: Array.from({ length: 11 }, () => ipMapping('Address', 'IP')) },
    "Invalid length of '11' for 'EntityMappings'. 'EntityMappings' length should be between '1' and '10'",
  ],
  [
    { entityMappings: [ipMapping('address', 'IP')] },
    "Invalid identifier 'address' for entity type 'IP' encountered. Valid identifiers are: [Address, AddressScope]",
  ],
  [
    { entityMappings: [ipMapping('AddressScope', 'Scope')] },
    "Missing required identifiers in 'EntityMappings' for type 'IP'. Required identifiers are one of the following combinations: Address",
  ],
  [
    { entityMappings: [ipMapping('Address', '1st')] },
    "The ColumnName '1st' is invalid. The value must start with a letter or underscore, and contain only alphanumeric English characters.",
  ],
  [
    {
      entityMappings: [
        {
          entityType: 'IP',
          fieldMappings: [
            { identifier: 'Address', columnName: 'A' },
            { identifier: 'Address', columnName: 'B' },
          ],
        },
      ],
    },
    "Identifier 'Address' is defined multiple times. Identifiers used in 'EntityMappings' must be unique.",
  ],
  [
    { alertDetailsOverride: { alertDisplayNameFormat: '{{A}} {{B}} {{C}} {{D}}' } },
    "You have defined 4 parameters in 'alertDisplayNameFormat'. The maximum allowed is 3.",
  ],
];

function ipMapping(identifier: string, columnName: string): JsonObject {
  return { entityType: 'IP', fieldMappings: [{ identifier, columnName }] };
}

behaviour('texts-known', async () => {
  for (const [properties, message] of known) expect(await refusalOf(scheduledRule(properties))).toBe(message);
});

const unknown: readonly (readonly [JsonObject, string])[] = [
  [{ queryFrequency: 'PT4M' }, "'queryFrequency' should be between PT5M and P14D"],
  [{ queryPeriod: 'P15D' }, "'queryPeriod' should be between PT5M and P14D"],
  [{ queryFrequency: '1h' }, "'queryFrequency' is not a valid ISO 8601 duration: '1h'"],
  [{ suppressionDuration: 'P2D' }, "'suppressionDuration' should be between PT5M and PT24H"],
  [{ triggerThreshold: 10_001 }, "'triggerThreshold' should be between 0 and 10000"],
  [{ displayName: '' }, 'properties.displayName: The length must be between 1 and 256'],
  [{ query: 'x'.repeat(10_001) }, 'properties.query: The length must be between 1 and 10000'],
  [{ description: 'x'.repeat(5_001) }, 'properties.description: The length must be between 0 and 5000'],
  [{ incidentConfiguration: grouping({ lookbackDuration: 'PT4M' }) }, 'lookbackDuration'],
  [{ incidentConfiguration: grouping({ lookbackDuration: '5h' }) }, "The value '5h' must be a duration"],
  [
    { incidentConfiguration: grouping({ matchingMethod: 'Selected', groupByEntities: [] }) },
    'at least one of',
  ],
  [
    { customDetails: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`d${i}`, 'C'])) },
    "length of '21'",
  ],
  [
    {
      entityMappings: [
        {
          entityType: 'Account',
          fieldMappings: ['Name', 'UPNSuffix', 'Sid', 'PUID'].map((identifier) => ({
            identifier,
            columnName: 'C',
          })),
        },
      ],
    },
    "Invalid length of '4' for 'FieldMappings'",
  ],
];

function grouping(change: JsonObject): JsonObject {
  return {
    createIncident: true,
    groupingConfiguration: {
      enabled: true,
      reopenClosedIncident: false,
      lookbackDuration: 'PT5H',
      matchingMethod: 'AllEntities',
      ...change,
    },
  };
}

behaviour('texts-unknown', async () => {
  for (const [properties, part] of unknown)
    expect(await refusalOf(scheduledRule(properties))).toContain(part);
});

test('what an NRT alert rule shares with a Scheduled one is validated under its own name', async () => {
  expect(await refusalOf(nrtRule({ suppressionDuration: 'PT1M' }))).toBe(
    "Invalid Properties for NRT alert rule: 'suppressionDuration' should be between PT5M and PT24H",
  );
});

test('a refused alert rule is not kept', async () => {
  const emulator = createTestEmulator();
  const before = emulator.exportState();
  await call(emulator, 'PUT', path, scheduledRule({ severity: 'Huge' }));
  expect(emulator.exportState()).toEqual(before);
});

behaviour('query-tables', async () => {
  const emulator = createTestEmulator({
    settings: { inspectQuery: () => Promise.resolve({ missingTable: true }) },
  });
  expect(errorOf(await call(emulator, 'PUT', path, scheduledRule()))).toEqual({
    code: 'BadRequest',
    message: 'Failed to run the analytics rule query. One of the tables does not exist.',
  });
});

behaviour('query-columns', async () => {
  const emulator = createTestEmulator({
    settings: { inspectQuery: () => Promise.resolve({ columns: ['IPAddress'] }) },
  });
  const wrong = await call(
    emulator,
    'PUT',
    path,
    scheduledRule({ entityMappings: [ipMapping('Address', 'IpAddress')] }),
  );
  expect(errorOf(wrong).message).toBe(
    "Error in EntityMappings: The given column 'IpAddress' does not exist.",
  );
  const right = await call(
    emulator,
    'PUT',
    path,
    scheduledRule({ entityMappings: [ipMapping('Address', 'IPAddress')] }),
  );
  expect(right.status).toBe(201);
});

behaviour('query-error', async () => {
  const error = { code: 'SEM0100', message: "'where' operator: Failed to resolve column named 'Foo'" };
  const emulator = createTestEmulator({ settings: { inspectQuery: () => Promise.resolve({ error }) } });
  const { message } = errorOf(await call(emulator, 'PUT', path, scheduledRule()));
  const start = 'FailedToResolveScalarExpression; Message: ';
  expect(message.startsWith(start)).toBe(true);
  expect(JSON.parse(message.slice(start.length))).toEqual({
    error: {
      message: 'The request had some invalid properties',
      code: 'BadArgumentError',
      innererror: { code: 'SemanticError', message: 'A semantic error occurred.', innererror: error },
    },
  });
});
