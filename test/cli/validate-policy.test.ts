/** @jest-environment ./test/support/kusto-environment.js */
import { readFile } from 'node:fs/promises';
import { huntingQuery, localConfig, sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

const file = 'detections/credential-access/failed-sign-ins.yaml';
const baselineFile = '.kustodian-baseline.json';
/** Its id is found to be no GUID: a warning. */
const oddId = scheduledDetection.replace(/^id: .*/, 'id: failed-sign-ins');
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder({ ...sampleProject, [file]: oddId });
});

afterEach(() => folder.remove());

function validate(...args: readonly string[]) {
  return runCli(['validate', ...args], { cwd: folder.path });
}

async function configure(lines: string): Promise<void> {
  await folder.write('kustodian.yaml', `${localConfig}${lines}`);
}

test('a severity of kustodian.yaml decides what is printed, and how the run ends', async () => {
  expect(await validate()).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('warning id-not-guid') as string,
  });
  await configure('checks:\n  id-not-guid: off\n');
  expect(await validate()).toMatchObject({ exitCode: 0, stdout: '' });
  await configure('checks:\n  id-not-guid: error\n');
  expect(await validate()).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('error id-not-guid') as string,
  });
});

test('what kustodian.yaml makes an error stops a deployment, too', async () => {
  await configure('checks:\n  id-not-guid: error\n');
  const run = await runCli(['deploy', '--yes'], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 1, stdout: '' });
  expect(run.stderr).toContain('error id-not-guid');
});

test.each([
  ['a code that does not exist', 'id-no-guid: off', 'kustodian.yaml:6:3: error unknown-code'],
  ['less than an error for what the service refuses', 'duplicate-id: warning', 'error code-not-configurable'],
])('%s is an error of kustodian.yaml', async (_, setting, said) => {
  await configure(`checks:\n  ${setting}\n`);
  const run = await validate();
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain(said);
});

test('a comment with a reason suppresses a finding, and the summary counts it', async () => {
  await folder.write(
    file,
    oddId.replace('sign-ins\n', 'sign-ins # kustodian-ignore id-not-guid: as deployed\n'),
  );
  const run = await validate();
  expect(run).toMatchObject({ exitCode: 0, stdout: '' });
  expect(run.stderr).toBe('2 files: 2 detections, 1 finding suppressed; environments: local\n');
});

test('a comment in kustodian.yaml suppresses what is found there', async () => {
  await folder.write(file, scheduledDetection);
  await configure(
    '    parameters:\n      limit: 5 # kustodian-ignore parameter-undeclared: for detections to come\n',
  );
  expect(await validate()).toMatchObject({ exitCode: 0, stdout: '' });
});

test('a comment that has nothing to suppress is found, unless only a part is validated', async () => {
  const comment = '# kustodian-ignore duplicate-name: once there were two\n';
  await folder.write(file, `${comment}${scheduledDetection}`);
  expect((await validate()).stdout).toContain(`${file}:1:1: warning unused-suppression`);
  expect((await validate(file)).stdout).toBe('');
  expect((await validate('--env', 'local')).stdout).toBe('');
});

test('an error that the service would refuse stays, whatever a comment says', async () => {
  const broken = scheduledDetection.replace('queryPeriod: 1h', 'queryPeriod: 5m');
  await folder.write(file, `# kustodian-ignore period-shorter-than-frequency: let it be\n${broken}`);
  const { exitCode, stdout } = await validate();
  expect(exitCode).toBe(1);
  expect(stdout).toContain('error period-shorter-than-frequency');
  expect(stdout).toContain(`${file}:1:1: error invalid-suppression`);
});

describe('with a baseline', () => {
  beforeEach(() => configure(`baseline: ${baselineFile}\n`));

  test('known findings are hidden, new ones are not, mended ones are stale', async () => {
    const written = await validate('--write-baseline');
    expect(written).toMatchObject({ exitCode: 0, stdout: '' });
    expect(written.stderr).toBe(
      `wrote ${baselineFile}: 1 finding\n2 files: 2 detections, 1 finding in the baseline; environments: local\n`,
    );
    expect(await validate()).toMatchObject({ exitCode: 0, stdout: '' });

    await folder.write(
      'detections/initial-access/new-countries.yaml',
      huntingQuery.replace(/^id: .*/, 'id: countries'),
    );
    expect((await validate()).stdout).toContain('new-countries.yaml:1:5: warning id-not-guid');

    await folder.write(file, scheduledDetection);
    expect((await validate()).stdout).toContain(`${baselineFile}: warning stale-baseline`);
  });

  test('writing it twice gives the same bytes, and errors are never in it', async () => {
    await folder.write(file, oddId.replace('queryPeriod: 1h', 'queryPeriod: 5m'));
    const first = await validate('--write-baseline');
    const bytes = await readFile(`${folder.path}/${baselineFile}`, 'utf8');
    await validate('--write-baseline');
    expect(await readFile(`${folder.path}/${baselineFile}`, 'utf8')).toBe(bytes);
    expect(bytes).toContain('id-not-guid');
    expect(bytes).not.toContain('period-shorter-than-frequency');
    expect(first).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('period-shorter-than-frequency') as string,
    });
  });

  test('one that is missing is told at its place, and hides nothing', async () => {
    const { stdout } = await validate();
    expect(stdout).toContain('kustodian.yaml:5:11: warning missing-baseline');
    expect(stdout).toContain('warning id-not-guid');
  });

  test('a damaged one stops the run', async () => {
    await folder.write(baselineFile, '<<<<<<< HEAD');
    const run = await validate();
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(`"${baselineFile}" is no baseline`);
  });

  test.each([[[file]], [['--env', 'local']]])('it is not written from a part: %j', async (args) => {
    const run = await validate('--write-baseline', ...args);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('--write-baseline needs everything to be validated');
  });
});

test('a baseline cannot be written where kustodian.yaml names none', async () => {
  const run = await validate('--write-baseline');
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain('add "baseline: .kustodian-baseline.json" to kustodian.yaml');
});

test.each(['/etc/base.json', '../base.json', 'base.yaml'])(
  'a baseline is a JSON file of the repository, not %s',
  async (path) => {
    await configure(`baseline: ${path}\n`);
    const run = await validate();
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('is not a JSON file below the repository root');
  },
);
