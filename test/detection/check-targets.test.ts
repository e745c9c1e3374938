import { findEnvironment, loadConfig } from '../../src/detection/load-config.ts';
import type { Config } from '../../src/detection/config.ts';

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

test('two environments of one workspace are refused with both lines: a deploy to one would undo that to the other', () => {
  const staging = address.replace('law-sentinel', 'LAW-Sentinel');
  const text = `owner: a\nenvironments:\n  production:${address}\n  staging:${staging}\n`;
  const { config, diagnostics } = load(text);
  expect(config).toBeUndefined();
  expect(diagnostics).toMatchObject([
    {
      code: 'invalid-value',
      severity: 'error',
      message:
        'environment "staging" is the same workspace as environment "production" in line 3: a deploy to one would undo that to the other',
      span: { start: { line: 7 } },
    },
  ]);
});

test('one of many workspaces is not the workspace of another environment either', () => {
  const many = `  customers:\n    workspaces:\n      - name: contoso${address.replaceAll('\n', '\n    ')}\n`;
  const { config, diagnostics } = load(`owner: a\nenvironments:\n  staging:${address}\n${many}`);
  expect(config).toBeUndefined();
  expect(diagnostics.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^workspace "customers\/contoso" is the same workspace as environment "staging" in line 3/,
    ),
  ]);
});

test('embedded workspaces have a state for each environment, so their addresses may be the same', () => {
  expect(
    loadValid('owner: a\nenvironments: { local: { cloud: local }, trial: { cloud: local } }\n').environments
      .size,
  ).toBe(2);
});

describe('an endpoint', () => {
  const endpoint = (url: string, rest = 'cloud: local'): string =>
    `owner: a\nenvironments:\n  trial: { ${rest}, endpoint: '${url}' }\n`;

  test.each([
    'http://127.0.0.1:8080',
    'http://localhost:8080',
    'https://localhost:8443',
    'http://[::1]:8080',
  ])('is on this machine, as %s is', (url) => {
    expect(findEnvironment(loadValid(endpoint(url)), 'trial').endpoint).toBe(url);
  });

  test.each([
    'http://emulator.example:8080',
    'https://emulator.example',
    'http://127.0.0.1.example:8080',
    'http://localhost@emulator.example',
    'http://127.0.0.1:8080/path',
    'ftp://127.0.0.1',
    '127.0.0.1:8080',
  ])('is refused anywhere else, as %s is', (url) => {
    const { config, diagnostics } = load(endpoint(url));
    expect(config).toBeUndefined();
    expect(diagnostics[0]?.message).toContain(
      'is not the address of a workspace that is served on this machine',
    );
  });

  test('is refused for a cloud of Azure, whose credentials go nowhere else', () => {
    const azure = `subscriptionId: 4be00c7c-50a4-46d4-a8f5-4a4c84e9d6f4, resourceGroup: rg, workspace: law-sentinel`;
    const { config, diagnostics } = load(endpoint('http://127.0.0.1:8080', azure));
    expect(config).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { message: 'an endpoint is for an environment with "cloud: local" only', span: { start: { line: 3 } } },
    ]);
  });
});
