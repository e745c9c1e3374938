import { readdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createFileLocks } from '../../src/cli/file-locks.ts';
import { sampleProject } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder();
});

afterEach(() => folder.remove());

const state = (): string => join(folder.path, '.kustodian/local.json');

test('a lock keeps others out until it is given back, and can be taken twice by the same run', async () => {
  const [first, second] = [createFileLocks(), createFileLocks()];
  await first.take(state());
  await first.take(state());
  await expect(second.take(state())).rejects.toMatchObject({
    code: 'state-in-use',
    message: expect.stringContaining(`in use by process ${process.pid}`) as unknown,
    hint: expect.stringContaining('local.json.lock') as unknown,
  });
  await first.release();
  await second.take(state());
  await second.release();
  expect(await readdir(join(folder.path, '.kustodian'))).toEqual([]);
});

test.each([
  ['a process that is dead', { pid: 2 ** 22 + 1, machine: hostname() }, true],
  ['a process of another machine', { pid: 2 ** 22 + 1, machine: `not-${hostname()}` }, false],
  ['nobody knows whom', {}, false],
])('a lock of %s', async (_, holder, isTaken) => {
  await folder.write('.kustodian/local.json.lock', JSON.stringify(holder));
  const locks = createFileLocks();
  const taken = locks.take(state());
  if (isTaken) {
    await taken;
    expect(await readFile(`${state()}.lock`, 'utf8')).toContain(`"pid":${process.pid}`);
    await locks.release();
  } else {
    await expect(taken).rejects.toMatchObject({ code: 'state-in-use' });
  }
});

test('of many that come at the same time, one gets it, even if a dead process has left it behind', async () => {
  await folder.write('.kustodian/local.json.lock', JSON.stringify({ pid: 2 ** 22 + 1, machine: hostname() }));
  const all = Array.from({ length: 8 }, () => createFileLocks());
  const results = await Promise.allSettled(all.map((locks) => locks.take(state())));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const locks of all) await locks.release();
});

test('a deploy is refused while another process writes to the embedded workspace; a plan is not', async () => {
  for (const [file, text] of Object.entries(sampleProject)) await folder.write(file, text);
  const other = createFileLocks();
  await other.take(state());
  const refused = await runCli(['deploy'], { cwd: folder.path });
  expect(refused).toMatchObject({ exitCode: 2 });
  expect(refused.stderr).toContain('[state-in-use]');
  expect(await runCli(['plan'], { cwd: folder.path })).toMatchObject({ exitCode: 0 });
  await other.release();
  expect(await runCli(['deploy'], { cwd: folder.path })).toMatchObject({ exitCode: 0 });
  await expect(readFile(`${state()}.lock`)).rejects.toThrow('ENOENT');
}, 60_000);
