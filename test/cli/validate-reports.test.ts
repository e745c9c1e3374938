/** @jest-environment ./test/support/kusto-environment.js */
import { readFile } from 'node:fs/promises';
import { sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

const file = 'detections/credential-access/failed-sign-ins.yaml';
let folder: TestFolder;

beforeEach(async () => {
  const broken = scheduledDetection.replace('queryPeriod: 1h', 'queryPeriod: 5m');
  folder = await createTestFolder({ ...sampleProject, [file]: broken });
});

afterEach(() => folder.remove());

function validate(...args: readonly string[]) {
  return runCli(['validate', ...args], { cwd: folder.path });
}

function read(name: string): Promise<string> {
  return readFile(`${folder.path}/${name}`, 'utf8');
}

test.each([
  ['sarif', '"version": "2.1.0"'],
  ['junit', '<testsuites name="kustodian validate" tests="2" failures="1"'],
  ['markdown', '### Validation: 1 error in 1 file'],
])('with --format %s, that is all of stdout', async (format, expected) => {
  const { exitCode, stdout, stderr } = await validate('--format', format);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expect(stdout).toContain(expected);
  expect(stdout).toContain('period-shorter-than-frequency');
});

test('one run writes as many reports as are asked for', async () => {
  const run = await validate(
    '--format',
    'github',
    '-r',
    'sarif=out/a.sarif',
    '--report',
    'markdown=b.md',
    '-r',
    'text=c.txt',
  );
  expect(run).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^::error /) as string });
  expect(JSON.parse(await read('out/a.sarif'))).toMatchObject({ runs: [{ results: [{ ruleIndex: 0 }] }] });
  expect(await read('b.md')).toMatch(/^### Validation: 1 error/);
  expect(await read('c.txt')).toContain(`${file}:11:14: error period-shorter-than-frequency`);
});

test('in a GitHub workflow, the summary links to the lines of the commit', async () => {
  const env = {
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'contoso/soc',
    GITHUB_SHA: 'abc',
  };
  const { stdout } = await runCli(['validate', '-f', 'markdown'], { cwd: folder.path, env });
  expect(stdout).toContain(`](https://github.com/contoso/soc/blob/abc/${file}#L11)`);
});

test.each(['sarif', 'sarif=', '=a', 'pdf=a.pdf', ''])('"%s" is no report', async (report) => {
  const run = await validate('--report', report);
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain(`"${report}" is not a format and a file`);
});

test('a report that cannot be written is one clear error', async () => {
  const run = await validate('--report', 'sarif=kustodian.yaml/a.sarif');
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toMatch(/^error: cannot write "kustodian.yaml\/a.sarif"/);
});
