import { ToolError } from '../../src/core/tool-error.ts';
import { localConfig, sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

const file = 'detections/credential-access/failed-sign-ins.yaml';
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
});

afterEach(() => folder.remove());

test('a clean repository has nothing on stdout, and its counts on stderr', async () => {
  expect(await runCli(['validate'], { cwd: folder.path })).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '2 files: 2 detections; environments: local\n',
    questions: [],
  });
});

test('every mistake is found at once, with a frame of its line', async () => {
  const broken = scheduledDetection
    .replace('queryPeriod: 1h', 'queryPeriod: 5m')
    .replace('severity: Medium', 'severity: Severe')
    .replace('triggerThreshold: 0', 'triggerTreshold: 0');
  await folder.write(file, broken);
  const { exitCode, stdout } = await runCli(['validate'], { cwd: folder.path });
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`${file}:5:11: error invalid-value`);
  expect(stdout).toContain('misspelt-key');
  expect(stdout).toContain('severity: Severe');
  expect(stdout).toContain('^^^^^^');
});

test('with --format json, the contract has a version and spans', async () => {
  await folder.write(file, scheduledDetection.replace('queryPeriod: 1h', 'queryPeriod: 5m'));
  const { exitCode, stdout } = await runCli(['validate', '--format', 'json'], { cwd: folder.path });
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    formatVersion: 1,
    summary: { errors: 1 },
    diagnostics: [{ code: 'period-shorter-than-frequency', file, span: { start: { line: 11 } } }],
  });
});

test('with --format github, findings are annotations', async () => {
  await folder.write(file, scheduledDetection.replace('queryPeriod: 1h', 'queryPeriod: 5m'));
  const { stdout } = await runCli(['validate', '--format', 'github'], { cwd: folder.path });
  expect(stdout).toMatch(/^::error file=detections\/credential-access\/failed-sign-ins\.yaml,line=11,/);
});

test('paths are taken from the working directory, wherever it is in the repository', async () => {
  const cwd = `${folder.path}/detections/initial-access`;
  const run = await runCli(['validate', 'new-countries.yaml'], { cwd });
  expect(run).toMatchObject({ exitCode: 0, stdout: '' });
  expect(run.stderr).toContain('1 file: 1 detection;');
});

test('a file that cannot be read is a finding beside the others', async () => {
  await folder.write('detections/b.yaml', 'id: x\n');
  const run = await runCli(['validate'], {
    cwd: folder.path,
    wrapFileSystem: (fs) => ({
      ...fs,
      readFile: (path) =>
        path === file
          ? Promise.reject(new ToolError('file-unreadable', `cannot read "${path}" (permission denied)`))
          : fs.readFile(path),
    }),
  });
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain(`${file}: error file-unreadable`);
  expect(run.stdout).toContain('detections/b.yaml');
});

test('an override is checked in its environment, at its place in kustodian.yaml', async () => {
  await folder.write(
    'kustodian.yaml',
    `${localConfig}    overrides:\n      - select: { severity: Medium }\n        set: { queryFrequency: 2h }\n`,
  );
  const { exitCode, stdout } = await runCli(['validate'], { cwd: folder.path });
  expect(exitCode).toBe(1);
  expect(stdout).toContain('kustodian.yaml:7:32: error period-shorter-than-frequency');
  expect(stdout).toContain('(in environment "local")');
});

test.each([['outside any repository', '/', 2, 'there is no kustodian.yaml']])(
  '%s there is one clear error',
  async (_name, cwd, exitCode, said) => {
    const run = await runCli(['validate'], { cwd });
    expect(run.exitCode).toBe(exitCode);
    expect(run.stderr).toContain(said);
  },
);

test.each([
  ['a path that does not exist', 'detections/none', 'no such file or folder'],
  ['a path outside the repository', '..', 'lies outside the repository'],
  ['a folder without YAML', 'empty', 'holds no YAML file'],
])('%s is a usage error', async (_name, path, said) => {
  await folder.write('empty/readme.txt', 'nothing here');
  const run = await runCli(['validate', path], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain(said);
});

test('a broken kustodian.yaml is shown with its place, and nothing is done', async () => {
  await folder.write('kustodian.yaml', 'owner: tests\nenvironments:\n  local:\n    clowd: local\n');
  const run = await runCli(['validate'], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain('kustodian.yaml:4:5');
  expect(run.stderr).toContain('cloud');
});

test('an environment that pins a schema is judged by it, too', async () => {
  await folder.write('kustodian.yaml', `${localConfig}    schema: schemas/local.json\n`);
  await folder.write('schemas/local.json', '{"tables": {"SigninLogs": {"ResultType": "int"}}}');
  const { exitCode, stdout } = await runCli(['validate'], { cwd: folder.path });
  expect(exitCode).toBe(1);
  expect(stdout).toContain('(in environment "local")');
  expect(stdout).toContain('UserPrincipalName');
});

test('a second run takes its findings from the cache, until a file or a schema changes', async () => {
  await folder.write(file, scheduledDetection.replace('ResultType', 'ResultTyp'));
  const first = await runCli(['validate'], { cwd: folder.path });
  expect(await runCli(['validate'], { cwd: folder.path })).toEqual(first);
  await folder.write(
    'schemas/tables/custom/a.yaml',
    'tables:\n  SigninLogs:\n    ResultTyp: string\n    UserPrincipalName: string\n    Location: string\n',
  );
  expect((await runCli(['validate'], { cwd: folder.path })).stdout).not.toContain('ResultTyp');
});

test('a line that is not UTF-8 is shown itself', async () => {
  const latin1 = Buffer.from('id: a\nname: Zürich\n', 'latin1');
  await folder.write('detections/latin.yaml', latin1);
  const { stdout } = await runCli(['validate'], { cwd: folder.path });
  expect(stdout).toContain('detections/latin.yaml:2:1: error not-utf8');
  expect(stdout).toContain('2 | name: Z');
});

test.each([
  ['severity', 'Hgh', 'select'],
  ['status', 'stabel', 'exclude'],
  ['kind', 'Schedled', 'select'],
])(
  'a selector with the misspelt %s %s is an error, for it would silently pick nothing',
  async (key, word, use) => {
    await folder.write('kustodian.yaml', `${localConfig}    ${use}: { ${key}: ${word} }\n`);
    const { exitCode, stderr } = await runCli(['validate'], { cwd: folder.path });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`kustodian.yaml:5:`);
    expect(stderr).toContain(`"${word}" is not a ${key} that a detection can have`);
  },
);

test('while a file does not load, nothing is called unused', async () => {
  await folder.write('kustodian.yaml', `${localConfig}    parameters: { limit: 3 }\n`);
  await folder.write(file, scheduledDetection.replace('severity', 'severty'));
  const { stdout } = await runCli(['validate'], { cwd: folder.path });
  expect(stdout).toContain('misspelt-key');
  expect(stdout).not.toContain('parameter-undeclared');
});
