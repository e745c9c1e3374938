import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestFolder, type TestFolder } from '../support/test-host.ts';

/** The CLI as it is built, run as a process, as people and workflows do. `npm test` builds before it tests. */
const entry = join(process.cwd(), 'dist/scripts/kustodian.js');
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder();
  for (const path of ['kustodian.yaml', 'detections']) {
    await cp(join(process.cwd(), path), join(folder.path, path), { recursive: true });
  }
});

afterEach(() => folder.remove());

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(argv: readonly string[]) {
  const child = spawn(process.execPath, [entry, ...argv], {
    cwd: folder.path,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  });
  const ended: Promise<Ended> = Promise.all([
    read(child.stdout),
    read(child.stderr),
    once(child, 'close'),
  ]).then(([stdout, stderr]) => ({ exitCode: child.exitCode, stdout, stderr }));
  return { child, ended };
}

async function read(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

const run = (...argv: readonly string[]): Promise<Ended> => start(argv).ended;

test('the detections of this repository deploy, and then nothing changes', async () => {
  const first = await run('deploy');
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.stdout).toMatch(/Deployed to local: \d+ created/);
  const second = await run('deploy');
  expect(second).toMatchObject({ exitCode: 0 });
  expect(second.stdout).toContain('Deployed to local: no changes');
}, 240_000);

test('the detections of this repository have no findings in any environment', async () => {
  expect(await run('validate')).toMatchObject({ exitCode: 0, stdout: '' });
}, 240_000);

test('the served workspace holds what was deployed, and ends in 0 on Ctrl-C', async () => {
  await run('deploy');
  const { child, ended } = start(['emulator']);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const workspace =
    '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.OperationalInsights/workspaces/local';
  const response = await fetch(
    `${line.toString().trim()}${workspace}/providers/Microsoft.SecurityInsights/alertRules?api-version=2025-09-01`,
  );
  const { value } = (await response.json()) as { value: { properties: { displayName: string } }[] };
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ exitCode: 0 });
  expect(response.status).toBe(200);
  expect(value.map(({ properties }) => properties.displayName)).toContain(
    'Several recovery options removed from one device',
  );
}, 240_000);
