import { readFile } from 'node:fs/promises';
import { localConfig, sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

const detection = 'detections/credential-access/failed-sign-ins.yaml';
const testsFile = 'detections/credential-access/failed-sign-ins.tests.yaml';
const tests = `scenarios:
  - name: alerts on a failed sign-in
    given:
      SigninLogs: [{ResultType: "50126", UserPrincipalName: a@example.com}]
    expect:
      alerts:
        - entities: [{entityType: Account, FullName: a@example.com}]
  - name: stays silent on a successful one
    given:
      SigninLogs: [{ResultType: "0"}]
    expect: none
`;
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder({ ...sampleProject, [testsFile]: tests });
});

afterEach(() => folder.remove());

function run(...argv: readonly string[]): Promise<CliRun> {
  return runCli(['test', ...argv], { cwd: folder.path });
}

test('every scenario that passes is a line of its own', async () => {
  expect(await run()).toMatchObject({
    exitCode: 0,
    stdout: `${testsFile}
[PASS] alerts on a failed sign-in
[PASS] stays silent on a successful one

`,
    stderr: '2 scenarios of 1 detection: 2 passed, 1 detection without scenarios\n',
  });
});

test('a broken predicate fails its scenario, with the line of the expectation and what came', async () => {
  await folder.write(detection, scheduledDetection.replace('ResultType != "0"', 'ResultType == "0"'));
  const { exitCode, stdout } = await run();
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`[FAIL] alerts on a failed sign-in
       the expected alert did not come (${testsFile}:7)
`);
  expect(stdout).toContain('! entity  Account FullName=a@example.com  ');
  expect(stdout).toContain('[FAIL] stays silent on a successful one\n       0 alerts expected, got 1');
});

test.each([[detection], [testsFile], ['detections/credential-access']])(
  'the path %s means the detection and its tests',
  async (path) => {
    const { exitCode, stderr } = await run(path);
    expect([exitCode, stderr]).toEqual([0, '2 scenarios of 1 detection: 2 passed\n']);
  },
);

test('a detection with errors is reported and not run', async () => {
  await folder.write(detection, scheduledDetection.replace('ResultType', 'ResultTyp'));
  const { exitCode, stdout, stderr } = await run();
  expect(exitCode).toBe(1);
  expect(stdout).toContain('error kql/unknown-column');
  expect(stdout).not.toContain('[PASS]');
  expect(stderr).toContain('1 detection with errors');
});

test('a query that the engine refuses is an error at its line', async () => {
  const query = '  | where ResultType != "0"\n  | evaluate autocluster()';
  await folder.write(detection, scheduledDetection.replace('  | where ResultType != "0"', query));
  const { exitCode, stdout } = await run();
  expect(exitCode).toBe(1);
  expect(stdout).toContain('[ERROR] alerts on a failed sign-in');
  expect(stdout).toMatch(new RegExp(`${detection}:21:\\d+: error kql/unsupported`));
});

test('a misspelt column of a row is an error at its line, for validate too', async () => {
  await folder.write(testsFile, tests.replace('ResultType: "0"', 'ResultTyp: "0"'));
  for (const verb of ['test', 'validate']) {
    const { exitCode, stdout } = await runCli([verb], { cwd: folder.path });
    expect(exitCode).toBe(1);
    expect(stdout.match(/error fixture-unknown-column/g)).toHaveLength(1);
    expect(stdout).toContain(`${testsFile}:10:`);
  }
});

test('tests without a detection are an error', async () => {
  await folder.write('detections/credential-access/failed-signins.tests.yaml', tests);
  const { exitCode, stdout } = await run();
  expect(exitCode).toBe(1);
  expect(stdout).toContain('tests-without-detection');
  expect(stdout).toContain(`did you mean "${detection}"?`);
});

test('a stable detection without scenarios is a warning, or what kustodian.yaml makes of it', async () => {
  await folder.write(detection, `${scheduledDetection}status: stable\n`);
  await folder.write(testsFile, tests.slice(0, tests.indexOf('  - name: stays')));
  expect(await run()).toMatchObject({ exitCode: 0 });
  expect((await run()).stdout).toContain(
    'warning scenario-missing: the detection lacks scenarios: 1 that stays silent',
  );
  await folder.write('kustodian.yaml', `${localConfig}checks: {scenario-missing: error}\n`);
  expect(await run()).toMatchObject({ exitCode: 1 });
  await folder.write('kustodian.yaml', `${localConfig}testing: {minScenarios: {silent: 0}}\n`);
  expect((await run()).stdout).not.toContain('scenario-missing');
});

