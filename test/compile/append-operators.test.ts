import { appendOperators } from '../../src/compile/append-operators.ts';

test.each([
  ['SigninLogs', 'SigninLogs\n| take 1'],
  ['SigninLogs\n', 'SigninLogs\n| take 1\n'],
  ['SigninLogs;\n', 'SigninLogs\n| take 1;\n'],
  ['let a = 1;\nSigninLogs ; // done; really', 'let a = 1;\nSigninLogs\n| take 1 ; // done; really'],
  ['SigninLogs // all; of them\n', 'SigninLogs // all; of them\n| take 1\n'],
  ['SigninLogs // all\n;', 'SigninLogs // all\n| take 1\n;'],
  ['T | where Url == "a; //b"', 'T | where Url == "a; //b"\n| take 1'],
  [String.raw`T | where Path == @"C:\";`, String.raw`T | where Path == @"C:\"` + '\n| take 1;'],
  [String.raw`T | where A == "\";" ;`, String.raw`T | where A == "\";"` + '\n| take 1 ;'],
  ["T | where A == 'x;'", "T | where A == 'x;'\n| take 1"],
  ['print ```;\n// "```', 'print ```;\n// "```\n| take 1'],
  ['print ~~~;~~~;', 'print ~~~;~~~\n| take 1;'],
  ['SigninLogs;;\n', 'SigninLogs\n| take 1;;\n'],
])('%j becomes %j', (query, expected) => {
  expect(appendOperators(query, ['| take 1'])).toBe(expected);
});

test('without operators the query stays as it is', () => {
  expect(appendOperators('SigninLogs;\n\n', [])).toBe('SigninLogs;\n\n');
});
