import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { localConfig, sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

/** The first run loads Microsoft's parser. */
const timeout = 60_000;
const detection = 'detections/credential-access/failed-sign-ins.yaml';
const snapshots = '.kustodian/snapshots/local';
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
  await run('deploy');
}, timeout);

afterEach(() => folder.remove());

function run(...argv: readonly string[]): Promise<CliRun> {
  return runCli(argv, { cwd: folder.path });
}

test('an update is undone, and the next deploy does it again', async () => {
  await folder.write(detection, scheduledDetection.replace('Medium', 'High'));
  await run('deploy');
  const rolledBack = await run('rollback');
  expect(rolledBack).toMatchObject({ exitCode: 0 });
  expect(rolledBack.stdout).toContain('severity: "High" → "Medium"');
  const plan = await run('plan');
  expect(plan.stdout).toContain('severity: "Medium" → "High"');
});

test('what was created is deleted, and nothing else', async () => {
  const rolledBack = await run('rollback');
  expect(rolledBack.stdout).toContain('2 to delete');
  expect(rolledBack.stdout).toContain('was not there before the deploy that is rolled back');
  expect(rolledBack.stdout).toContain(`${detection}\n`);
  expect(rolledBack.stdout).not.toContain('no longer described');
  expect(rolledBack.stdout).toContain('Rolled back in local: 2 deleted');
  const plan = await run('plan');
  expect(plan.stdout).toContain('2 to create');
});

test('what was deleted comes back', async () => {
  await rm(join(folder.path, detection));
  await run('deploy', '--prune');
  expect((await run('rollback')).stdout).toContain('+ create alert rule "Many failed sign-ins"');
  await folder.write(detection, scheduledDetection);
  expect((await run('plan')).stdout).toContain('no changes, 2 unchanged');
});

test('a deploy that changes nothing keeps no snapshot', async () => {
  await rm(join(folder.path, snapshots), { recursive: true });
  await run('deploy');
  await expect(readdir(join(folder.path, snapshots))).rejects.toThrow('ENOENT');
  const nothing = await run('rollback');
  expect(nothing).toMatchObject({ exitCode: 2 });
  expect(nothing.stderr).toContain('there is no snapshot of environment "local"');
});

test('the guards of a deploy hold for a rollback', async () => {
  const refused = await run('rollback', '--max-deletes', '1');
  expect(refused).toMatchObject({ exitCode: 2 });
  expect(refused.stderr).toContain('--max-deletes 2');
  expect(await run('rollback', '--dry-run')).toMatchObject({ exitCode: 0 });
  expect((await run('plan')).stdout).toContain('no changes, 2 unchanged');
});

test('a snapshot that is given by its file is taken, if it is of this target', async () => {
  const [name] = await readdir(join(folder.path, snapshots));
  expect(name).toBe('2026-01-02T03-04-05.678Z.json');
  const text = await readFile(join(folder.path, snapshots, name!), 'utf8');
  await folder.write('kept.json', text);
  expect((await run('rollback', 'kept.json', '--dry-run')).stdout).toContain('2 to delete');
  await folder.write('kept.json', text.replace('"owner": "tests"', '"owner": "others"'));
  expect(await run('rollback', 'kept.json')).toMatchObject({ exitCode: 2 });
  await folder.write('kept.json', '{}');
  expect((await run('rollback', 'kept.json')).stderr).toContain('state-damaged');
  await folder.write('kustodian.yaml', localConfig.replace('local\n', 'local\n    workspace: other\n'));
  expect((await run('rollback')).stderr).toContain('the snapshot is of');
});
