/** @jest-environment ./test/support/kusto-environment.js */
import { rm } from 'node:fs/promises';
import { runGit } from '../../src/cli/run-git.ts';
import { sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

const broken = scheduledDetection.replace('queryPeriod: 1h', 'queryPeriod: 5m');
const old = 'detections/old.yaml';
const added = 'detections/new ünïcode.yaml';
let folder: TestFolder;

async function git(...args: readonly string[]): Promise<string> {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
  const { exitCode, stdout, stderr } = await runGit([...identity, ...args], folder.path);
  if (exitCode !== 0) throw new Error(stderr);
  return stdout.trim();
}

async function commit(): Promise<void> {
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'a change');
}

function validate(...args: readonly string[]) {
  return runCli(['validate', ...args], { cwd: folder.path });
}

beforeEach(async () => {
  folder = await createTestFolder({ ...sampleProject, [old]: broken.replace(/8f1a01/, '8f1a03') });
  await git('init', '--quiet', '--initial-branch', 'main');
  await commit();
  await git('switch', '--quiet', '--create', 'topic');
});

afterEach(() => folder.remove());

test('without changes, nothing is reported: what is wrong is as it was', async () => {
  expect(await validate()).toMatchObject({ exitCode: 1 });
  expect(await validate('--changed-since', 'main')).toMatchObject({
    exitCode: 0,
    stdout: '',
    stderr: '0 of 3 files have changed; environments: local\n',
  });
});

test.each([
  ['committed', () => commit()],
  ['staged', () => git('add', '--all')],
  ['not known to git yet', () => Promise.resolve()],
])('a new file that is %s is reported on, and no other', async (_, record) => {
  await folder.write(added, broken.replace(/8f1a01/, '8f1a04'));
  await record();
  const { exitCode, stdout, stderr } = await validate('--changed-since', 'main');
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`${added}:11:14: error period-shorter-than-frequency`);
  expect(stdout).not.toContain(old);
  expect(stderr).toBe('1 of 4 files have changed; environments: local\n');
});

test('what came to the other branch meanwhile is not a change of this one', async () => {
  await git('switch', '--quiet', 'main');
  await folder.write(added, broken.replace(/8f1a01/, '8f1a04'));
  await commit();
  await git('switch', '--quiet', 'topic');
  expect(await validate('--changed-since', 'main')).toMatchObject({ exitCode: 0, stdout: '' });
});

test('a changed file that clashes with another is found, whichever of the two is named', async () => {
  await folder.write('detections/a.yaml', scheduledDetection);
  const { exitCode, stdout } = await validate('--changed-since', 'main');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('error duplicate-id');
});

test('a deleted file is no changed one', async () => {
  await rm(`${folder.path}/${old}`);
  const { exitCode, stderr } = await validate('--changed-since', 'main');
  expect(exitCode).toBe(0);
  expect(stderr).toContain('0 of 2 files have changed');
});

test('a change of kustodian.yaml means everything', async () => {
  await folder.write('kustodian.yaml', `${sampleProject['kustodian.yaml']}# changed\n`);
  expect((await validate('--changed-since', 'main')).stdout).toContain(`${old}:11:14: error`);
});

test('from a folder below the root it is the same', async () => {
  await folder.write(added, broken.replace(/8f1a01/, '8f1a04'));
  const run = await runCli(['validate', '--changed-since', 'main'], { cwd: `${folder.path}/detections` });
  expect(run.stdout).toContain(`${added}:11:14`);
});

test('a project in a folder of a larger repository has its own paths', async () => {
  const text = broken.replace(/8f1a01/, '8f1a04');
  await folder.write('sub/kustodian.yaml', sampleProject['kustodian.yaml']);
  await commit();
  await folder.write('sub/detections/x.yaml', text);
  const run = await runCli(['validate', '--changed-since', 'HEAD'], { cwd: `${folder.path}/sub` });
  expect(run.stdout).toContain('detections/x.yaml:11:14: error');
  expect(run.stderr).toBe('1 file: 1 detection; environments: local\n');
});

test.each([
  ['a ref that is not there', 'origin/none', 'git knows no commit "origin/none"', 'git fetch origin'],
  ['a ref that looks like an option', '--output=x', 'git knows no commit "--output=x"', 'git fetch origin'],
])('%s is a usage error with a remedy', async (_, ref, said, remedy) => {
  const run = await validate(`--changed-since=${ref}`);
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain(said);
  expect(run.stderr).toContain(remedy);
});

test('a branch without a common ancestor is one, too', async () => {
  await git('switch', '--quiet', '--orphan', 'other');
  await git('commit', '--quiet', '--allow-empty', '--message', 'another root');
  await git('switch', '--quiet', 'topic');
  const run = await validate('--changed-since', 'other');
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain('fetch-depth: 0');
});

test('outside a git repository it is one, too', async () => {
  await rm(`${folder.path}/.git`, { recursive: true });
  const run = await runCli(['validate', '--changed-since', 'main'], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain('is in no git repository');
});
