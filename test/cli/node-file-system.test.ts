import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createNodeFileSystem } from '../../src/cli/node-file-system.ts';
import { createTestFolder, type TestFolder } from '../support/test-host.ts';

let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder({
    'd/b.yaml': 'b',
    'd/a/c.yaml': 'c',
    'd/.hidden/x.yaml': 'x',
    'other/e.yaml': 'e',
  });
});

afterEach(() => folder.remove());

const list = (path: string) => createNodeFileSystem(folder.path).listFiles(path);

test('files are listed in order, without hidden ones', async () => {
  expect(await list('d')).toEqual(['d/a/c.yaml', 'd/b.yaml']);
  expect(await list('d/b.yaml')).toEqual(['d/b.yaml']);
});

test('links to files and folders are followed, a cycle once, and one that leads nowhere is listed', async () => {
  await symlink(join(folder.path, 'other'), join(folder.path, 'd/linked'));
  await symlink(join(folder.path, 'other/e.yaml'), join(folder.path, 'd/z.yaml'));
  await symlink(join(folder.path, 'd'), join(folder.path, 'd/a/again'));
  await symlink('/nowhere', join(folder.path, 'd/dangling.yaml'));
  expect(await list('d')).toEqual([
    'd/a/c.yaml',
    'd/b.yaml',
    'd/dangling.yaml',
    'd/linked/e.yaml',
    'd/z.yaml',
  ]);
});

test('what is not there is missing, and a failed write leaves nothing behind', async () => {
  await expect(list('none')).rejects.toMatchObject({ code: 'file-missing' });
  await mkdir(join(folder.path, 'd/taken'));
  await expect(createNodeFileSystem(folder.path).writeFileAtomic('d/taken', 'x')).rejects.toMatchObject({
    code: 'state-unwritable',
  });
  expect(await list('d')).toEqual(['d/a/c.yaml', 'd/b.yaml']);
});
