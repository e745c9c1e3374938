import { findEnvironment, findTargets, loadConfig } from '../../src/detection/load-config.ts';
import { targetName, type Config } from '../../src/detection/config.ts';
import { defaultApiVersion } from '../../src/sentinel/api-versions.ts';

function load(text: string): ReturnType<typeof loadConfig> {
  return loadConfig('kustodian.yaml', new TextEncoder().encode(text));
}

function loadValid(text: string): Config {
  const { config, diagnostics } = load(text);
  expect(diagnostics).toEqual([]);
  if (config === undefined) throw new Error('no config');
  return config;
}

const address = `
    subscriptionId: 4be00c7c-50a4-46d4-a8f5-4a4c84e9d6f4
    resourceGroup: rg-sentinel
    workspace: law-sentinel`;

test('a minimal configuration has every default', () => {
  const config = loadValid('owner: contoso-soc\nenvironments:\n  local:\n    cloud: local\n');
  expect(config.owner).toBe('contoso-soc');
  expect(config.detections).toBe('detections');
  expect(config.environments.get('local')).toEqual({
    name: 'local',
    cloud: 'local',
    isProtected: false,
    prune: 'delete',
    limits: {},
    subscriptionId: '00000000-0000-0000-0000-000000000000',
    resourceGroup: 'local',
    workspace: 'local',
    apiVersion: defaultApiVersion,
    select: [],
    exclude: [],
    overrides: [],
    parameters: {},
    source: {
      file: 'kustodian.yaml',
      pointer: '/environments/local',
      spanOf: expect.any(Function) as unknown,
    },
  });
});

test('everything that can be written comes out in one spelling', () => {
  const config = loadValid(`
owner: contoso-soc
detections: ./content/detections/
environments:
  staging:
    cloud: usgov
    tenantId: contoso.onmicrosoft.us${address}
    credential: github-oidc
    apiVersion: 2025-09-01
    select: { status: stable, tag: [windows, linux] }
    exclude:
      - path: content/detections/old/**
      - severity: Informational
    overrides:
      - select: { id: [a, b] }
        reason: noisy here
        set:
          enabled: false
          severity: Low
          queryFrequency: 15m
          queryPeriod: 01:00:00
          triggerOperator: gt
          triggerThreshold: 3
          suppressionEnabled: true
          suppressionDuration: 24h
          incidentConfiguration:
            createIncident: true
            groupingConfiguration:
              enabled: true
              lookbackDuration: 5H
              matchingMethod: AnyAlert
              groupByEntities: [Account]
          parameters: { limit: 5 }
      - select: { kind: Hunting }
        set: { triggerOperator: NotEqual }
    parameters: { allowed: [a, b], window: 1h }
`);
  expect(config.detections).toBe('content/detections');
  expect(config.environments.get('staging')).toMatchObject({
    cloud: 'usgov',
    tenantId: 'contoso.onmicrosoft.us',
    credential: 'github-oidc',
    subscriptionId: '4be00c7c-50a4-46d4-a8f5-4a4c84e9d6f4',
    resourceGroup: 'rg-sentinel',
    workspace: 'law-sentinel',
    apiVersion: '2025-09-01',
    select: [{ status: ['stable'], tag: ['windows', 'linux'] }],
    exclude: [{ path: ['content/detections/old/**'] }, { severity: ['Informational'] }],
    overrides: [
      {
        select: { id: ['a', 'b'] },
        reason: 'noisy here',
        set: {
          enabled: false,
          severity: 'Low',
          queryFrequency: 'PT15M',
          queryPeriod: 'PT1H',
          triggerOperator: 'GreaterThan',
          triggerThreshold: 3,
          suppressionEnabled: true,
          suppressionDuration: 'P1D',
          incidentConfiguration: {
            createIncident: true,
            groupingConfiguration: {
              enabled: true,
              lookbackDuration: 'PT5H',
              matchingMethod: 'AnyAlert',
              groupByEntities: ['Account'],
            },
          },
          parameters: { limit: 5 },
        },
      },
      { select: { kind: ['Hunting'] }, set: { triggerOperator: 'NotEqual' } },
    ],
    parameters: { allowed: ['a', 'b'], window: '1h' },
  });
});

test('items left empty count for nothing, and the overrides after one keep their places', () => {
  const environment = findEnvironment(
    loadValid(`
owner: a
environments:
  local:
    cloud: local
    select: [{ tag: [windows, ] }, ]
    exclude:
      -
    overrides:
      -
      - { select: {}, set: { enabled: false } }
`),
    'local',
  );
  expect(environment.select).toEqual([{ tag: ['windows'] }]);
  expect(environment.exclude).toEqual([]);
  expect(environment.overrides).toEqual([
    { select: {}, set: {} },
    { select: {}, set: { enabled: false } },
  ]);
});

test('an environment can point at what it was read from', () => {
  const environment = findEnvironment(
    loadValid(`owner: a\nenvironments:\n  staging:${address}\n    parameters:\n      limit: 5\n`),
    'staging',
  );
  const { start } = environment.source.spanOf(`${environment.source.pointer}/parameters/limit`);
  expect(start).toMatchObject({ line: 8, column: 14 });
});

