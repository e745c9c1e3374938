/** @jest-environment ./test/support/kusto-environment.js */
import { readFile } from 'node:fs/promises';
import { sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

const file = 'detections/credential-access/failed-sign-ins.yaml';
const untidy = scheduledDetection.replace('  SigninLogs\n  | where', '  SigninLogs|where');
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
});

afterEach(() => folder.remove());

function read(): Promise<string> {
  return readFile(`${folder.path}/${file}`, 'utf8');
}

test('what is laid out already stays as it is', async () => {
  const run = await runCli(['fmt'], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 0, stdout: '', stderr: '2 files: 0 formatted\n' });
});

test('a query is formatted in place, and its file is named', async () => {
  await folder.write(file, untidy);
  const run = await runCli(['fmt'], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 0, stdout: `${file}\n`, stderr: '2 files: 1 formatted\n' });
  expect(await read()).toBe(scheduledDetection);
});

test('with --check nothing is written, and the exit code says so', async () => {
  await folder.write(file, untidy);
  const run = await runCli(['fmt', '--check'], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 1, stdout: `${file}\n`, stderr: '2 files: 1 would be formatted\n' });
  expect(await read()).toBe(untidy);
});

test('a query with a syntax error is left alone and named, the others are formatted', async () => {
  await folder.write(file, untidy);
  const broken = scheduledDetection.replace('ResultType != "0"', 'ResultType != "0');
  await folder.write('detections/broken.yaml', broken);
  const run = await runCli(['fmt'], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 1, stdout: `${file}\n` });
  expect(run.stderr).toContain(
    'error: detections/broken.yaml is left alone, since its query has a syntax error',
  );
  expect(await readFile(`${folder.path}/detections/broken.yaml`, 'utf8')).toBe(broken);
});

test('a query that is no block is noted, which is no failure', async () => {
  await folder.write(file, untidy.replace(/query: \|\n {2}(.*)\n/, "query: '$1'\n"));
  const run = await runCli(['fmt', '--check'], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 0, stdout: '' });
  expect(run.stderr).toContain(`note: ${file} is left alone, since its query is not written as a block`);
});

test('paths choose files, and tests beside detections are none of them', async () => {
  await folder.write(file, untidy);
  await folder.write('detections/initial-access/new-countries.tests.yaml', 'query: |\n  T|take 1\n');
  const run = await runCli(['fmt', 'detections/initial-access'], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 0, stdout: '', stderr: '1 file: 0 formatted\n' });
});

test('a file that cannot be written is one clear error', async () => {
  await folder.write(file, untidy);
  const run = await runCli(['fmt'], {
    cwd: folder.path,
    wrapFileSystem: (fs) => ({
      ...fs,
      writeFileAtomic: (path) => fs.writeFileAtomic(`kustodian.yaml/${path}`, ''),
    }),
  });
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toMatch(/^error: cannot write "/);
});

test('an interruption stops before the next file', async () => {
  await folder.write(file, untidy);
  const run = await runCli(['fmt'], { cwd: folder.path, signal: AbortSignal.abort() });
  expect(run).toMatchObject({ exitCode: 1, stdout: '' });
  expect(await read()).toBe(untidy);
});
