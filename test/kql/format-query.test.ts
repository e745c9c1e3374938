/** @jest-environment ./test/support/kusto-environment.js */
import { formatQuery } from '../../src/kql/format-query.ts';

test('an operator stands on its own line, with single spaces around what it holds', () => {
  const query =
    "let a=5;SecurityEvent|where EventID==4625   and Account has 'x' // why\n|summarize count() by Account,Computer";
  expect(formatQuery(query)).toBe(
    [
      'let a = 5;',
      'SecurityEvent',
      "| where EventID == 4625 and Account has 'x' // why",
      '| summarize count() by Account, Computer',
    ].join('\n'),
  );
});

test.each([
  'SecurityEvent | join kind=inner (SigninLogs | where Identity != "" | project Identity) on $left.Account == $right.Identity',
  'let f = (x:long) { SecurityEvent | where EventID == x | take 1 };\nf(1)\n| extend a = iff(EventID > 1, "a", "b")',
  '// a comment first\nunion isfuzzy=true (SecurityEvent | take 1), (SigninLogs | take 1)\n// and last',
  "print a = 'two  spaces', b = @'c:\\x'",
])('formatting twice is formatting once, and only white space changes: %s', (query) => {
  const once = formatQuery(query) ?? '';
  expect(once.replace(/\s/g, '')).toBe(query.replace(/\s/g, ''));
  expect(formatQuery(once)).toBe(once);
});

test('text in quotes keeps its spaces', () => {
  expect(formatQuery("print   a='two  spaces'")).toBe("print a = 'two  spaces'");
});

test.each(['SecurityEvent | where', 'SecurityEvent | where (EventID == 1', '| take 1', '.show tables'])(
  'what is not a sound query stays as it is: %s',
  (query) => {
    expect(formatQuery(query)).toBeUndefined();
  },
);