test.each([
  ['owner: a b', 1, '"a b" is not an owner id'],
  [`owner: ${'a'.repeat(65)}`, 1, 'is not an owner id'],
  ['owner: a\ndetections: ../detections', 2, '"../detections" is not a folder below the repository root'],
  ['owner: a\ndetections: /srv/detections', 2, 'is not a folder below the repository root'],
  ['owner: a\ndetections: C:\\detections', 2, 'is not a folder below the repository root'],
])('%j is refused', (head, line, message) => {
  const { config, diagnostics } = load(`${head}\nenvironments: { local: { cloud: local } }\n`);
  expect(config).toBeUndefined();
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]).toMatchObject({
    severity: 'error',
    file: 'kustodian.yaml',
    span: { start: { line } },
  });
  expect(diagnostics[0]?.message).toContain(message);
  expect(diagnostics[0]?.hint).toBeDefined();
});

test.each([
  ['subscriptionId', 'my subscription', '"my subscription" is not the id of a subscription'],
  ['resourceGroup', 'rg/sentinel', '"rg/sentinel" is not the name of a resource group'],
  ['resourceGroup', 'rg.', '"rg." is not the name of a resource group'],
  ['workspace', '/subscriptions/x/workspaces/law', 'is not the name of a workspace'],
  ['workspace', 'law', '"law" is not the name of a workspace'],
  ['tenantId', 'contoso', '"contoso" is not a tenant'],
  ['apiVersion', "'2025-02-30'", '"2025-02-30" is not an api-version'],
])('an environment whose %s is %s is refused at its line', (key, value, message) => {
  const environment =
    `${address}\n    tenantId: 72f988bf-86f1-41af-91ab-2d7cd011db47\n    apiVersion: 2025-09-01`
      .split('\n')
      .map((line) => (line.trim().startsWith(`${key}:`) ? `    ${key}: ${value}` : line))
      .join('\n');
  const { config, diagnostics } = load(`owner: a\nenvironments:\n  staging:${environment}\n`);
  expect(config).toBeUndefined();
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.message).toContain(message);
  expect(diagnostics[0]?.span?.start.line).toBe(
    3 + environment.split('\n').findIndex((line) => line.includes(`${key}:`)),
  );
});

test.each([
  ['no environment', 'owner: a\n'],
  ['environments that are none', 'owner: a\nenvironments: {}\n'],
  ['an environment of nothing', 'owner: a\nenvironments:\n  staging:\n'],
  ['no owner', 'environments: { local: { cloud: local } }\n'],
  ['a workspace without an address', 'owner: a\nenvironments: { staging: { cloud: public } }\n'],
  ['an unknown cloud', 'owner: a\nenvironments: { staging: { cloud: germany } }\n'],
  ['an unknown credential', 'owner: a\nenvironments: { local: { cloud: local, credential: default } }\n'],
  ['a misspelt key', 'owner: a\nenvironments: { local: { cloud: local, exlude: { status: stable } } }\n'],
  [
    'a selector with a key that is not known',
    'owner: a\nenvironments: { local: { cloud: local, select: { department: soc } } }\n',
  ],
  ['a name that leaves the state folder', 'owner: a\nenvironments: { ../x: { cloud: local } }\n'],
  [
    'a duration that is none',
    'owner: a\nenvironments: { local: { cloud: local, overrides: [{ select: {}, set: { queryPeriod: 5 hours } }] } }\n',
  ],
  ['a list', '- a\n'],
  ['text', 'owner'],
  ['nothing', ''],
  ['broken YAML', 'owner: [a\n'],
])('%s is refused', (_, text) => {
  const { config, diagnostics } = load(text);
  expect(config).toBeUndefined();
  expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
});

test('an unknown cloud is the only mistake of an environment that says nothing else', () => {
  const { diagnostics } = load('owner: a\nenvironments: { staging: { cloud: germany } }\n');
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.message).toContain('germany');
});

describe('findEnvironment', () => {
  const config = loadConfig(
    'kustodian.yaml',
    new TextEncoder().encode(
      'owner: a\nenvironments: { local: { cloud: local }, staging: { cloud: local } }\n',
    ),
  ).config as Config;

  test('finds an environment by its name', () => {
    expect(findEnvironment(config, 'staging').name).toBe('staging');
  });

  test.each([
    ['stagng', 'did you mean "staging"?'],
    ['xyz', 'its environments are local, staging'],
    ['constructor', 'its environments are local, staging'],
  ])('refuses "%s" with a remedy', (name, hint) => {
    expect(() => findEnvironment(config, name)).toThrow(
      expect.objectContaining({
        code: 'environment-unknown',
        message: `"${name}" is no environment of kustodian.yaml`,
        hint,
      }) as Error,
    );
  });
});

test('severities and the baseline are read, with their places', () => {
  const config = loadValid(
    'owner: a\nenvironments: { local: { cloud: local } }\nchecks:\n  id-not-guid: OFF\nbaseline: ./known/base.json\n',
  );
  expect([...config.checks]).toEqual([['id-not-guid', 'off']]);
  expect(config.baseline).toBe('known/base.json');
  expect(config.source.spanOf('/checks/id-not-guid', 'key').start).toMatchObject({ line: 4, column: 3 });
});

