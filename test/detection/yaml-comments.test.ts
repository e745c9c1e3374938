import { findYamlComments } from '../../src/detection/yaml-comments.ts';

/** Each comment with the text that it is about, from the start of its line. */
function subjectsIn(text: string): readonly (readonly [string, string])[] {
  return findYamlComments(text).map((comment) => [
    comment.text,
    text.slice(comment.subject.start, comment.subject.end),
  ]);
}

test.each([
  ['at the end of a line, it is about the line', 'a: 1 # one\nb: 2\n', [[' one', 'a: 1 # one']]],
  ['on a line of its own, about the next one, too', '# one\na: 1\nb: 2\n', [[' one', '# one\na: 1']]],
  [
    'blank lines and other comments do not part it from its line',
    '# one\n\n# two\na: 1\n',
    [
      [' one', '# one\n\n# two\na: 1'],
      [' two', '# two\na: 1'],
    ],
  ],
  ['at the end of the file, it is about itself', 'a: 1\n# end', [[' end', '# end']]],
  [
    'with CRLF',
    '# one\r\na: 1 #two\r\n',
    [
      [' one', '# one\r\na: 1 #two'],
      ['two', 'a: 1 #two'],
    ],
  ],
  ['over a list item', 'a:\n  # one\n  - x\n', [[' one', '  # one\n  - x']]],
])('%s', (_, text, expected) => {
  expect(subjectsIn(text)).toEqual(expected);
});

test.each(['query: |', 'query: >-', 'query: |2+', 'query: &q !!str |'])(
  'over "%s", it is also about the first character of the block',
  (header) => {
    const text = `# why\n${header}\n\n  T\n  | take 1\n`;
    const [comment] = findYamlComments(text);
    expect(comment?.subject.end).toBe(text.indexOf('T\n'));
  },
);

test('behind the header of a block, it is about the same', () => {
  const text = 'query: | # why\n  T // #no\nnext: 1\n';
  expect(findYamlComments(text)).toEqual([
    { text: ' why', start: 9, end: 14, subject: { start: 0, end: text.indexOf('T') } },
  ]);
});

test.each([
  'a: x#y',
  "a: 'x # y'",
  'a: "x # y\n  z # w"',
  '"a # b": 1',
  'a: |\n  # text\n  more # text\n',
  'a: >\n  # text\n',
  'a: http://x/#y',
])('no comment starts inside a value: %j', (text) => {
  expect(findYamlComments(text)).toEqual([]);
});

test('the first mark of a line starts its comment', () => {
  expect(findYamlComments('a: 1 # see # 5\n').map(({ text }) => text)).toEqual([' see # 5']);
});
