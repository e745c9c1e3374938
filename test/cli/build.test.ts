import { createHash } from 'node:crypto';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { huntingQuery, localConfig, sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

const scheduledFile = 'detections/credential-access/failed-sign-ins.json';
const huntingFile = 'detections/initial-access/new-countries.json';
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder({
    ...sampleProject,
    'kustodian.yaml': `${localConfig}  staging:
    subscriptionId: 00000000-0000-0000-0000-000000000002
    resourceGroup: rg
    workspace: law-staging
    apiVersion: 2025-07-01-preview
    overrides:
      - select: { kind: Scheduled }
        set: { severity: High }
`,
  });
});

afterEach(() => folder.remove());

const build = (env = 'staging'): Promise<CliRun> =>
  runCli(['build', '--env', env, '--out', 'out'], { cwd: folder.path });
const read = (file: string): Promise<string> => readFile(join(folder.path, 'out', file), 'utf8');
const readJson = async (file: string): Promise<unknown> => JSON.parse(await read(file));

async function filesIn(path = 'out'): Promise<readonly string[]> {
  const entries = await readdir(join(folder.path, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder.path, path).length + 1))
    .sort();
}

const all = ['combined-1.json', scheduledFile, huntingFile, 'index.json'];

test('a build writes a template a detection, one of all, and what it wrote', async () => {
  const run = await build();
  expect(run).toMatchObject({
    exitCode: 0,
    stdout: 'wrote 2 templates of one detection and 1 of all to out\n',
    stderr: '2 detections for environment staging\n',
  });
  expect(await filesIn()).toEqual(all);
  expect(await readJson(scheduledFile)).toMatchObject({
    contentVersion: '1.0.0.0',
    parameters: { workspace: { defaultValue: 'law-staging' } },
    resources: [
      { apiVersion: '2025-07-01-preview', properties: { source: { sourceId: 'tests' } } },
      { apiVersion: '2025-07-01-preview', kind: 'Scheduled', properties: { severity: 'High' } },
    ],
  });
  expect(await readJson('index.json')).toEqual({
    generator: 'kustodian build',
    formatVersion: 1,
    environment: 'staging',
    files: await Promise.all(
      [scheduledFile, huntingFile, 'combined-1.json'].map(async (path) => ({
        path,
        sha256: createHash('sha256')
          .update(await read(path))
          .digest('hex'),
        detections: expect.any(Array) as string[],
      })),
    ),
  });
});

test('a second build changes no byte', async () => {
  await build();
  const before = await Promise.all(all.map(read));
  await build();
  expect(await Promise.all(all.map(read))).toEqual(before);
});

test('nothing names the subscription, the tenant or the resource group', async () => {
  await build();
  for (const file of await filesIn()) {
    expect(await read(file)).not.toMatch(/00000000-0000-0000-0000-000000000002|"rg"|subscriptions/);
  }
});

test('what is no longer described is removed, and nothing that was not built', async () => {
  await build();
  await folder.write('out/detections/initial-access/notes.json', '{}');
  await folder.write('out/README.md', 'mine');
  await rm(join(folder.path, 'detections/initial-access/new-countries.yaml'));
  const run = await build();
  expect(run.stderr).toContain(`removed ${huntingFile}, which is no longer described\n`);
  expect(await filesIn()).toEqual([
    'README.md',
    'combined-1.json',
    scheduledFile,
    'detections/initial-access/notes.json',
    'index.json',
  ]);
});

test('a template that someone changed after the build is kept when it is no longer described', async () => {
  await build();
  await folder.write(`out/${huntingFile}`, '{"mine":true}');
  await rm(join(folder.path, 'detections/initial-access/new-countries.yaml'));
  const run = await build();
  expect(run.stderr).toContain(`kept ${huntingFile}: it was changed after it was built\n`);
  expect(await read(huntingFile)).toBe('{"mine":true}');
});

test('a manifest cannot have files outside the folder removed', async () => {
  const victim = 'victim';
  const sha256 = createHash('sha256').update(victim).digest('hex');
  const paths = [
    '../victim.json',
    'detections/../../victim.json',
    join(folder.path, 'victim.json'),
    'x.json',
  ];
  await folder.write('victim.json', victim);
  await folder.write('out/x.json', victim);
  await folder.write(
    'out/index.json',
    JSON.stringify({
      generator: 'kustodian build',
      files: [...paths.map((path) => ({ path, sha256 })), null, { path: 7 }, 'detections/a.json'],
    }),
  );
  expect(await build()).toMatchObject({ exitCode: 0 });
  expect(await readFile(join(folder.path, 'victim.json'), 'utf8')).toBe(victim);
  expect(await read('x.json')).toBe(victim);
});

test.each(['{"name":"a web page"}', 'not JSON', '[]', '{"generator":"kustodian build"}'])(
  'a folder whose index.json is %j is not written to',
  async (content) => {
    await folder.write('out/index.json', content);
    const run = await build();
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('"out/index.json" was not written by kustodian build');
    expect(await filesIn()).toEqual(['index.json']);
    expect(await read('index.json')).toBe(content);
  },
);

test('with an error in any detection nothing is written, and the earlier build stays', async () => {
  await build();
  await writeFile(
    join(folder.path, 'detections/initial-access/new-countries.yaml'),
    huntingQuery.replace('query:', 'qeury:'),
  );
  const before = await Promise.all(all.map(read));
  const run = await build();
  expect(run).toMatchObject({ exitCode: 1, stdout: '' });
  expect(run.stderr).toContain('detections/initial-access/new-countries.yaml:');
  expect(run.stderr).toContain('nothing was done, since the detections have errors');
  expect(await Promise.all(all.map(read))).toEqual(before);
});

test('an override that makes a detection wrong in the environment stops its build only', async () => {
  await folder.write(
    'detections/credential-access/failed-sign-ins.yaml',
    scheduledDetection.replace('kind: Scheduled', 'kind: NRT').replace(/^(query[FP]|trigger).*\n/gm, ''),
  );
  const config = await readFile(join(folder.path, 'kustodian.yaml'), 'utf8');
  await folder.write('kustodian.yaml', config.replace('2025-07-01-preview', '2025-09-01'));
  expect(await build('staging')).toMatchObject({ exitCode: 1, stdout: '' });
  await expect(filesIn()).rejects.toThrow('ENOENT');
  expect(await build('local')).toMatchObject({ exitCode: 0 });
});

test.each([
  ['without --env', ['build', '--out', 'out'], '--env'],
  ['without --out', ['build', '--env', 'staging'], '--out'],
  ['where --out is empty', ['build', '--env', 'staging', '--out', ''], '--out names no folder'],
  ['for an unknown environment', ['build', '--env', 'stagign', '--out', 'out'], 'did you mean "staging"?'],
  ['where --out is a file', ['build', '--env', 'staging', '--out', 'kustodian.yaml'], 'kustodian.yaml'],
])('a build %s ends in 2 and writes nothing', async (_name, argv, said) => {
  const filesOfProject = async (): Promise<readonly string[]> =>
    (await filesIn('.')).filter((file) => !file.startsWith('.kustodian/'));
  const before = await filesOfProject();
  const run = await runCli(argv, { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain(said);
  expect(await filesOfProject()).toEqual(before);
});
