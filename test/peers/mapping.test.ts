/** The peers' mistakes of mapping, a test each. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildScheduledRule } from '../support/build-resources.ts';
import { alertRulesPath, call, createTestEmulator, stable } from '../support/emulator.ts';
import { storeOver } from '../support/scripted-service.ts';
import { sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

/** The first run loads Microsoft's parser. */
const timeout = 60_000;
const file = 'detections/credential-access/failed-sign-ins.yaml';

let folder: TestFolder;
const run = (...argv: readonly string[]): Promise<CliRun> => runCli(argv, { cwd: folder.path });
const state = (): Promise<string> => readFile(join(folder.path, '.kustodian/local.json'), 'utf8');
const setTo = (from: string, to: string): Promise<void> =>
  folder.write(file, scheduledDetection.replace(from, to));

/** The properties that the detection is deployed with. */
async function rendered(text: string): Promise<unknown> {
  await folder.write(file, text);
  const { exitCode, stderr, stdout } = await run('render', file);
  expect([exitCode, stderr]).toEqual([0, '']);
  return (JSON.parse(stdout) as { readonly properties: unknown }).properties;
}

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
}, timeout);
afterEach(() => folder.remove());

test.each(['1h', 'PT1H', '60m', 'PT60M', '01:00:00'])(
  'a duration may be written as %s',
  async (duration) => {
    expect(
      await rendered(scheduledDetection.replace('queryFrequency: 1h', `queryFrequency: "${duration}"`)),
    ).toMatchObject({
      queryFrequency: 'PT1H',
    });
  },
  timeout,
);

test.each([
  ['gt', 'GreaterThan'],
  ['lt', 'LessThan'],
  ['eq', 'Equal'],
  ['ne', 'NotEqual'],
])(
  'the operator %s becomes %s',
  async (operator, name) => {
    expect(
      await rendered(scheduledDetection.replace('triggerOperator: gt', `triggerOperator: ${operator}`)),
    ).toMatchObject({
      triggerOperator: name,
    });
  },
  timeout,
);

test(
  'a text that looks like a duration stays as it is, anywhere but in a duration',
  async () => {
    const text = scheduledDetection
      .replace('!= "0"', '!= "5m"')
      .replace('name: Many failed sign-ins', 'name: 5m');
    expect(await rendered(text)).toMatchObject({
      displayName: '5m',
      query: expect.stringContaining('"5m"') as string,
    });
  },
  timeout,
);

test(
  'an id that is no GUID is refused, and never replaced by a random one',
  async () => {
    await setTo('5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a01', 'not/a guid');
    const found = await run('validate');
    expect(found.exitCode).toBe(1);
    expect(found.stdout).toContain(`${file}:1:`);
  },
  timeout,
);

test('a generally available API version works', async () => {
  const emulator = createTestEmulator();
  const store = storeOver(emulator, { apiVersion: stable });
  await store.put('alertRule', 'r', { ...buildScheduledRule() } as never);
  expect((await call(emulator, 'GET', `${alertRulesPath}/r`, undefined, { apiVersion: stable })).status).toBe(
    200,
  );
});

test(
  'the version of a detection is kept on the workspace',
  async () => {
    await setTo('version: 1.0.0', 'version: 3.2.1');
    await run('deploy');
    expect(await state()).toContain('"version":"3.2.1"');
  },
  timeout,
);

const mappings = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `  - entityType: IP\n    fieldMappings:\n      - identifier: Address\n        columnName: IP${index}\n`,
  ).join('');
const withMappings = (count: number): string =>
  scheduledDetection
    .replace(/entityMappings:[^]*?version/, `entityMappings:\n${mappings(count)}version`)
    .replace(
      '!= "0"',
      `!= "0"\n  | extend ${Array.from({ length: count }, (_, index) => `IP${index} = IPAddress`).join(', ')}`,
    );

test(
  'all ten entity mappings are kept',
  async () => {
    const properties = (await rendered(withMappings(10))) as {
      readonly entityMappings: readonly unknown[];
    };
    expect(properties.entityMappings).toHaveLength(10);
  },
  timeout,
);

test(
  'an eleventh is an error, and is not dropped',
  async () => {
    await folder.write(file, withMappings(11));
    expect((await run('validate')).stdout).toContain('entity-mapping-count');
  },
  timeout,
);

test(
  'a detection that becomes NRT keeps its identity',
  async () => {
    await run('deploy');
    const nrt = scheduledDetection
      .replace('kind: Scheduled', 'kind: NRT')
      .replace(/queryFrequency[^]*?tactics/, 'tactics');
    await folder.write(file, nrt);
    expect((await run('deploy')).stdout).toContain('1 replaced');
    expect((await state()).match(/"contentId":"5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a01"/g)).toHaveLength(1);
    expect((await run('plan')).stdout).toContain('no changes, 2 unchanged');
  },
  timeout,
);

test(
  'durations are compared as durations',
  async () => {
    await folder.write(
      file,
      scheduledDetection
        .replace('queryFrequency: 1h', 'queryFrequency: 5h')
        .replace('queryPeriod: 1h', 'queryPeriod: 10h'),
    );
    expect((await run('validate')).stdout).not.toContain('period-shorter-than-frequency');
    await setTo('queryFrequency: 1h', 'queryFrequency: 10h');
    expect((await run('validate')).stdout).toContain('period-shorter-than-frequency');
  },
  timeout,
);

test(
  'a description in quotes keeps its first and its last character',
  async () => {
    const text = scheduledDetection.replace(/description: .*/, "description: |\n  'Quoted' text and 'more'");
    expect(await rendered(text)).toMatchObject({
      description: expect.stringMatching(/^'Quoted' text and 'more'/) as string,
    });
  },
  timeout,
);

test(
  'enabled and suppression are what the author wrote',
  async () => {
    const text = scheduledDetection.replace(
      'version: 1.0.0',
      'enabled: false\nsuppressionEnabled: true\nsuppressionDuration: 7h\nversion: 1.0.0',
    );
    expect(await rendered(text)).toMatchObject({
      enabled: false,
      suppressionEnabled: true,
      suppressionDuration: 'PT7H',
    });
  },
  timeout,
);

test(
  'a look back of 5H is sent as the service takes it',
  async () => {
    const text = scheduledDetection.replace(
      'version: 1.0.0',
      'incidentConfiguration:\n  createIncident: true\n  groupingConfiguration:\n    enabled: true\n    reopenClosedIncident: false\n    lookbackDuration: 5H\n    matchingMethod: AllEntities\nversion: 1.0.0',
    );
    expect(JSON.stringify(await rendered(text))).toContain('"lookbackDuration":"PT5H"');
  },
  timeout,
);
