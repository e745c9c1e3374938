import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

/** The first run loads Microsoft's parser. */
const timeout = 60_000;
const statePath = '.kustodian/local.json';
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
  await run('deploy');
}, timeout);

afterEach(() => folder.remove());

function run(...argv: readonly string[]): Promise<CliRun> {
  return runCli(argv, { cwd: folder.path });
}

async function edit(from: string, to: string): Promise<void> {
  const state = await readFile(join(folder.path, statePath), 'utf8');
  expect(state).toContain(from);
  await folder.write(statePath, state.replace(from, to));
}

test('there is none after a deploy, nor by a change that is only here', async () => {
  expect(await run('drift')).toMatchObject({ exitCode: 0 });
  await folder.write(
    'detections/credential-access/failed-sign-ins.yaml',
    scheduledDetection.replace('Medium', 'High'),
  );
  expect(await run('drift')).toMatchObject({ exitCode: 0 });
});

test('an edit is named by its field, and the exit code is 1, until a deploy has undone it', async () => {
  await edit('"severity":"Medium"', '"severity":"Low"');
  const found = await run('drift');
  expect(found).toMatchObject({ exitCode: 1 });
  expect(found.stdout).toContain('edited: alert rule "Many failed sign-ins"');
  expect(found.stdout).toContain('severity (edited in the workspace): "Low" → "Medium"');
  await run('deploy');
  expect(await run('drift')).toMatchObject({ exitCode: 0 });
});

test('detections with errors are no basis to judge by', async () => {
  await folder.write('detections/broken.yaml', 'id: x\n  name: y\n');
  const stopped = await run('drift');
  expect(stopped).toMatchObject({ exitCode: 1, stdout: '' });
});
