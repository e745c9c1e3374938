import { cut, documentOf, placeOf } from '../support/load-text.ts';

/** Where the nth occurrence of a part stands in a text. */
function find(text: string, part: string): number {
  const at = text.indexOf(part);
  if (at === -1) throw new Error(`"${part}" is not in the text`);
  return at;
}

describe('spanOf', () => {
  const text = [
    'id: abc # note',
    "name: 'in quotes'",
    'list:',
    '  - one',
    '  - key: [a, "b", {c: d}, ] # ]',
    '    empty:',
    'block: |',
    '',
    '  first',
    '  last',
    '',
    'flow: {x: , y: [1, 2], }',
    'odd/key~: z',
    '',
  ].join('\n');
  const document = documentOf(text);

  test.each([
    ['/id', 'abc', 'id'],
    ['/name', "'in quotes'", 'name'],
    ['/list/0', 'one', 'one'],
    ['/list/1/key', '[a, "b", {c: d}, ]', 'key'],
    ['/list/1/key/1', '"b"', '"b"'],
    ['/list/1/key/2', '{c: d}', '{c: d}'],
    ['/list/1/key/2/c', 'd', 'c'],
    ['/list/1/empty', 'empty', 'empty'],
    ['/block', 'first\n  last', 'block'],
    ['/flow', '{x: , y: [1, 2], }', 'flow'],
    ['/flow/x', 'x', 'x'],
    ['/flow/y', '[1, 2]', 'y'],
    ['/odd~1key~0', 'z', 'odd/key~'],
  ])('%s', (pointer, value, key) => {
    expect(cut(text, document.spanOf(pointer))).toBe(value);
    expect(cut(text, document.spanOf(pointer, 'key'))).toBe(key);
  });

  test('a list ends with its last item, the root with its last value', () => {
    expect(cut(text, document.spanOf('/list'))).toBe('- one\n  - key: [a, "b", {c: d}, ] # ]\n    empty');
    expect(cut(text, document.spanOf(''))).toBe(text.trimEnd());
  });

  test.each([
    ['/missing', 'id: abc # note'],
    ['/list/1/missing/deeper', 'key: [a, "b", {c: d}, ] # ]'],
    ['/list/7', '- one'],
    ['/id/0', 'abc'],
  ])('%s leads nowhere and gives the first line around it', (pointer, line) => {
    expect(cut(text, document.spanOf(pointer))).toBe(line);
    expect(cut(text, document.spanOf(pointer, 'key'))).toBe(line);
  });

  test('lines and columns count from 1, offsets from 0, with any line end', () => {
    const crlf = documentOf('a: 1\r\nb:\r\n  c: é😀 x\r\n');
    expect(placeOf(crlf.spanOf('/b/c'))).toBe('3:6-3:11');
    expect(crlf.spanOf('/b/c').start.offset).toBe(15);
    expect(placeOf(documentOf('a: 1\rb: 2').spanOf('/b'))).toBe('2:4-2:5');
  });

  test('an alias has the place of its anchor, a merged key that of its source', () => {
    const yaml = 'base: &b\n  x: one\nuse: *b\nmerge:\n  <<: *b\n';
    const aliased = documentOf(yaml);
    expect(placeOf(aliased.spanOf('/use/x'))).toBe('2:6-2:9');
    expect(placeOf(aliased.spanOf('/merge/x'))).toBe('2:6-2:9');
    expect(placeOf(aliased.spanOf('/merge/x', 'key'))).toBe('2:3-2:4');
  });

  test('a tag or anchor is not part of the value', () => {
    const yaml = 'a: !!str &x text\nb: &y\n  c: d\n';
    expect(cut(yaml, documentOf(yaml).spanOf('/a'))).toBe('text');
    expect(cut(yaml, documentOf(yaml).spanOf('/b'))).toBe('c: d');
  });

  test('a pair in a flow list is a mapping without brackets', () => {
    const yaml = 'a: [x: y, z]\n';
    expect(cut(yaml, documentOf(yaml).spanOf('/a/0'))).toBe('x: y');
    expect(cut(yaml, documentOf(yaml).spanOf('/a'))).toBe('[x: y, z]');
  });
});