test('--min-scenarios asks for scenarios of every detection', async () => {
  expect(await run('--min-scenarios', '1', detection)).toMatchObject({ exitCode: 0 });
  const { exitCode, stdout } = await run('--min-scenarios', '2', detection);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    'error scenario-missing: the detection lacks scenarios: 1 that fires and 1 that stays silent',
  );
});

const benign = 'given:\n  SigninLogs:\n    - {ResultType: "50140", UserPrincipalName: b@example.com}\n';

test('a detection must stay silent on benign rows', async () => {
  await folder.write('benign/office.yaml', benign);
  const { exitCode, stdout } = await run();
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`[FAIL] stays silent on the benign rows of benign/office.yaml
       0 alerts expected, got 1 (benign/office.yaml:1)`);
});

test('a detection may keep away from benign rows, with a reason', async () => {
  await folder.write('benign/office.yaml', benign);
  await folder.write(testsFile, `skipBenign: it tells of every failure\n${tests}`);
  expect(await run()).toMatchObject({ exitCode: 0 });
});

test('benign rows of a folder that kustodian.yaml names are checked like others', async () => {
  await folder.write('kustodian.yaml', `${localConfig}testing: {benign: quiet}\n`);
  await folder.write('quiet/office.yaml', benign.replace('ResultType', 'ResultTyp'));
  const { exitCode, stdout } = await run();
  expect(exitCode).toBe(1);
  expect(stdout).toContain('quiet/office.yaml:3:');
});

test('with --env, the values of the environment apply, and only what it selects runs', async () => {
  const environments = `${localConfig}  strict:
    cloud: local
    overrides: [{select: {kind: Scheduled}, set: {triggerThreshold: 1}}]
  none:
    cloud: local
    select: {status: deprecated}
`;
  await folder.write('kustodian.yaml', environments);
  const { exitCode, stdout } = await run('--env', 'strict');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('[FAIL] alerts on a failed sign-in');
  expect(await run('--env', 'none')).toMatchObject({ exitCode: 0, stdout: '' });
  expect(await run('--env', 'strct')).toMatchObject({ exitCode: 2 });
});

describe('formats', () => {
  beforeEach(() => folder.write(testsFile, tests.replace('"0"', '"1"')));

  test('json has the verdicts, and the rows and alerts that came', async () => {
    const report: unknown = JSON.parse((await run('--format', 'json')).stdout);
    expect(report).toMatchObject({
      formatVersion: 1,
      summary: { scenarios: 2, passed: 1, failed: 1, refused: 0 },
      detections: [
        {
          file: detection,
          tests: testsFile,
          scenarios: [
            { verdict: 'passed', line: 2, rows: [{ ResultType: '50126' }], alerts: [{ severity: 'Medium' }] },
            { verdict: 'failed', line: 8, mismatches: [{ line: 11 }] },
          ],
        },
        { scenarios: [] },
      ],
      diagnostics: [{ code: 'scenario-failed' }],
    });
  });

  test('github annotates the line of the expectation', async () => {
    expect((await run('--format', 'github')).stdout).toMatch(
      new RegExp(
        `^::error file=${testsFile},line=11,.*title=scenario-failed::"stays silent on a successful one"`,
        'm',
      ),
    );
  });

  test('junit has a case for each scenario', async () => {
    const { stdout } = await run('--format', 'junit');
    expect(stdout).toContain('<testsuites name="kustodian test" tests="2" failures="1" errors="0">');
    expect(stdout).toContain('name="alerts on a failed sign-in"');
    expect(stdout.match(/<failure /g)).toHaveLength(1);
  });

  test('markdown counts and shows what failed', async () => {
    const { stdout } = await run('--format', 'markdown');
    expect(stdout).toContain('### Scenarios: 2 scenarios of 1 detection: 1 passed, 1 failed');
    expect(stdout).toContain('| ❌ | Many failed sign-ins | 1 of 2 |');
  });

  test('--report writes further formats to files', async () => {
    const { exitCode } = await run('--report', 'junit=tests.xml', '--report', 'markdown=tests.md');
    expect(exitCode).toBe(1);
    const { createNodeFileSystem } = await import('../../src/cli/node-file-system.ts');
    const fs = createNodeFileSystem(folder.path);
    expect(new TextDecoder().decode(await fs.readFile('tests.xml'))).toContain('<testsuites');
    expect(await run('--report', 'sarif=x')).toMatchObject({ exitCode: 2 });
  });
});

