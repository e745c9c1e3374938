import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../../src/plan/plan-set.ts';
import { localConfig, sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

const detection = 'detections/credential-access/failed-sign-ins.yaml';
/** The first run loads Microsoft's parser. */
const timeout = 60_000;

let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
  await run('deploy');
  await folder.write(detection, scheduledDetection.replace('Medium', 'High'));
}, timeout);

afterEach(() => folder.remove());

function run(...argv: readonly string[]): Promise<CliRun> {
  return runCli(argv, { cwd: folder.path });
}

const statePath = '.kustodian/local.json';
const state = (): Promise<string> => readFile(join(folder.path, statePath), 'utf8');

describe('a saved plan', () => {
  beforeEach(() => run('plan', '--out', 'plan.json'));

  test('is what runs, whatever the detections say by then', async () => {
    await folder.write(detection, scheduledDetection.replace('Medium', 'Low'));
    expect(await run('deploy', '--plan', 'plan.json')).toMatchObject({ exitCode: 0 });
    expect(await state()).toContain('"severity":"High"');
  });

  test('stops before the first write if the workspace has changed since', async () => {
    const edited = (await state()).replace('"severity":"Medium"', '"severity":"Low"');
    await folder.write(statePath, edited);
    const again = await run('deploy', '--plan', 'plan.json');
    expect(again).toMatchObject({ exitCode: 2 });
    expect(again.stderr).toContain('plan-outdated');
    expect(again.stderr).toContain('"Many failed sign-ins"');
    expect(await state()).toBe(edited);
  });

  test('runs once: then the workspace is another', async () => {
    await run('deploy', '--plan', 'plan.json');
    expect(await run('deploy', '--plan', 'plan.json')).toMatchObject({ exitCode: 2 });
  });

  test('is refused before anything is looked at if its digest is another than the one that was printed', async () => {
    const digest = digestOf(await readFile(join(folder.path, 'plan.json')));
    await folder.write('detections/broken.yaml', 'id: [');
    const deploy = (file: string, text: string) => run('deploy', '--plan', file, '--plan-digest', text);
    const other = await deploy('plan.json', digestOf('another'));
    expect(other).toMatchObject({ exitCode: 2, stdout: '' });
    expect(other.stderr).toContain(`its digest is ${digest}, not ${digestOf('another')}`);
    expect((await deploy('plan.json', 'abc')).stderr).toContain('"abc" is no digest of a plan');
    expect((await run('deploy', '--plan-digest', digest)).stderr).toContain(
      '--plan-digest goes with --plan only',
    );
    expect(await deploy('plan.json', digest.toUpperCase())).toMatchObject({ exitCode: 0 });
  });

  test('is named with its digest, in Markdown too', async () => {
    const planned = await run('plan', '--out', 'plan.json', '--format', 'markdown');
    const digest = digestOf(await readFile(join(folder.path, 'plan.json')));
    expect(planned.stderr).toContain(`saved the plan in plan.json, sha256:${digest}`);
    expect(planned.stdout).toContain(`\`sha256:${digest}\``);
  });

  test('is shown and not run with --dry-run', async () => {
    const before = await state();
    const shown = await run('deploy', '--plan', 'plan.json', '--dry-run');
    expect(shown).toMatchObject({ exitCode: 0 });
    expect(shown.stdout).toContain('severity: "Medium" → "High"');
    expect(await state()).toBe(before);
  });

  test.each([
    ['of another owner', 'owner: tests', 'owner: others', [], 'of owner "tests"'],
    ['with a flag that it has decided already', '', '', ['--prune'], '--plan does not go with --prune'],
    ['of another workspace', 'cloud: local', 'cloud: local\n    workspace: other', [], 'another workspace'],
  ])('%s is refused', async (_, from, to, flags, said) => {
    await folder.write('kustodian.yaml', localConfig.replace(from, to));
    const refused = await run('deploy', '--plan', 'plan.json', ...flags);
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain(said);
  });

  test('for another environment is refused', async () => {
    await folder.write('kustodian.yaml', `${localConfig}  lab:\n    cloud: local\n`);
    const refused = await run('deploy', '--plan', 'plan.json', '--env', 'lab');
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain('give --env local');
  });

  test.each([
    ['damaged', '{"formatVersion":1,'],
    ['something else', '{"formatVersion":1}'],
  ])('that is %s is refused', async (_, text) => {
    await folder.write('plan.json', text);
    const refused = await run('deploy', '--plan', 'plan.json');
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain('plan-invalid');
  });
});

describe('deploy --prune', () => {
  beforeEach(() => rm(join(folder.path, detection)));

  test('deletes what is ours and no longer described, which otherwise is only listed', async () => {
    const listed = await run('deploy');
    expect(listed.stdout).toContain('no longer described, left alone without --prune');
    expect(await run('deploy', '--prune')).toMatchObject({ exitCode: 0 });
    const after = await run('plan', '--prune');
    expect(after.stdout).toContain('no changes, 1 unchanged');
    expect(after.stdout).not.toContain('Many failed sign-ins');
  });

  test('deletes what left the selection of the environment', async () => {
    await folder.write(detection, scheduledDetection);
    await folder.write('kustodian.yaml', `${localConfig}    exclude:\n      - severity: [Medium]\n`);
    expect((await run('plan', '--prune')).stdout).toContain('- delete alert rule "Many failed sign-ins"');
  });

  test('deletes nothing if any file has an error', async () => {
    const before = await state();
    await folder.write('detections/broken.yaml', 'id: x\n  name: y\n');
    expect(await run('deploy', '--prune')).toMatchObject({ exitCode: 1 });
    expect(await state()).toBe(before);
  });

  test('writes nothing at all if it would delete more than allowed', async () => {
    const before = await state();
    const refused = await run('deploy', '--prune', '--max-deletes', '0');
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain('--max-deletes 1');
    expect(refused.stdout).toContain('- delete alert rule');
    expect(await state()).toBe(before);
  });

  test('writes nothing at all if there are more changes than allowed', async () => {
    const before = await state();
    expect(await run('deploy', '--prune', '--max-changes', '0')).toMatchObject({ exitCode: 2 });
    expect(await state()).toBe(before);
  });
});