describe('spanWithin maps offsets in the value to the file', () => {
  const styles: readonly (readonly [string, string])[] = [
    ['a literal block', 'q: |\n  T\n  | where Bad == 1\n  | take 1\n'],
    ['a block without its last line end', 'q: |-\n  T\n  | where Bad == 1\n'],
    ['a block that keeps line ends', 'q: |+\n  T\n  | where Bad == 1\n\n\n'],
    ['a block at the end of the file', 'q: |\n  T\n  | where Bad == 1'],
    ['a block after blank lines', 'q: |\n\n\n  T\n\n  | where Bad == 1\n'],
    ['a block with deeper lines', 'q: |\n    T\n      | where Bad == 1\n'],
    ['a block with an indentation indicator', 'q: |2\n      T\n    | where Bad == 1\n'],
    ['a block with a comment beside its sign', 'q: | # KQL\n  T\n  | where Bad == 1\n'],
    ['a block in a list', 'q:\n- a: |\n    T\n    | where Bad == 1\n'],
    ['a folded block', 'q: >\n  T\n  | where Bad == 1\n  | take 1\n'],
    ['a folded block with deeper lines', 'q: >-\n  T\n    | project x\n  | where Bad == 1\n'],
    ['a folded block with empty lines', 'q: >+\n\n  T\n\n\n  | where Bad == 1\n\n'],
    ['plain text', 'q: T | where Bad == 1\n'],
    ['plain text over lines', 'q: T  \n\n   | project x\n   | where Bad == 1\n'],
    ['single quotes', "q: 'T | where x == ''a'' | where Bad == 1'\n"],
    ['single quotes over lines', "q: 'T  \n\n  | where x == ''a''\n  | where Bad == 1'\n"],
    ['double quotes', 'q: "T\\n| where x == \\"a\\"\\n\\x7c where Bad == 1"\n'],
    ['double quotes over lines', 'q: "T  \n\n  | where x == \\"a\\" \\\n  | where Bad == 1"\n'],
    ['double quotes with escaped blanks', 'q: "T \\ \n  \\ | where Bad == 1\\t"\n'],
    ['escapes beyond 16 bits', 'q: "\\U0001F600\\u00e9\\L | where Bad == 1"\n'],
    ['escaped line ends', 'q: "T\\r\\n| project x\\r| where Bad == 1"\n'],
    ['characters beyond 16 bits', 'q: |\n  "😀é" | where Bad == 1\n'],
  ];
  const cases = styles.flatMap(([style, yaml]) => [
    [style, yaml] as const,
    [`${style}, CRLF`, yaml.replaceAll('\n', '\r\n')] as const,
  ]);

  test.each(cases)('%s', (_, yaml) => {
    const document = documentOf(yaml);
    const pointer = document.scalarText('/q') === undefined ? '/q/0/a' : '/q';
    const value = document.scalarText(pointer) ?? '';
    const at = value.indexOf('Bad');
    const span = document.spanWithin(pointer, at, at + 'Bad'.length);
    expect(cut(yaml, span)).toBe('Bad');
    expect(span.start.offset).toBe(find(yaml, 'Bad'));
  });

  test.each(cases)('%s: offsets never go back, and stay inside the file', (_, yaml) => {
    const document = documentOf(yaml);
    const pointer = document.scalarText('/q') === undefined ? '/q/0/a' : '/q';
    const value = document.scalarText(pointer) ?? '';
    let last = 0;
    for (let at = 0; at < value.length; at++) {
      const span = document.spanWithin(pointer, at, at + 1);
      expect(span.start.offset).toBeGreaterThanOrEqual(last);
      expect(span.end.offset).toBeGreaterThanOrEqual(span.start.offset);
      expect(span.end.offset).toBeLessThanOrEqual(yaml.length);
      last = span.start.offset;
    }
  });

  test('an escape is one character of the value and several of the file', () => {
    const yaml = 'q: "a\\x41b"\n';
    expect(cut(yaml, documentOf(yaml).spanWithin('/q', 1, 2))).toBe('\\x41');
  });

  test('a stretch over lines covers the indentation between them', () => {
    const yaml = 'q: |\n  one\n  two\n';
    expect(cut(yaml, documentOf(yaml).spanWithin('/q', 2, 6))).toBe('e\n  tw');
  });

  test('the end of the value is a place too', () => {
    const yaml = 'q: |\n  one\nr: s\n';
    expect(placeOf(documentOf(yaml).spanWithin('/q', 4, 4))).toBe('3:1-3:1');
    expect(placeOf(documentOf(yaml).spanWithin('/q', 3, 3))).toBe('2:6-2:6');
  });

  test.each([
    ['offsets beyond the value', '/q', 90, 95, '1:7-1:7'],
    ['offsets before it', '/q', -5, 1, '1:4-1:5'],
    ['an end before its start', '/q', 2, 1, '1:6-1:6'],
    ['a value that is no text', '/l', 0, 1, '2:4-2:7'],
    ['a pointer that leads nowhere', '/x', 0, 1, '1:1-1:7'],
    ['a value without text', '/e', 0, 1, '3:1-3:2'],
  ])('%s give the nearest place', (_, pointer, start, end, place) => {
    const document = documentOf('q: abc\nl: [a]\ne:\n');
    expect(placeOf(document.spanWithin(pointer, start, end))).toBe(place);
  });
});
