import { ToolError } from '../../src/core/tool-error.ts';
import type { FileSystem } from '../../src/core/file-system.ts';
import { createGroupCommit } from '../../src/emulator/group-commit.ts';
import { openStateFile } from '../../src/emulator/state-file.ts';
import type { Snapshot } from '../../src/emulator/state.ts';
import {
  alertRulesPath,
  call,
  createTestEmulator,
  metadataPath,
  scheduledRule,
} from '../support/emulator.ts';

const file = '.kustodian/local.json';

function memoryFiles(
  files: Map<string, string> = new Map(),
): FileSystem & { readonly files: Map<string, string> } {
  const unused = (): Promise<never> => Promise.reject(new Error('not used'));
  return {
    files,
    readFile: unused,
    listFiles: unused,
    removeFile: unused,
    readFileIfExists: (path) => {
      const text = files.get(path);
      return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text));
    },
    writeFileAtomic: (path, content) => {
      files.set(path, content);
      return Promise.resolve();
    },
  };
}

test('what was written is there after a restart, byte for byte', async () => {
  const disk = memoryFiles();
  const first = await openStateFile(disk, file);
  expect(first.state).toBeUndefined();
  const emulator = createTestEmulator({ save: first.save });
  await call(emulator, 'PUT', `${alertRulesPath}/b`, scheduledRule());
  await call(emulator, 'PUT', `${alertRulesPath}/a`, scheduledRule());
  await call(emulator, 'DELETE', `${alertRulesPath}/b`);
  await call(emulator, 'PUT', `${metadataPath}/m`, { properties: { kind: 'AnalyticsRule', parentId: 'p' } });
  const before = await Promise.all([alertRulesPath, metadataPath].map((path) => call(emulator, 'GET', path)));

  const second = await openStateFile(disk, file);
  const restarted = createTestEmulator({ state: second.state!, save: second.save });
  const after = await Promise.all([alertRulesPath, metadataPath].map((path) => call(restarted, 'GET', path)));
  expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
  expect(restarted.exportState()).toEqual(emulator.exportState());
});

test('etags stay different over restarts', async () => {
  const emulator = createTestEmulator();
  const path = `${alertRulesPath}/a`;
  const first = await call(emulator, 'PUT', path, scheduledRule());
  const restarted = createTestEmulator({ state: emulator.exportState() });
  const second = await call(restarted, 'PUT', path, scheduledRule());
  expect(second.body['etag']).not.toBe(first.body['etag']);
});

test('a write is kept before it is answered, a read keeps nothing', async () => {
  const events: string[] = [];
  const emulator = createTestEmulator({
    save: async () => {
      events.push('save');
      await Promise.resolve();
      events.push('saved');
    },
  });
  await call(emulator, 'GET', alertRulesPath);
  await call(emulator, 'PUT', `${alertRulesPath}/refused`, {});
  expect(events).toEqual([]);
  await call(emulator, 'PUT', `${alertRulesPath}/a`, scheduledRule());
  events.push('answered');
  expect(events).toEqual(['save', 'saved', 'answered']);
});

test('a state that cannot be kept fails the request with its reason', async () => {
  const unwritable = new ToolError('state-unwritable', 'cannot write "x"');
  const emulator = createTestEmulator({ save: () => Promise.reject(unwritable) });
  await expect(call(emulator, 'PUT', `${alertRulesPath}/a`, scheduledRule())).rejects.toBe(unwritable);
  await expect(emulator.persist()).rejects.toBe(unwritable);
});

test('writes at the same time share a save, and each waits for one that holds it', async () => {
  let saves = 0;
  const finish: (() => void)[] = [];
  const commit = createGroupCommit(() => {
    saves++;
    return new Promise((resolve) => finish.push(resolve));
  });
  const done: string[] = [];
  const first = commit().then(() => done.push('first'));
  const others = ['second', 'third'].map((name) => commit().then(() => done.push(name)));
  expect(saves).toBe(1);
  finish[0]?.();
  await first;
  await Promise.resolve();
  expect([saves, done]).toEqual([2, ['first']]);
  finish[1]?.();
  await Promise.all(others);
  expect([saves, done]).toEqual([2, ['first', 'second', 'third']]);
});

test('a save that fails does not stop the next one', async () => {
  let saves = 0;
  const commit = createGroupCommit(() =>
    ++saves === 1 ? Promise.reject(new Error('full')) : Promise.resolve(),
  );
  const [first, second] = await Promise.allSettled([commit(), commit()]);
  expect([first.status, second.status, saves]).toEqual(['rejected', 'fulfilled', 2]);
});

const good: Snapshot = createTestEmulator().exportState();

const damaged: readonly (readonly [reason: string, text: string])[] = [
  ['it is not JSON', '{"formatVersion":1'],
  ['it is not JSON', ''],
  ['it must be object', '[]'],
  ["must have required property 'formatVersion'", '{}'],
  ['"/formatVersion" must be equal to constant', JSON.stringify({ ...good, formatVersion: 2 })],
  ['"/sequence" must be integer', JSON.stringify({ ...good, sequence: '1' })],
  ['"/workspaces" must be array', JSON.stringify({ ...good, workspaces: {} })],
  [
    '"/workspaces/0/collections/alertRules/0"',
    JSON.stringify({
      ...good,
      workspaces: [{ ...good.workspaces[0], collections: { alertRules: [{ name: 'x' }] } }],
    }),
  ],
  [
    '"/workspaces/0/collections" must NOT have additional properties',
    JSON.stringify({ ...good, workspaces: [{ ...good.workspaces[0], collections: { rules: [] } }] }),
  ],
];

test.each(damaged)('a damaged state is refused and left alone: %s', async (reason, text) => {
  const disk = memoryFiles(new Map([[file, text]]));
  const opening = openStateFile(disk, file);
  await expect(opening).rejects.toMatchObject({
    code: 'state-damaged',
    message: expect.stringContaining(reason) as string,
    hint: 'restore the file, or delete it to start with an empty workspace',
  });
  await expect(opening).rejects.toThrow(`"${file}"`);
  expect(disk.files.get(file)).toBe(text);
});

test('a state can be taken out and put back', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', `${alertRulesPath}/a`, scheduledRule());
  const state = emulator.exportState();
  await call(emulator, 'DELETE', `${alertRulesPath}/a`);
  emulator.importState(state);
  expect((await call(emulator, 'GET', `${alertRulesPath}/a`)).status).toBe(200);
});
