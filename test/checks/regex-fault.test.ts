import { findRegexFault } from '../../src/checks/regex-fault.ts';

test.each([
  '',
  'abc',
  '^a.*b$',
  'a|b|',
  '(a|b)+?',
  '(?:a)(?P<name>b)(?<other>c)',
  '(?i)abc',
  '(?i-s:abc)',
  '[a-z]',
  '[]a]',
  '[^]a]',
  '[[:alpha:]_]',
  String.raw`[\]\\]`,
  String.raw`\d+\.\d+\x41\x{20AC}\pL\p{Greek}\PN`,
  String.raw`\Q(literal\E.`,
  String.raw`\Q(to the end`,
  String.raw`\b\B\A\z\_\-\ \/`,
  String.raw`\012`,
  'a{2}',
  'a{2,}',
  'a{2,5}?',
  'a{1000}',
  '{',
  'a{,5}',
  'a{b}',
  '^*',
  'é+',
  '😀?',
])('RE2 runs %j', (pattern) => {
  expect(findRegexFault(pattern)).toBeUndefined();
});

test.each([
  ['(a', 'a "(" does not close'],
  ['a)', 'a ")" closes nothing'],
  ['((a)', 'a "(" does not close'],
  ['[a', 'a "[" does not close'],
  ['[]', 'a "[" does not close'],
  ['*a', 'there is nothing for "*" to repeat'],
  ['a|+', 'there is nothing for "+" to repeat'],
  ['(?)', 'RE2 does not know the group "(?)"'],
  ['a**', 'there is nothing for "*" to repeat'],
  ['a++', 'there is nothing for "+" to repeat'],
  ['a{5,2}', '"{5,2}" repeats at most fewer times than at least'],
  ['a{1001}', '"{1001}" repeats more than 1000 times'],
  ['(?=a)', 'RE2 has no lookahead and no lookbehind ("(?=")'],
  ['(?!a)', 'RE2 has no lookahead and no lookbehind ("(?!")'],
  ['(?<=a)', 'RE2 has no lookahead and no lookbehind ("(?<=")'],
  ['(?<!a)', 'RE2 has no lookahead and no lookbehind ("(?<!")'],
  ['(?>a)', 'RE2 does not know the group "(?>"'],
  [String.raw`(a)\1`, String.raw`RE2 has no back-references ("\1")`],
  [String.raw`\Z`, String.raw`RE2 does not know the escape "\Z"`],
  [String.raw`\h`, String.raw`RE2 does not know the escape "\h"`],
  ['a\\', String.raw`it ends in a "\"`],
])('RE2 refuses %j', (pattern, problem) => {
  const fault = findRegexFault(pattern);
  expect(fault?.problem).toBe(problem);
  expect(fault?.remedy).toMatch(/^[a-z].*[^.]$/);
});

test('a long expression is read in no time', () => {
  expect(findRegexFault('(?:[a-z0-9]{1,63}\\.)*'.repeat(20_000))).toBeUndefined();
});
