import { sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

const detection = 'detections/credential-access/failed-sign-ins.yaml';
const timeline = `now: 2026-01-15T12:00:00Z
given:
  SigninLogs:
    - {TimeGenerated: -90m, ResultType: "1", UserPrincipalName: a@example.com}
    - {TimeGenerated: -70m, _IngestionTime: -10m, ResultType: "1", UserPrincipalName: b@example.com}
`;
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder({ ...sampleProject, 'week.yaml': timeline });
});

afterEach(() => folder.remove());

function run(...argv: readonly string[]): Promise<CliRun> {
  return runCli(['simulate', detection, '--timeline', 'week.yaml', ...argv], { cwd: folder.path });
}

test('a row that came in after the run in whose window it lies is never looked at', async () => {
  expect(await run()).toMatchObject({
    exitCode: 0,
    stdout: `2 runs, 1 alert, 1 incident
2026-01-15T11:00:00Z  alert  Medium  Many failed sign-ins | Account FullName=a@example.com
2026-01-15T11:00:00Z  incident of 1 alert  Many failed sign-ins
never looked at: row 2 of SigninLogs of 2026-01-15T10:50:00Z (week.yaml:5)
`,
  });
});

test('a period longer than the frequency sees late rows, and alerts twice on others', async () => {
  await folder.write(detection, scheduledDetection.replace('queryPeriod: 1h', 'queryPeriod: 2h'));
  const { stdout } = await run();
  expect(stdout).not.toContain('never looked at');
  expect(stdout).toContain(
    'alerted 2 times: row 1 of SigninLogs of 2026-01-15T10:30:00Z (week.yaml:4): 2026-01-15T11:00:00Z, 2026-01-15T12:00:00Z',
  );
});

test('after an alert, suppressed runs do not take place', async () => {
  const suppressed = `${scheduledDetection}suppressionEnabled: true\nsuppressionDuration: 5h\n`;
  await folder.write(detection, suppressed.replace('queryPeriod: 1h', 'queryPeriod: 4h'));
  const { stdout } = await run();
  expect(stdout).toMatch(/^5 runs \(4 suppressed\), 1 alert, 1 incident\n/);
});

test('what the arguments get wrong is said', async () => {
  expect(await run('--from', 'yesterday')).toMatchObject({ exitCode: 2 });
  expect(await run('--from', '2026-01-15', '--to', '2026-01-14')).toMatchObject({ exitCode: 2 });
  await folder.write('week.yaml', timeline.replace('ResultType', 'ResultTyp'));
  const { exitCode, stderr } = await run();
  expect(exitCode).toBe(1);
  expect(stderr).toContain('week.yaml:4:29: error fixture-unknown-column');
});

test('with --format json, every run is there', async () => {
  const report: unknown = JSON.parse((await run('--format', 'json')).stdout);
  expect(report).toMatchObject({
    formatVersion: 1,
    runs: [
      { at: '2026-01-15T11:00:00.0000000Z', seen: 1, results: 1, isSuppressed: false },
      { seen: 0, results: 0, alerts: [] },
    ],
    neverSeen: [{ table: 'SigninLogs', number: 2, line: 5 }],
  });
});
