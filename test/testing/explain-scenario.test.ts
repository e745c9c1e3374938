/** @jest-environment ./test/support/kusto-environment.js */
import { plainPalette } from '../../src/report/palette.ts';
import { describeFates, renderExplanation } from '../../src/report/render-explanation-text.ts';
import type { Explanation } from '../../src/testing/explain-scenario.ts';
import { failedSignIns, runOne } from '../support/run-scenarios.ts';

/** The query starts at line 12 of detections/x.yaml. */
async function explain(query: string, given: string): Promise<Explanation> {
  const lines = query.split('\n').map((line) => `  ${line}`);
  const detection = failedSignIns.replace(
    / {2}SigninLogs\n[\s\S]*?(?=entityMappings)/,
    `${lines.join('\n')}\n`,
  );
  const { results } = await runOne(`given: ${given}\nexpect: {alerts: 7}`, detection);
  const explanation = results[0]?.explanation;
  if (explanation === undefined) throw new Error(JSON.stringify(results));
  return explanation;
}

const project = '\n| project TimeGenerated, UserPrincipalName';

test.each([
  [
    'the predicate that it does not meet',
    `SigninLogs\n| where ResultType != "0"\n| where AppDisplayName == "x"${project}`,
    '{SigninLogs: [{ResultType: "0"}, {ResultType: "1"}, {ResultType: "1", AppDisplayName: x}]}',
    [
      'row 1 of SigninLogs died at detections/x.yaml:13: | where ResultType != "0"',
      'row 2 of SigninLogs died at detections/x.yaml:14: | where AppDisplayName == "x"',
      'row 3 of SigninLogs came through to the result',
    ],
  ],
  [
    'the threshold that rows miss together',
    `SigninLogs\n| summarize TimeGenerated = max(TimeGenerated), Count = count() by UserPrincipalName\n| where Count > 3`,
    '{SigninLogs: [{UserPrincipalName: a}, {UserPrincipalName: a}]}',
    ['rows 1-2 of SigninLogs died at detections/x.yaml:14: | where Count > 3'],
  ],
  [
    'the summary that it changes nothing of',
    `SigninLogs\n| distinct UserPrincipalName`,
    '{SigninLogs: [{UserPrincipalName: a}, {UserPrincipalName: a}]}',
    ['rows 1-2 of SigninLogs died at detections/x.yaml:13: | distinct UserPrincipalName'],
  ],
  [
    'the join, for a row of either leg',
    `SigninLogs\n| join kind=inner (\n    AuditLogs\n    | where OperationName == "x"\n  ) on $left.UserPrincipalName == $right.Identity${project}`,
    '{SigninLogs: [{UserPrincipalName: a}], AuditLogs: [{OperationName: x, Identity: b}, {OperationName: y, Identity: a}]}',
    [
      'row 1 of SigninLogs died at detections/x.yaml:13: | join kind=inner ( AuditLogs | where OperationName == "x" ) on $left.UserPrincipalName == $right.Identity',
      'row 1 of AuditLogs died at detections/x.yaml:13: | join kind=inner ( AuditLogs | where OperationName == "x" ) on $left.UserPrincipalName == $right.Identity',
      'row 2 of AuditLogs died at detections/x.yaml:15: | where OperationName == "x"',
    ],
  ],
  [
    'the line in the function that a let declares',
    `let failed = (code: string) {\n  SigninLogs\n  | where ResultType == code\n};\nfailed("7")${project}`,
    '{SigninLogs: [{ResultType: "8"}]}',
    ['row 1 of SigninLogs died at detections/x.yaml:14: | where ResultType == code'],
  ],
  [
    'the window, before any operator',
    `SigninLogs${project}`,
    '{SigninLogs: [{TimeGenerated: -2h}]}',
    ['row 1 of SigninLogs lies outside of the time that the run looks at (queryPeriod)'],
  ],
  [
    'nothing, if the query does not read its table',
    `SigninLogs${project}`,
    '{AuditLogs: [{Identity: a}]}',
    ['row 1 of AuditLogs has no effect: the query does not read it'],
  ],
])('a row dies at %s', async (_what, query, given, verdicts) => {
  expect(describeFates(await explain(query, given))).toEqual(verdicts);
});

test('the rows after every operator are shown with the line, how many they are, and the first of them', async () => {
  const explanation = await explain(
    'SigninLogs\n| where ResultType != "0"\n| project UserPrincipalName, ResultType',
    '{SigninLogs: [{ResultType: "0", UserPrincipalName: a}, {ResultType: "1", UserPrincipalName: b}]}',
  );
  expect(renderExplanation(explanation, plainPalette)).toEqual([
    '12  2 rows  SigninLogs',
    '      ResultType  TimeGenerated                 Type        UserPrincipalName',
    '      0           2026-01-15T11:59:30.0000000Z  SigninLogs  a',
    '      1           2026-01-15T11:59:30.0000000Z  SigninLogs  b',
    '13  1 row   | where ResultType != "0"',
    '      ResultType  TimeGenerated                 Type        UserPrincipalName',
    '      1           2026-01-15T11:59:30.0000000Z  SigninLogs  b',
    '14  1 row   | project UserPrincipalName, ResultType',
    '      UserPrincipalName  ResultType',
    '      b                  1',
  ]);
});

test('a scenario that passes is explained only if somebody asks', async () => {
  const { results } = await runOne('given: {SigninLogs: []}\nexpect: none');
  expect(results).toMatchObject([{ verdict: 'passed' }]);
  expect(results[0]).not.toHaveProperty('explanation');
});
