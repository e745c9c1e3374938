import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { ToolError } from '../../src/core/tool-error.ts';
import { cacheFile, openFindingsCache } from '../../src/validate/findings-cache.ts';
import { createMemoryFileSystem } from '../support/memory-file-system.ts';

const bytes = new TextEncoder().encode('id: a');
const found: readonly Diagnostic[] = [{ code: 'c', severity: 'warning', message: 'm', file: 'a.yaml' }];

async function filled(): Promise<ReturnType<typeof createMemoryFileSystem>> {
  const fs = createMemoryFileSystem({});
  const cache = await openFindingsCache(fs, 'salt');
  cache.set('a.yaml', bytes, found);
  await cache.save();
  return fs;
}

test('what was found is known again, for the same bytes under the same name', async () => {
  const cache = await openFindingsCache(await filled(), 'salt');
  expect(cache.get('a.yaml', bytes)).toEqual(found);
  expect(cache.get('b.yaml', bytes)).toBeUndefined();
  expect(cache.get('a.yaml', new TextEncoder().encode('id: b'))).toBeUndefined();
});

test('another tool or schema knows nothing of it', async () => {
  const cache = await openFindingsCache(await filled(), 'other salt');
  expect(cache.get('a.yaml', bytes)).toBeUndefined();
});

test.each([
  ['cut off', (text: string) => text.slice(0, -10)],
  ['changed in a finding', (text: string) => text.replace('"m"', '"n"')],
  ['emptied of its findings', (text: string) => text.replace(/\[\{.*?\}\]/, '[]')],
  ['something else', () => '[1, 2]'],
  ['empty', () => ''],
])('a cache that was %s is not trusted', async (_name, damage) => {
  const fs = await filled();
  fs.files.set(cacheFile, damage(fs.files.get(cacheFile) ?? ''));
  const cache = await openFindingsCache(fs, 'salt');
  expect(cache.get('a.yaml', bytes)).toBeUndefined();
});

test('what a run did not touch is forgotten', async () => {
  const fs = await filled();
  const cache = await openFindingsCache(fs, 'salt');
  cache.set('b.yaml', bytes, []);
  await cache.save();
  const next = await openFindingsCache(fs, 'salt');
  expect(next.get('a.yaml', bytes)).toBeUndefined();
  expect(next.get('b.yaml', bytes)).toEqual([]);
});

test('a place that cannot be written or read costs only time', async () => {
  const refuse = () => Promise.reject(new ToolError('state-unwritable', 'read-only'));
  const fs = { ...createMemoryFileSystem({}), writeFileAtomic: refuse, readFileIfExists: refuse };
  const cache = await openFindingsCache(fs, 'salt');
  cache.set('a.yaml', bytes, found);
  await expect(cache.save()).resolves.toBeUndefined();
});
