import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createTestFolder, type TestFolder } from '../support/test-host.ts';

const script = resolve('.github/take-data.js');
const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
let folder: TestFolder;

function git(...args: readonly string[]): string {
  return execFileSync('git', [...identity, '-C', join(folder.path, 'pull-request'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

function commit(): void {
  git('add', '--all', '--force');
  git('commit', '--quiet', '--allow-empty', '--message', 'x');
}

beforeEach(async () => {
  folder = await createTestFolder({
    'pull-request/detections/a.yaml': 'a: 1\n',
    'pull-request/detections/b.yaml': 'b: 1\n',
    'pull-request/kustodian.yaml': 'owner: x\n',
    'detections/a.yaml': 'a: 1\n',
    'detections/b.yaml': 'b: 1\n',
  });
  git('init', '--quiet', '--initial-branch', 'main');
  commit();
  git('checkout', '--quiet', '-b', 'topic');
});

afterEach(() => folder.remove());

function take(): { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string } {
  const run = spawnSync(process.execPath, [script, 'pull-request', 'main', 'detections', 'functions'], {
    cwd: folder.path,
    encoding: 'utf8',
  });
  return { exitCode: run.status, stdout: run.stdout, stderr: run.stderr };
}

const detections = (): Promise<string[]> =>
  readdir(join(folder.path, 'detections')).then((names) => names.sort());

test('what the folders hold after a merge is taken, and nothing else', async () => {
  await folder.write('pull-request/detections/c.yaml', 'c: 1\n');
  await folder.write('pull-request/detections/run.js', 'evil()');
  await folder.write('pull-request/functions/f.kql', 'print 1');
  await rm(join(folder.path, 'pull-request/detections/b.yaml'));
  commit();
  git('checkout', '--quiet', 'main');
  await folder.write('pull-request/detections/d.yaml', 'd: 1\n');
  commit();
  git('checkout', '--quiet', 'topic');
  expect(take()).toEqual({ exitCode: 0, stdout: '\n', stderr: '' });
  expect(await detections()).toEqual(['a.yaml', 'c.yaml', 'd.yaml']);
  expect(await readFile(join(folder.path, 'functions/f.kql'), 'utf8')).toBe('print 1');
});

test('a change of anything else is not taken, and said', async () => {
  await folder.write('pull-request/kustodian.yaml', 'owner: y\n');
  commit();
  expect(take().stdout).toContain('what differs in other files (kustodian.yaml, the tool) is not');
});

test.each([
  ['a link', () => symlink('/etc/passwd', join(folder.path, 'pull-request/detections/c.yaml'))],
  ['a link to a folder', () => symlink('/etc', join(folder.path, 'pull-request/detections/etc'))],
  [
    'a hidden file',
    async () => {
      await mkdir(join(folder.path, 'pull-request/detections/.x'));
      await folder.write('pull-request/detections/.x/c.yaml', 'c: 1\n');
    },
  ],
])('%s is refused, and nothing is taken', async (_, make) => {
  await make();
  commit();
  const run = take();
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain('it is not taken');
  expect(await detections()).toEqual(['a.yaml', 'b.yaml']);
});

test('a pull request with conflicts is refused', async () => {
  await folder.write('pull-request/detections/a.yaml', 'a: 2\n');
  commit();
  git('checkout', '--quiet', 'main');
  await folder.write('pull-request/detections/a.yaml', 'a: 3\n');
  commit();
  git('checkout', '--quiet', 'topic');
  expect(take()).toMatchObject({ exitCode: 1, stdout: '' });
  expect(await detections()).toEqual(['a.yaml', 'b.yaml']);
});