test('--emit-kql prints the scenarios as queries with a blank line between them, and findings beside them', async () => {
  const { exitCode, stdout, stderr } = await run('--emit-kql');
  expect([exitCode, stderr]).toEqual([0, '']);
  const queries = stdout.split(/\n\n/);
  expect(queries).toHaveLength(2);
  expect(queries[0]).toContain(`// scenario: alerts on a failed sign-in (${testsFile}:2)`);
  expect(queries[1]).toContain(
    '// expected: no alert\n// alerts here: 0\n// rows here: 0\nlet SigninLogs = datatable(',
  );
});

const emittedFile = 'detections/credential-access/failed-sign-ins/02-stays-silent-on-a-successful-one.kql';

test('--emit-kql --out writes a file for each scenario, and says what cannot be one', async () => {
  await folder.write(
    detection,
    scheduledDetection.replace(
      '  | where ResultType',
      '  | where ingestion_time() > ago(1h)\n  | where ResultType',
    ),
  );
  expect(await run('--emit-kql', '--out', 'queries')).toMatchObject({
    exitCode: 1,
    stdout: '0 files written to queries\n',
    stderr: expect.stringContaining(`${detection}:20:11: error scenario-not-emitted: no query`) as string,
  });
  await folder.write(detection, scheduledDetection);
  expect(await run('--emit-kql', '--out', 'queries')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await readFile(`${folder.path}/queries/${emittedFile}`, 'utf8')).toContain('// expected: no alert');
  expect(await run('--out', 'queries')).toMatchObject({ exitCode: 2 });
});

test('every format says at which line the rows of a failed scenario died', async () => {
  await folder.write(detection, scheduledDetection.replace('ResultType != "0"', 'ResultType == "0"'));
  const reports = ['junit', 'markdown', 'json'].flatMap((format) => ['--report', `${format}=out.${format}`]);
  const { stdout } = await run('--format', 'github', ...reports);
  const code = '| where ResultType == "0"';
  expect(stdout).toContain(`%0A${detection}:20: row 1 of SigninLogs died here: ${code}`);
  const read = (format: string): Promise<string> => readFile(`${folder.path}/out.${format}`, 'utf8');
  const verdict = `row 1 of SigninLogs died at ${detection}:20: ${code}`;
  expect(await read('markdown')).toContain(verdict);
  expect(await read('junit')).toContain(verdict.replaceAll('"', '&quot;'));
  const { detections } = JSON.parse(await read('json')) as {
    detections: readonly {
      tests: string | null;
      scenarios: readonly { fates: unknown; steps?: unknown }[];
    }[];
  };
  const [scenario] = detections.find((each) => each.tests !== null)!.scenarios;
  expect(scenario).toMatchObject({
    fates: [
      {
        table: 'SigninLogs',
        row: 1,
        file: testsFile,
        line: 4,
        fate: 'died',
        step: { file: detection, line: 20 },
      },
    ],
  });
  expect(scenario?.steps).toBeUndefined();
});

test('--explain --format json holds the rows after every operator', async () => {
  const { stdout } = await run('--explain', '--format', 'json', detection);
  const { detections } = JSON.parse(stdout) as {
    detections: readonly {
      scenarios: readonly { steps: readonly { line: number; rows: readonly unknown[] }[] }[];
    }[];
  };
  const steps = detections[0]!.scenarios.map((each) =>
    each.steps.map(({ line, rows }) => [line, rows.length]),
  );
  expect(steps[0]!.slice(0, 2)).toEqual([
    [19, 1],
    [20, 1],
  ]);
  expect(steps[1]!.slice(0, 2)).toEqual([
    [19, 1],
    [20, 0],
  ]);
});
