import { compileRegex, unreliableGroupsOf } from '../../src/engine/regex.ts';

/** Each: a pattern, what it matches whole, what it does not. https://learn.microsoft.com/kusto/query/regex */
test.each([
  ['\\d+', ['12', '１2'], ['a']],
  ['\\bstra\\b', ['stra'], []],
  ['[\\w-.]+', ['a-b.c', 'ä_1'], ['a b']],
  ['[[:alpha:]]+', ['Az'], ['ä']],
  ['[[:^digit:]]', ['x'], ['1']],
  ['[a-z&&[^aeiou]]', ['b'], ['a', 'B']],
  ['[0-9--4]', ['5'], ['4']],
  ['[a-g~~b-h]', ['a', 'h'], ['b']],
  ['[]a]+', [']a'], ['b']],
  ['(?i)straße', ['STRAße'], ['strasse']],
  ['a(?i)b', ['ab', 'aB'], ['Ab']],
  ['(?i:a)b', ['Ab'], ['aB']],
  ['(?i)a(?-i)b', ['Ab'], ['AB']],
  ['a.c', ['a\rc'], ['a\nc']],
  ['(?s)a.c', ['a\nc'], []],
  ['(?x) a # comment\n b', ['ab'], ['a b']],
  ['\\x41\\u{42}\\U00000043', ['ABC'], ['abc']],
  ['\\p{Greek}\\pL\\P{L}', ['αb1'], ['abb']],
  ['a{2}{2}', ['aaaa'], ['aaa']],
  ['a++', ['aa'], ['']],
  ['(?P<x>a)|b', ['a', 'b'], ['c']],
  ['\\/\\-\\"', ['/-"'], []],
])('%s matches what it does in Kusto', (pattern, matching, others) => {
  const regex = compileRegex(`^(?:${pattern})$`);
  const tested = [...matching, ...others].filter((text) => regex?.test(text));
  expect(tested).toEqual(matching);
});

test.each([
  'a(?=b)',
  'a(?!b)',
  '(?<=a)b',
  '(?<!a)b',
  '(a)\\1',
  '(?>a)',
  '*a',
  '(a',
  'a)',
  '[b-a]',
  '\\Q.\\E',
  '\\Z',
  '(?u-u)a',
  '\\y',
])('a pattern that is none in Kusto does not compile: %s', (pattern) => {
  expect(compileRegex(pattern)).toBeNull();
});

test('a word boundary knows all letters', () => {
  expect(compileRegex('\\bber\\b')?.test('über')).toBe(false);
  expect(compileRegex('\\büber\\b')?.test('an über b')).toBe(true);
  expect(compileRegex('\\Bber\\b')?.test('über')).toBe(true);
});

test('lines count only where the pattern says so, and only a new line ends one', () => {
  expect(compileRegex('^b$')?.test('a\nb')).toBe(false);
  expect(compileRegex('(?m)^b$')?.test('a\nb')).toBe(true);
  expect(compileRegex('(?m)^b$')?.test('a\rb')).toBe(false);
});

test('groups that a later round of a repetition may leave out are told', () => {
  expect([...unreliableGroupsOf('(x)(?:(a)|b)+')]).toEqual([2]);
  expect([...unreliableGroupsOf('((a)?b(c))+')]).toEqual([2]);
  expect([...unreliableGroupsOf('(?:(a)b)+(c)?')]).toEqual([]);
});

test('the flag U makes repetitions lazy', () => {
  expect(compileRegex('(?U)a+')?.exec('aaa')?.[0]).toBe('a');
  expect(compileRegex('(?U)a+?')?.exec('aaa')?.[0]).toBe('aaa');
});
