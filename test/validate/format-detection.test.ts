/** @jest-environment ./test/support/kusto-environment.js */
import { formatDetection } from '../../src/validate/format-detection.ts';
import { bytesOf } from '../support/load-text.ts';

function format(text: string) {
  return formatDetection('x.yaml', bytesOf(text));
}

const around = (block: string): string => `# first\nid:   "x"   # odd\n${block}tags: [ a,b ]\n# last`;

test.each([
  ['query: |\n  T|take 1\n', 'query: |\n  T\n  | take 1\n'],
  ['query: |-\n    T|take 1\n', 'query: |-\n    T\n    | take 1\n'],
  ['query: |+\n  T|take 1\n\n\n', 'query: |+\n  T\n  | take 1\n\n\n'],
  ['query: | # why\n  T|take 1 // five\n', 'query: | # why\n  T\n  | take 1 // five\n'],
  ['query: |\n\n  T|take 1   \n', 'query: |\n  T\n  | take 1\n'],
  ['query: |\n  T\n\n  // why\n  |take 1\n', 'query: |\n  T\n\n  // why\n  | take 1\n'],
])('the query is laid out, and nothing else changes: %j', (before, after) => {
  expect(format(around(before))).toEqual({ type: 'formatted', text: around(after) });
  expect(format(around(after))).toEqual({ type: 'unchanged' });
});

test('line ends and the byte order mark stay', () => {
  expect(format('\uFEFFid: x\r\nquery: |\r\n  T|take 1\r\n')).toEqual({
    type: 'formatted',
    text: '\uFEFFid: x\r\nquery: |\r\n  T\r\n  | take 1\r\n',
  });
});

test.each(['T|take 1', "'T|take 1'", '"T|take 1"', '>\n  T|take 1', '\n  T|take 1'])(
  'a query that is no literal block is left alone: %j',
  (value) => {
    expect(format(`id: x\nquery: ${value}\n`)).toMatchObject({ type: 'skipped' });
  },
);

test('so is one that another key shares', () => {
  expect(format('copy: &q |\n  T|take 1\nquery: *q\n')).toMatchObject({ type: 'skipped' });
});

test.each([
  'id: x\n',
  'query: ""\n',
  'query: 5\n',
  '- a list\n',
  'query: |\n  T\n  | take 1\n',
  "query: 'T'\n",
])('what needs no formatting is unchanged: %j', (text) => {
  expect(format(text)).toEqual({ type: 'unchanged' });
});

test.each([
  ['query: |\n  T | where\n', 'syntax error'],
  ['query: |\n  T | where x == "open\n', 'syntax error'],
  ['query: |\n  .show tables\n', 'syntax error'],
  ['query: [', 'YAML has errors'],
  ['', 'YAML has errors'],
])('what has errors is refused: %j', (text, reason) => {
  expect(format(text)).toEqual({ type: 'refused', reason: expect.stringContaining(reason) as string });
});
