import { findQueryComments } from '../../src/kql/query-comments.ts';

function subjectsIn(query: string): readonly (readonly [string, string])[] {
  return findQueryComments(query).map((comment) => [
    comment.text,
    query.slice(comment.subject.start, comment.subject.end),
  ]);
}

test.each([
  ['T // one\n| take 1', [[' one', 'T // one']]],
  ['// one\nT\n| take 1', [[' one', '// one\nT']]],
  [
    '  // one\n\n  //two\n  T',
    [
      [' one', '  // one\n\n  //two\n  T'],
      ['two', '  //two\n  T'],
    ],
  ],
  ['T\n// end', [[' end', '// end']]],
  ['// one // two', [[' one // two', '// one // two']]],
  ['//\nT', [['', '//\nT']]],
])('%j', (query, expected) => {
  expect(subjectsIn(query)).toEqual(expected);
});

test.each([
  'print "http://x"',
  "print 'http://x'",
  'print @"c:\\" , "//"',
  'print "a \\" // b"',
  "print 'a \\' // b'",
  'print @"a "" // b"',
  'print ```\n// x\n```',
  'print ~~~\n// x\n~~~',
  'print h"//"',
  'print 4 / 2 / 1',
  '',
])('no comment starts in a literal: %j', (query) => {
  expect(findQueryComments(query)).toEqual([]);
});

test('a literal that is not closed ends with its line', () => {
  expect(findQueryComments('print "open\n// one\nT').map(({ text }) => text)).toEqual([' one']);
});
