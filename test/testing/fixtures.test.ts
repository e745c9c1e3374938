import { runOne, runScenarios, failedSignIns } from '../support/run-scenarios.ts';

/** The findings of a scenario with one row of SigninLogs, as code, place, message and hint. */
async function findingsOf(row: string): Promise<readonly string[]> {
  const { diagnostics } = await runOne(`given:\n  SigninLogs:\n    - ${row}\nexpect: none`);
  return diagnostics.map(
    ({ code, span, message, hint }) =>
      `${code} ${span?.start.line}:${span?.start.column} ${message} (${hint ?? ''})`,
  );
}

test.each([
  [
    '{ResultTyp: "0"}',
    'fixture-unknown-column 5:12 SigninLogs has no column "ResultTyp" (did you mean "ResultType"?)',
  ],
  ['{ResultType: 0}', 'fixture-type 5:12 ResultType of SigninLogs: 0 is no string (write it in quotes: "0")'],
  [
    '{TimeGenerated: yesterday}',
    'fixture-type 5:12 TimeGenerated of SigninLogs: "yesterday" is no datetime (write it like -2h, now, or 2026-01-15T12:00:00Z)',
  ],
  [
    '{IsInteractive: "true"}',
    'fixture-type 5:12 IsInteractive of SigninLogs: "true" is no bool (write true or false)',
  ],
  ['{DurationMs: 1.5}', 'fixture-type 5:12 DurationMs of SigninLogs: 1.5 is no long (write a whole number)'],
])('a row %s is refused at its place, with a remedy', async (row, finding) => {
  expect(await findingsOf(row)).toEqual([finding]);
});

test('a misspelt table is refused, so that it does not pass for an empty one', async () => {
  const { results, diagnostics } = await runOne('given:\n  SignInLog: []\nexpect: none');
  expect(results).toEqual([]);
  expect(diagnostics).toMatchObject([
    { code: 'fixture-unknown-table', hint: 'did you mean "SigninLogs"?', span: { start: { line: 4 } } },
  ]);
});

test('a mistake in the defaults is said once, however many scenarios there are', async () => {
  const scenario = '  - name: x\n    given: {}\n    expect: none\n';
  const tests = `defaults:\n  given:\n    SigninLogs: [{ResultTyp: "0"}]\nscenarios:\n${scenario}${scenario}`;
  const { diagnostics } = await runScenarios(failedSignIns, tests);
  expect(diagnostics).toHaveLength(1);
});

test('a row has a time just before the run, a type, and the columns of the defaults', async () => {
  const detection = failedSignIns.replace('project TimeGenerated, ', 'project TimeGenerated, Type, ');
  const tests = `defaults:
  columns: {SigninLogs: {ResultType: "50126", UserPrincipalName: a@example.com}}
scenarios:
  - name: alerts
    given: {SigninLogs: [{}, {UserPrincipalName: b@example.com}]}
    expect:
      rows:
        - {TimeGenerated: 2026-01-15T11:59:30Z, Type: SigninLogs, UserPrincipalName: a@example.com}
        - {UserPrincipalName: b@example.com, ResultType: "50126"}
      exact: true
`;
  expect((await runScenarios(detection, tests)).results).toMatchObject([{ verdict: 'passed' }]);
});

test('a repeated row is as many rows, each later and numbered', async () => {
  const { results } = await runOne(`given:
  SigninLogs:
    - {$repeat: 3, $every: 30s, TimeGenerated: -10m, ResultType: "1", UserPrincipalName: "u{n}@example.com"}
expect:
  rows:
    - {UserPrincipalName: u1@example.com, TimeGenerated: -10m}
    - {UserPrincipalName: u3@example.com, TimeGenerated: -9m}
    - {UserPrincipalName: u2@example.com, TimeGenerated: 2026-01-15T11:50:30Z}
  exact: true`);
  expect(results[0]?.mismatches).toEqual([]);
});

test.each([
  ['rows.jsonl', '{"TimeGenerated": "-5m", "ResultType": "1", "UserPrincipalName": "a@example.com"}\n\n'],
  [
    'rows.csv',
    'TimeGenerated [UTC],ResultType,UserPrincipalName\n"1/15/2026, 11:55:00.000 AM",1,a@example.com\n',
  ],
])('rows come from %s beside the tests', async (name, text) => {
  const files = new Map([[`detections/${name}`, { text }]]);
  const scenario = `given: {SigninLogs: {file: ${name}}}
expect: {rows: [{TimeGenerated: -5m, UserPrincipalName: a@example.com, ResultType: "1"}], exact: true}`;
  expect((await runOne(scenario, failedSignIns, { files })).results).toMatchObject([{ verdict: 'passed' }]);
});

test('a mistake in a file of rows is found at its line there', async () => {
  const files = new Map([
    ['detections/rows.jsonl', { text: '{"ResultType": "1"}\n{"ResultTyp": "1"}\n[]\n' }],
  ]);
  const { diagnostics } = await runOne(
    'given: {SigninLogs: {file: rows.jsonl}}\nexpect: none',
    failedSignIns,
    {
      files,
    },
  );
  expect(diagnostics).toMatchObject([
    { code: 'fixture-unknown-column', file: 'detections/rows.jsonl', span: { start: { line: 2 } } },
    { code: 'fixture-file', file: 'detections/rows.jsonl', span: { start: { line: 3 } } },
  ]);
});
