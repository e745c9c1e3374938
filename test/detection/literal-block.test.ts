import { replaceLiteralBlock } from '../../src/detection/literal-block.ts';
import { documentOf } from '../support/load-text.ts';

function replace(text: string, value = 'A\n\n| take 2'): string | undefined {
  return replaceLiteralBlock(documentOf(text), '/query', value);
}

test.each([
  ['query: |\n  T\n  | take 1\nnext: 1\n', 'query: |\n  A\n\n  | take 2\nnext: 1\n'],
  ['query: |-\n    T\n# tail\n', 'query: |-\n    A\n\n    | take 2\n# tail\n'],
  ['query: |+\n  T\n\n\n', 'query: |+\n  A\n\n  | take 2\n\n\n'],
  ['query: | # why\n  T   \n\nnext: 1', 'query: | # why\n  A\n\n  | take 2\n\nnext: 1'],
  ['query: |\r\n  T\r\nnext: 1\r\n', 'query: |\r\n  A\r\n\r\n  | take 2\r\nnext: 1\r\n'],
  ['query: |2\n  T', 'query: |2\n  A\n\n  | take 2'],
  ['a:  1   # odd\nquery: |\n  T\n', 'a:  1   # odd\nquery: |\n  A\n\n  | take 2\n'],
])('only the lines of the block change: %j', (text, expected) => {
  expect(replace(text)).toBe(expected);
});

test.each([
  'query: T',
  "query: 'T'",
  'query: "T"',
  'query: >\n  T',
  'query:\n  T',
  'query: [T]',
  'other: 1',
  'query:',
])('a value that is no literal block is left to the caller: %j', (text) => {
  expect(replace(text)).toBeUndefined();
});
