import { sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

const detection = 'detections/credential-access/failed-sign-ins.yaml';
const testsFile = 'detections/credential-access/failed-sign-ins.tests.yaml';
const withThreshold = scheduledDetection.replace(
  '| where ResultType != "0"',
  '| where ResultType != "0"\n  | summarize Failures = count() by UserPrincipalName\n  | where Failures >= 3\n  | project UserPrincipalName, Failures',
);
const weak = `scenarios:
  - name: alerts on five failures
    given: {SigninLogs: [{TimeGenerated: -50m, $repeat: 5, ResultType: "50126", UserPrincipalName: a@example.com}]}
    expect: {alerts: [{entities: [{entityType: Account, FullName: a@example.com}]}]}
  - name: stays silent on successes and on one failure
    given: {SigninLogs: [{$repeat: 5, ResultType: "0"}, {ResultType: "50126"}]}
    expect: none
`;
const strong = `${weak}  - name: alerts on three failures
    given: {SigninLogs: [{$repeat: 3, ResultType: "50126"}]}
    expect: {alerts: 1}
  - name: stays silent on two failures of one user and two of another
    given:
      SigninLogs:
        - {$repeat: 2, ResultType: "50126"}
        - {$repeat: 2, ResultType: "50126", UserPrincipalName: a@example.com}
    expect: none
`;
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder({ ...sampleProject, [detection]: withThreshold, [testsFile]: weak });
});

afterEach(() => folder.remove());

function run(...argv: readonly string[]): Promise<CliRun> {
  return runCli(['test', '--mutate', ...argv], { cwd: folder.path });
}

const lineOf = (text: string): number =>
  withThreshold.slice(0, withThreshold.indexOf(text)).split('\n').length;

test('a mutant that no scenario notices is listed with its line and the code before and after', async () => {
  const { exitCode, stdout, stderr } = await run(detection);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`${detection}  8 of 10 mutants killed, 1 not judged: score 0.80
  ${detection}:${lineOf('Failures >= 3')}  move-boundary  Failures >= 3 → Failures > 3
  ${detection}:${lineOf('Failures >= 3')}  move-threshold  Failures >= 3 → Failures >= 2
`);
  expect(stderr).toBe('1 detection: 8 of 10 mutants killed, 1 not judged: score 0.80\n');
});

test('--min-score fails below the score, and passes once scenarios notice everything', async () => {
  const { exitCode, stdout } = await run('--min-score', '0.9', detection);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    'error mutation-score: the mutation score is 0.8, and 0.9 is asked for: no scenario notices 2 of its mutants',
  );
  await folder.write(testsFile, strong);
  const second = await run('--min-score', '1', detection);
  expect(second).toMatchObject({
    exitCode: 0,
    stderr: '1 detection: 10 of 10 mutants killed, 1 not judged: score 1.00\n',
  });
});

test('a detection without scenarios has no score that is enough', async () => {
  const { exitCode, stdout } = await run('--min-score', '0.1');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('the detection has no scenario, and a mutation score of 0.1 is asked for');
});

test('JSON names every mutant, its verdict and the scenario that killed it', async () => {
  const { stdout } = await run('--format', 'json', detection);
  const report = JSON.parse(stdout) as { detections: { mutants: { id: string }[] }[] };
  expect(report).toMatchObject({
    formatVersion: 1,
    summary: { killed: 8, survived: 2, equivalent: 0, 'not-judged': 1 },
    detections: [{ file: detection, tests: testsFile }],
  });
  const find = (id: string): unknown => report.detections[0]?.mutants.find((mutant) => mutant.id === id);
  expect(find('flip-predicate: ResultType != "0" => not(ResultType != "0")')).toMatchObject({
    verdict: 'killed',
    killer: 'alerts on five failures',
  });
  expect(find('move-boundary: Failures >= 3 => Failures > 3')).toMatchObject({
    line: lineOf('Failures >= 3'),
    verdict: 'survived',
    killer: null,
  });
});

