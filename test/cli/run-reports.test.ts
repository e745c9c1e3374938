import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
});

afterEach(() => folder.remove());

const read = (file: string): Promise<string> => readFile(join(folder.path, file), 'utf8');
const kept = '.kustodian/reports/local/2026-01-02T03-04-05.678Z.json';

test('a deploy keeps its report, writes those that are asked for, and says what it took', async () => {
  const reports = ['json', 'junit', 'markdown'].flatMap((format) => [
    '--report',
    `${format}=out/run.${format}`,
  ]);
  const run = await runCli(['deploy', ...reports], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 0 });
  expect(run.stdout).toMatch(
    /Deployed to local: 2 created, 1 not ours\n\d+ requests \(\d+ reads, 4 writes\), in \d+\.\d s\n$/,
  );
  expect(run.stderr).toContain(`kept the report of this run in ${kept}\n`);
  expect(await read(kept)).toBe(await read('out/run.json'));
  expect(JSON.parse(await read(kept))).toMatchObject({
    formatVersion: 1,
    verb: 'deploy',
    complete: true,
    workspaces: [
      {
        environment: 'local',
        snapshot: '.kustodian/snapshots/local/2026-01-02T03-04-05.678Z.json',
        summary: { created: 2 },
        traffic: { byMethod: { PUT: 4 }, byClass: { writes: { requests: 4, repeated: 0, throttled: 0 } } },
      },
    ],
  });
  expect(await read('out/run.junit')).toContain('<testsuite name="local" tests="2" failures="0"');
  expect(await read('out/run.markdown')).toContain('### Deployed to local: 2 created');
});

test('the digest in the report is that of the plan that was saved and carried out', async () => {
  const plan = await runCli(['plan', '--out', 'plan.json'], { cwd: folder.path });
  const [digest] = /\b[0-9a-f]{64}\b/.exec(plan.stdout + plan.stderr) ?? [];
  const deploy = ['deploy', '--plan', 'plan.json', '--report', 'json=run.json'];
  expect(await runCli(deploy, { cwd: folder.path })).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(await read('run.json'))).toMatchObject({ workspaces: [{ planDigest: digest }] });
});

test('a run without anything to write keeps no report of its own', async () => {
  await runCli(['deploy'], { cwd: folder.path });
  const before = await readdir(join(folder.path, '.kustodian/reports/local'));
  const run = await runCli(['deploy', '--report', 'json=run.json'], { cwd: folder.path });
  expect(run.stderr).not.toContain('kept the report');
  expect(await readdir(join(folder.path, '.kustodian/reports/local'))).toEqual(before);
  expect(JSON.parse(await read('run.json'))).toMatchObject({
    complete: true,
    workspaces: [{ summary: { applied: 0 } }],
  });
});

test('a rollback reports in the same way', async () => {
  await runCli(['deploy'], { cwd: folder.path });
  await folder.write(
    'detections/credential-access/failed-sign-ins.yaml',
    scheduledDetection.replace('Medium', 'High'),
  );
  await runCli(['deploy'], { cwd: folder.path });
  await runCli(['rollback', '--report', 'json=run.json'], { cwd: folder.path });
  expect(JSON.parse(await read('run.json'))).toMatchObject({ verb: 'rollback', complete: true });
});

test.each(['sarif=x.sarif', 'json', 'json='])(
  '--report %s is refused before anything is done',
  async (value) => {
    const run = await runCli(['deploy', '--report', value], { cwd: folder.path });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('the formats are json, markdown, junit');
  },
);

describe('a run that stops before its first write', () => {
  const asked = ['--report', 'json=run.json', '--report', 'junit=run.xml'];
  const stopped = async (code: string): Promise<void> => {
    expect(JSON.parse(await read('run.json'))).toMatchObject({
      complete: false,
      workspaces: [{ environment: 'local', error: { code } }],
    });
    expect(await read('run.xml')).toContain(code);
  };

  test('since it would change too much leaves the reports that were asked for', async () => {
    const run = await runCli(['deploy', '--max-changes', '1', ...asked], { cwd: folder.path });
    expect(run).toMatchObject({ exitCode: 2 });
    await stopped('limit-exceeded');
  });

  test('since the workspace has changed since the plan does so, too', async () => {
    await runCli(['plan', '--out', 'plan.json'], { cwd: folder.path });
    await runCli(['deploy'], { cwd: folder.path });
    const run = await runCli(['deploy', '--plan', 'plan.json', ...asked], { cwd: folder.path });
    expect(run).toMatchObject({ exitCode: 2 });
    await stopped('plan-outdated');
  });

  test('writes none if it was a dry run', async () => {
    await runCli(['deploy', '--dry-run', '--max-changes', '1', ...asked], { cwd: folder.path });
    await expect(read('run.json')).rejects.toThrow('ENOENT');
  });
});