test.each(['', 'checks:\n'])('without severities there are none: %j', (lines) => {
  const config = loadValid(`owner: a\nenvironments: { local: { cloud: local } }\n${lines}`);
  expect([config.checks.size, config.baseline]).toEqual([0, undefined]);
});

describe('an environment of many workspaces', () => {
  const many = (workspaces: string, rest = ''): string =>
    `owner: contoso-soc\nenvironments:\n  customers:\n    protected: true\n    tenantId: contoso.com\n${rest}    workspaces:\n${workspaces}`;
  const one = (name: string, more = ''): string =>
    `      - name: ${name}\n        subscriptionId: 4be00c7c-50a4-46d4-a8f5-4a4c84e9d6f4\n        resourceGroup: rg\n        workspace: law-${name}\n${more}`;
  const rest = `    parameters: { threshold: 1, days: 7 }\n    overrides:\n      - select: { severity: High }\n        set: { enabled: false }\n`;

  test('is one target each, with its own values over the shared ones', () => {
    const own =
      '        tenantId: fabrikam.com\n        parameters: { days: 14 }\n        overrides:\n          - select: { severity: Low }\n            set: { enabled: false }\n';
    const config = loadValid(many(one('contoso') + one('fabrikam', own), rest));
    expect([...config.environments.keys()]).toEqual(['customers/contoso', 'customers/fabrikam']);
    expect(findTargets(config, 'customers').map(targetName)).toEqual([...config.environments.keys()]);
    expect(findEnvironment(config, 'customers/contoso')).toMatchObject({
      name: 'customers',
      member: 'contoso',
      isProtected: true,
      tenantId: 'contoso.com',
      workspace: 'law-contoso',
      parameters: { threshold: 1, days: 7 },
    });
    const fabrikam = findEnvironment(config, 'customers/fabrikam');
    expect(fabrikam).toMatchObject({ tenantId: 'fabrikam.com', parameters: { threshold: 1, days: 14 } });
    expect(fabrikam.overrides).toHaveLength(2);
  });

  test('points at each value where it is written', () => {
    const own =
      '        parameters: { days: 14 }\n        overrides:\n          - select: { severity: Low }\n            set: { enabled: false }\n';
    const text = many(one('contoso', own), rest);
    const { source } = findEnvironment(loadValid(text), 'customers/contoso');
    const lineOf = (pointer: string): string | undefined =>
      text.split('\n')[source.spanOf(`${source.pointer}${pointer}`).start.line - 1]?.trim();
    expect(lineOf('/parameters/threshold')).toBe('parameters: { threshold: 1, days: 7 }');
    expect(lineOf('/parameters/days')).toBe('parameters: { days: 14 }');
    expect(lineOf('/overrides/0/select/severity')).toBe('- select: { severity: High }');
    expect(lineOf('/overrides/1/select/severity')).toBe('- select: { severity: Low }');
    expect(lineOf('/workspace')).toBe('workspace: law-contoso');
  });

  test.each([
    [
      'two of one name',
      one('contoso') + one('Contoso'),
      'workspace "Contoso" differs from "contoso" in case only',
    ],
    [
      'two of one address',
      one('contoso') + one('fabrikam').replace('law-fabrikam', 'LAW-contoso'),
      'workspace "customers/fabrikam" is the same workspace as workspace "customers/contoso" in line',
    ],
    ['one without an address', '      - name: contoso\n', 'workspace "contoso" has no subscriptionId'],
    [
      'a value that is none',
      one('contoso').replace('law-contoso', 'x'),
      '"x" is not the name of a workspace',
    ],
    ['none', '      []\n', 'workspaces'],
  ])('is refused with %s', (_, workspaces, said) => {
    const { config, diagnostics } = load(many(workspaces));
    expect(config).toBeUndefined();
    expect(diagnostics.map(({ message }) => message).join('\n')).toContain(said);
  });

  test('is not to be taken for one workspace', () => {
    const config = loadValid(many(one('contoso') + one('fabrikam')));
    const stopped = expect.objectContaining({
      hint: expect.stringContaining('customers/contoso') as unknown,
    }) as Error;
    expect(() => findEnvironment(config, 'customers')).toThrow('has 2 workspaces');
    expect(() => findEnvironment(config, 'customers')).toThrow(stopped);
    expect(() => findTargets(config, 'customers', 'contos')).toThrow('has no workspace "contos"');
    expect(findTargets(config, 'customers', 'contoso')).toHaveLength(1);
  });
});

test('environments whose names differ in case only are refused: on many disks they would share their files', () => {
  const { config, diagnostics } = load(
    'owner: contoso-soc\nenvironments:\n  local:\n    cloud: local\n  Local:\n    cloud: local\n',
  );
  expect(config).toBeUndefined();
  expect(diagnostics).toMatchObject([
    {
      code: 'invalid-value',
      message: 'environment "Local" differs from "local" in case only',
      span: { start: { line: 5 } },
    },
  ]);
});
