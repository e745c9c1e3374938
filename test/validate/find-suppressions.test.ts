import { findSuppressions } from '../../src/validate/find-suppressions.ts';
import { bytesOf } from '../support/load-text.ts';

function find(text: string) {
  return findSuppressions('x.yaml', bytesOf(text)).map(({ request, span, subject }) => ({
    ...(request ?? { code: undefined }),
    line: span.start.line,
    lines: `${subject.start.line}-${subject.end.line}`,
  }));
}

test('a suppression stands in a comment of the YAML or of the query, over its line or behind it', () => {
  const text = [
    '# kustodian-ignore id-not-guid: an old one',
    'id: x',
    'name: y # kustodian-ignore duplicate-name: the twin goes in May',
    'query: |',
    '  // kustodian-ignore kql/unknown-table: it comes with the agent',
    '  Agent_CL',
    '  | where A contains "x" // kustodian-ignore contains-word: parts of words count',
    '',
  ].join('\n');
  expect(find(text)).toEqual([
    { code: 'id-not-guid', reason: 'an old one', line: 1, lines: '1-2' },
    { code: 'duplicate-name', reason: 'the twin goes in May', line: 3, lines: '3-3' },
    { code: 'kql/unknown-table', reason: 'it comes with the agent', line: 5, lines: '5-6' },
    { code: 'contains-word', reason: 'parts of words count', line: 7, lines: '7-7' },
  ]);
});

test('in a query that is written in quotes, places are those of its own lines', () => {
  const text = String.raw`query: "T // kustodian-ignore a: b\n| take 1"`;
  const [suppression] = findSuppressions('x.yaml', bytesOf(text));
  expect(text.slice(suppression?.subject.start.offset, suppression?.subject.end.offset)).toBe(
    'T // kustodian-ignore a: b',
  );
});

test.each([
  '# kustodian-ignore',
  '# kustodian-ignore:',
  '# kustodian-ignore a-code',
  '# kustodian-ignore a-code:',
  '# kustodian-ignore a-code:   ',
  '# kustodian-ignore: a reason',
  '# kustodian-ignore a, b: two at once',
])('without one code and a reason, it asks for nothing: %s', (comment) => {
  expect(find(`${comment}\nid: x\n`)).toMatchObject([{ code: undefined }]);
});

test.each([
  '# see kustodian-ignore a: b',
  '# kustodian-ignored a: b',
  '# kustodian-ignore-next a: b',
  'note: "# kustodian-ignore a: b"',
  'query: |\n  # kustodian-ignore a: b\n  T',
  'description: |\n  // kustodian-ignore a: b',
  'query: print "// kustodian-ignore a: b"',
])('what does not start with the marker, or is no comment, is none: %j', (text) => {
  expect(find(text)).toEqual([]);
});

test.each(['# kustodian-ignore a: b\nid: [', '', '# kustodian-ignore a: b\n- list\n'])(
  'files that hold no detection do no harm: %j',
  (text) => {
    expect(() => find(text)).not.toThrow();
  },
);
