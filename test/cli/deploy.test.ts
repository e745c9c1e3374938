import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolError } from '../../src/core/tool-error.ts';
import { localConfig, sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
});

afterEach(() => folder.remove());

const state = (): Promise<string> => readFile(join(folder.path, '.kustodian/local.json'), 'utf8');

describe('deploy to the embedded workspace', () => {
  test('creates what the repository describes, then has nothing more to do', async () => {
    const first = await runCli(['deploy'], { cwd: folder.path });
    expect(first).toMatchObject({ exitCode: 0, questions: [] });
    expect(first.stdout).toContain('2 to create');
    expect(first.stderr).toContain('[2/2]');
    const kept = await state();

    const second = await runCli(['deploy'], { cwd: folder.path });
    expect(second.exitCode).toBe(0);
    expect(second.stdout).toContain('no changes, 2 unchanged');
    expect(await state()).toBe(kept);
  });

  test('updates just the field that the author changed', async () => {
    await runCli(['deploy'], { cwd: folder.path });
    await folder.write(
      'detections/credential-access/failed-sign-ins.yaml',
      scheduledDetection.replace('Medium', 'High'),
    );
    const run = await runCli(['deploy', '--format', 'json'], { cwd: folder.path });
    expect(run.exitCode).toBe(0);
    const plan = await runCli(['plan'], { cwd: folder.path });
    expect(plan.stdout).toContain('no changes');
    expect(await state()).toContain('"severity":"High"');
  });

  test('shows what somebody did in the workspace, then undoes it', async () => {
    await runCli(['deploy'], { cwd: folder.path });
    const edited = (await state()).replace('"severity":"Medium"', '"severity":"Low"');
    await folder.write('.kustodian/local.json', edited);
    const plan = await runCli(['plan'], { cwd: folder.path });
    expect(plan.stdout).toContain('severity (edited in the workspace): "Low" → "Medium"');
    const run = await runCli(['deploy'], { cwd: folder.path });
    expect(run).toMatchObject({ exitCode: 0 });
    expect((await runCli(['plan'], { cwd: folder.path })).stdout).toContain('no changes');
  });

  test('writes nothing with --dry-run', async () => {
    const run = await runCli(['deploy', '--dry-run'], { cwd: folder.path });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('2 to create');
    await expect(state()).rejects.toThrow('ENOENT');
  });

  test('tells ours from what someone else made, and lists what is no longer described', async () => {
    await runCli(['deploy'], { cwd: folder.path });
    await folder.write('kustodian.yaml', localConfig.replace('tests', 'another-team'));
    const other = await runCli(['plan'], { cwd: folder.path });
    expect(other).toMatchObject({ exitCode: 1 });
    expect(other.stdout).toContain('2 in collision');
    const refused = await runCli(['deploy'], { cwd: folder.path });
    expect(refused.exitCode).toBe(1);
  });

  test.each([
    ['not YAML', 'detections/broken.yaml', 'id: x\n  name: y\n', 'yaml-syntax'],
    ['an empty file', 'detections/broken.yaml', '', 'yaml'],
    ['two documents', 'detections/broken.yaml', 'id: a\n---\nid: b\n', 'document'],
    [
      'a misspelt key',
      'detections/broken.yaml',
      scheduledDetection.replace('queryPeriod', 'queryperiod'),
      'queryPeriod',
    ],
  ])('compares and writes nothing where a detection is %s', async (_name, file, text, said) => {
    await folder.write(file, text);
    for (const verb of ['deploy', 'plan', 'validate']) {
      const run = await runCli([verb], { cwd: folder.path });
      expect(run.exitCode).toBe(1);
      expect(run.stdout + run.stderr).toContain('detections/broken.yaml');
      expect(run.stdout + run.stderr).toContain(said);
    }
    await expect(state()).rejects.toThrow('ENOENT');
  });

  test('leaves a damaged state as it is, and says what to do', async () => {
    await folder.write('.kustodian/local.json', '{"formatVersion":1,"seq');
    const run = await runCli(['deploy'], { cwd: folder.path });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('state-damaged');
    expect(run.stderr).toContain('help: ');
    expect(await state()).toBe('{"formatVersion":1,"seq');
  });

  test('stops before the first change where the state cannot be written', async () => {
    const run = await runCli(['deploy'], {
      cwd: folder.path,
      // The superuser can write anywhere, so the refusal is made here.
      wrapFileSystem: (fs) => ({
        ...fs,
        writeFileAtomic: (path) =>
          Promise.reject(new ToolError('state-unwritable', `cannot write "${path}"`)),
      }),
    });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('state-unwritable');
  });

  test('starts no change after Ctrl-C', async () => {
    const abort = new AbortController();
    abort.abort();
    const run = await runCli(['deploy'], { cwd: folder.path, signal: abort.signal });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('[cancelled]');
  });
});

describe('deploy to an environment in Azure', () => {
  const azure = `${localConfig}  staging:
    tenantId: 00000000-0000-0000-0000-000000000001
    subscriptionId: 00000000-0000-0000-0000-000000000002
    resourceGroup: rg
    workspace: law-test
`;

  test.each([
    ['an unknown environment', ['deploy', '--env', 'stagign'], 'did you mean "staging"?'],
    [
      'a credential whose settings are missing',
      ['plan', '--env', 'staging', '--credential', 'client-secret'],
      'AZURE_CLIENT_ID',
    ],
    ['an unknown option', ['deploy', '--prun'], "unknown option '--prun'"],
    ['an unknown verb', ['deplyo'], 'did you mean "deploy"?'],
  ])('ends in 2 for %s', async (_name, argv, said) => {
    await writeFile(join(folder.path, 'kustodian.yaml'), azure);
    const run = await runCli(argv, { cwd: folder.path });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(said);
    expect(run.stdout).toBe('');
  });
});