test('GitHub shows survivors as warnings at their lines', async () => {
  const { stdout } = await run('--format', 'github', detection);
  expect(stdout).toContain(`::warning file=${detection},line=${lineOf('Failures >= 3')},`);
});

const listed = (...mutants: readonly string[]): string =>
  `equivalentMutants:\n${mutants.map((mutant) => `  - {mutant: '${mutant}', reason: it is so}\n`).join('')}${weak}`;

test('an equivalent mutant with its reason is not counted', async () => {
  await folder.write(
    testsFile,
    listed('move-boundary: Failures >= 3 => Failures > 3', 'move-threshold: Failures >= 3 => Failures >= 2'),
  );
  expect(await run('--min-score', '1', detection)).toMatchObject({
    exitCode: 0,
    stderr: '1 detection: 8 of 8 mutants killed, 2 equivalent, 1 not judged: score 1.00\n',
  });
});

test('a listed mutant that is killed, that is not judged, that is listed twice or that does not exist is an error at its line', async () => {
  await folder.write(
    testsFile,
    listed(
      'flip-predicate: ResultType != "0" => not(ResultType != "0")',
      'move-boundary: Failures >= 3 => Failures > 3',
      'move-boundary: Failures >= 3 => Failures > 3',
      'move-boundary: Failures >= 4 => Failures > 4',
      'drop-key: UserPrincipalName',
    ),
  );
  const { exitCode, stdout } = await run(detection);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`${testsFile}:2:14: error equivalent-mutant: the mutant "flip-predicate: `);
  expect(stdout).toContain('is not equivalent: the scenario "alerts on five failures" kills it');
  expect(stdout).toContain(
    `${testsFile}:4:14: error equivalent-mutant: the mutant "move-boundary: Failures >= 3 => Failures > 3" is listed twice`,
  );
  expect(stdout).toContain(
    `${testsFile}:5:14: error equivalent-mutant: the detection has no mutant "move-boundary: Failures >= 4`,
  );
  expect(stdout).toContain('did you mean "move-boundary: Failures >= 3 => Failures > 3"?');
  expect(stdout).toContain(
    `${testsFile}:6:14: error equivalent-mutant: the mutant "drop-key: UserPrincipalName" cannot be run`,
  );
});

test('a detection whose scenarios fail is reported, and not broken', async () => {
  await folder.write(
    testsFile,
    weak.replace('$repeat: 5, ResultType: "50126"', '$repeat: 2, ResultType: "50126"'),
  );
  const { exitCode, stdout, stderr } = await run(detection);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('[FAIL] alerts on five failures');
  expect(stderr).toBe(
    '0 detections: 0 of 0 mutants killed: score 1.00, 1 detection with failing scenarios\n',
  );
});

test('an interrupted mutation stops between two mutants', async () => {
  const controller = new AbortController();
  const { exitCode, stdout, stderr } = await runCli(['test', '--mutate', detection], {
    cwd: folder.path,
    env: { NO_COLOR: '1' },
    signal: controller.signal,
    watch: (text) => {
      if (text.includes('mutating detection 1/1, mutant 3/11')) controller.abort();
    },
  });
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).not.toContain('mutant 4/11');
  expect(
    stderr.endsWith('\r\u001B[Kerror: the mutation of the detections was interrupted [cancelled]\n'),
  ).toBe(true);
});

test.each([
  [['test', '--min-score', '1'], '--min-score says nothing without --mutate'],
  [['test', '--mutate', '--min-score', '90'], '"90" is no value of --min-score'],
  [['test', '--mutate', '--format', 'junit'], '--mutate has no format "junit"'],
  [['test', '--mutate', '--explain'], '--mutate does not go with --explain'],
  [['test', '--mutate', '--emit-kql'], '--mutate does not go with --emit-kql'],
])('%j is refused', async (argv, message) => {
  const { exitCode, stderr } = await runCli(argv, { cwd: folder.path });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
