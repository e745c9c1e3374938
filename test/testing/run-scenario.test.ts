import { failedSignIns, runOne } from '../support/run-scenarios.ts';

const oneFailure = 'given: {SigninLogs: [{ResultType: "50126", UserPrincipalName: a@example.com}]}';

test('a scenario passes whose alert is as expected', async () => {
  const { results } = await runOne(`${oneFailure}
expect:
  alerts:
    - title: Failed sign-in
      severity: Medium
      tactics: CredentialAccess
      count: 1
      entities: [{entityType: Account, FullName: a@example.com}]`);
  expect(results).toMatchObject([{ verdict: 'passed', mismatches: [], dependsOnOrder: false }]);
});

test('a scenario fails with what was expected and what came, side by side', async () => {
  const { results } = await runOne(`${oneFailure}
expect:
  alerts:
    - {severity: High, entities: [{entityType: Account, FullName: b@example.com}]}`);
  expect(results).toMatchObject([
    {
      verdict: 'failed',
      mismatches: [
        {
          span: { start: { line: 6 } },
          cells: [
            { name: 'severity', expected: 'High', got: 'Medium', isSame: false },
            {
              name: 'entity',
              expected: 'Account FullName=b@example.com',
              got: 'Account FullName=a@example.com',
            },
          ],
        },
      ],
    },
  ]);
});

test.each([
  ['none', `${oneFailure}\nexpect: none`, '0 alerts expected, got 1'],
  ['a number of alerts', 'given: {SigninLogs: []}\nexpect: {alerts: 1}', '1 alert expected, got 0'],
  ['a number of rows', `${oneFailure}\nexpect: {rows: 2}`, '2 rows expected, got 1'],
  ['a number of incidents', `${oneFailure}\nexpect: {incidents: 0}`, '0 incidents expected, got 1'],
])('%s is compared', async (_what, scenario, message) => {
  const { results } = await runOne(scenario);
  expect(results[0]?.mismatches.map((mismatch) => mismatch.message)).toContain(message);
});

test('a query that the engine refuses is an error at its line, and never a pass', async () => {
  const detection = failedSignIns
    .replace('| where', '| reduce by ResultType\n  | where Pattern == "" and')
    .replace(' ResultType != "0"\n', ' true\n')
    .replace(
      'project TimeGenerated, UserPrincipalName, IPAddress, ResultType',
      'project UserPrincipalName = Pattern',
    );
  const { results, diagnostics } = await runOne('given: {}\nexpect: none', detection);
  expect(results).toMatchObject([{ verdict: 'refused' }]);
  expect(diagnostics).toMatchObject([
    { code: 'kql/unsupported', severity: 'error', file: 'detections/x.yaml', span: { start: { line: 13 } } },
  ]);
});

test('alerts that depend on the order of the rows are noticed', async () => {
  const detection = failedSignIns.replace('| project', '| take 1\n  | project');
  const { results } = await runOne(
    'given: {SigninLogs: [{ResultType: "1", UserPrincipalName: a}, {ResultType: "1", UserPrincipalName: b}]}\nexpect: {alerts: 1}',
    detection,
  );
  expect(results).toMatchObject([{ verdict: 'passed', dependsOnOrder: true }]);
});

test('a scenario may set parameters, and one that the detection lacks is refused', async () => {
  const detection = failedSignIns
    .replace('query: |', 'parameters:\n  wanted: {type: string, default: "1"}\nquery: |')
    .replace('ResultType != "0"', 'ResultType == wanted');
  const scenario = (name: string): string =>
    `parameters: {${name}: "50126"}\n${oneFailure}\nexpect: {alerts: 1}`;
  expect((await runOne(scenario('wanted'), detection)).results).toMatchObject([{ verdict: 'passed' }]);
  expect((await runOne(scenario('wnated'), detection)).diagnostics).toMatchObject([
    { code: 'scenario-setting', hint: 'did you mean "wanted"?', span: { start: { line: 3 } } },
  ]);
});
