import { parseYaml } from '../../src/detection/parse-yaml.ts';
import { bytesOf, documentOf, parseText, placeOf, summarise, testFile } from '../support/load-text.ts';

describe('what scalars mean', () => {
  test.each([
    ['text', 'text'],
    ['"quoted"', 'quoted'],
    ["'it''s'", "it's"],
    ['"a\\tb\\x41\\u00e9\\U0001F600"', 'a\tbAé😀'],
    ['true', true],
    ['False', false],
    ['yes', 'yes'],
    ['null', null],
    ['~', null],
    ['', null],
    ['12', 12],
    ['-3.5', -3.5],
    ['1e3', 1000],
    ['0x10', 16],
    ['010', 10],
    ['1.0.0', '1.0.0'],
    ['2026-01-15', '2026-01-15'],
    ['5m', '5m'],
    ['"12"', '12'],
    ['!!str 12', '12'],
    ['! 12', '12'],
    ['!!int "12"', 12],
    ['!!float 1', 1],
    ['[a, {b: c}, [d]]', ['a', { b: 'c' }, ['d']]],
    ['!!map {a: b}', { a: 'b' }],
  ])('%j', (yaml, value) => {
    expect(documentOf(`key: ${yaml}\n`).data).toEqual({ key: value });
  });

  test.each([
    ['1.10', '1.10'],
    ['0x10', '0x10'],
    ['1e3', '1e3'],
    ['0123', '0123'],
    ['True', 'True'],
    ['~', '~'],
    ['"1\\t0"', '1\t0'],
    ['[a]', undefined],
  ])('the text of %j as written is %j', (yaml, text) => {
    expect(documentOf(`key: ${yaml}\n`).scalarText('/key')).toBe(text);
  });

  test('keys are text as written, and nothing is special about any of them', () => {
    const { data } = documentOf('1.10: a\ntrue: b\n"x y": c\n__proto__: d\n');
    expect(Object.entries(data as object)).toEqual([
      ['1.10', 'a'],
      ['true', 'b'],
      ['x y', 'c'],
      ['__proto__', 'd'],
    ]);
  });
});

describe('anchors, aliases and merge keys', () => {
  test('an alias is the value of its anchor', () => {
    expect(documentOf('a: &x [1, 2]\nb: *x\nc: &y text\n*y : d\n').data).toEqual({
      a: [1, 2],
      b: [1, 2],
      c: 'text',
      text: 'd',
    });
  });

  test('merged keys give way to those of the mapping, wherever it stands, and to those merged before', () => {
    const text = 'a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  x: 3\n  <<: [*a, *b]\n  w: 3\n';
    expect(documentOf(text).data).toMatchObject({ c: { x: 3, y: 1, z: 2, w: 3 } });
  });

  test('"<<" in quotes is an ordinary key', () => {
    expect(documentOf('"<<": {a: 1}\n').data).toEqual({ '<<': { a: 1 } });
  });
});

describe('bytes and line ends', () => {
  test('a byte order mark does not count', () => {
    const { document } = parseYaml(testFile, new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf('a: b\n')]));
    expect(document?.data).toEqual({ a: 'b' });
    expect(placeOf(document?.spanOf('/a', 'key'))).toBe('1:1-1:2');
  });

  test.each(['\n', '\r\n', '\r'])('line ends %j become \\n in text', (eol) => {
    const text = ['a: |', '  one', '', '  two', 'b: "x', '  y"', ''].join(eol);
    expect(documentOf(text).data).toEqual({ a: 'one\n\ntwo\n', b: 'x y' });
  });

  test('line ends that are written as escapes become \\n as well', () => {
    expect(documentOf('a: "one\\r\\ntwo\\rthree\\n"\n').data).toEqual({ a: 'one\ntwo\nthree\n' });
  });

  test.each([
    ['no line end at the end', 'a: |\n  one', 'one\n'],
    ['|', 'a: |\n  one\n\n', 'one\n'],
    ['|-', 'a: |-\n  one\n\n', 'one'],
    ['|+', 'a: |+\n  one\n\n', 'one\n\n'],
    ['trailing blanks', 'a: |\n  one  \n   two\n', 'one  \n two\n'],
    ['an indentation indicator', 'a: |2\n    one\n', '  one\n'],
    ['a tab inside a block', 'a: |\n  one\ttwo\n  \tthree\n', 'one\ttwo\n\tthree\n'],
  ])('a block with %s', (_, text, value) => {
    expect(documentOf(text).data).toEqual({ a: value });
  });
});

test.each(['---\na: b\n', 'a: b\n---\n', 'a: b\n...\n', '# note\na: b\n', '%YAML 1.2\n---\na: b\n'])(
  'one document may have markers around it: %j',
  (text) => {
    expect(documentOf(text).data).toEqual({ a: 'b' });
  },
);

describe('what cannot be read is one clear error', () => {
  const utf16 = (text: string): Uint8Array => new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]);

  test.each([
    ['UTF-16', utf16('a: b'), 'not-utf8', 'nowhere'],
    ['UTF-16, big endian', new Uint8Array([0xfe, 0xff, 0, 0x61]), 'not-utf8', 'nowhere'],
    ['Windows-1252', Buffer.from('a: b\nc: caf\xe9\n', 'latin1'), 'not-utf8', '2:1-2:1'],
    ['a cut character', bytesOf('a: é').subarray(0, 4), 'not-utf8', '1:1-1:1'],
    ['nothing', bytesOf(''), 'empty-file', 'nowhere'],
    ['blanks', bytesOf('\n  \n'), 'empty-file', 'nowhere'],
    ['a comment', bytesOf('# nothing\n'), 'empty-file', 'nowhere'],
    ['only markers', bytesOf('---\n...\n'), 'empty-file', 'nowhere'],
    ['more than a megabyte', bytesOf('a'.repeat(1_048_577)), 'file-too-large', 'nowhere'],
    ['a NUL', bytesOf('a: b\nc: \0\n'), 'yaml-syntax', '2:4-2:5'],
  ])('%s', (_, bytes, code, place) => {
    const { document, diagnostics } = parseYaml(testFile, bytes);
    expect(document).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
    const [diagnostic] = diagnostics;
    expect(diagnostic).toMatchObject({ code, severity: 'error', file: testFile });
    expect(diagnostic?.hint).toBeTruthy();
    if (place !== 'nowhere') expect(placeOf(diagnostic?.span)).toBe(place);
  });

  test.each([
    ['two documents', 'a: b\n---\nc: d\n', '3:1-3:2 a second document starts here'],
    ['a second document of text', 'a: b\n---\ntext\n', '3:1-3:2 a second document starts here'],
  ])('%s', (_, text, summary) => {
    expect(summarise(parseText(text).diagnostics)).toEqual([`error several-documents ${summary}`]);
  });
});

describe('syntax errors say what was done and where', () => {
  test.each([
    [
      'a key of a list item that is not lined up',
      'list:\n    - id: M\n    types:\n        - D\n',
      '3:5-3:11 this line is not indented like the lines it belongs with',
    ],
    ['a colon in plain text', 'a: b\nname: foo: bar\n', '2:10-2:15 ": " inside a value without quotes'],
    ['a tab', 'a:\n\tb: c\n', '2:1-2:6 a tab in the indentation'],
    ['a tab in a block', 'a: |\n\tb\n', '2:1-2:3 a tab in the indentation'],
    ['a reserved character', 'a: @b\n', '1:4-1:6 a value without quotes cannot start with "@"'],
    ['a list beside its key', 'a: - b\n', '1:4-1:7 a list that starts on the line of its key'],
    ['text behind a quote', "a: 'it's'\n", '1:8-1:10 text after the closing quote or bracket of a value'],
    ['a placeholder', 'a: {{Account}} did\n', '1:16-1:19 text after the closing quote or bracket of a value'],
    ['an open quote', 'a: "b\nc: d\n', '2:1-2:5 a quote or bracket that was opened above is not closed'],
    ['a quote open to the end', "a: 'b\n  c", '2:4-2:4 a quoted text is not closed'],
    ['an open bracket', 'a: [b,\nc: d\n', '2:1-2:5 a quote or bracket that was opened above is not closed'],
    ['a bracket open to the end', 'a: {b: c,\n  d', '2:4-2:4 a bracket, [ or {, is not closed'],
    ['a backslash', 'a: "\\d"\n', '1:6-1:8 a backslash in double quotes that starts no escape'],
    ['a line without a key', 'a: b\nfoo\nc: d\n', '2:1-2:4 a line that is not "key: value"'],
    ['a block that is not indented', 'a: |\nfoo\nc: d\n', '2:1-2:4 a line that is not "key: value"'],
    [
      'a block with a smaller line',
      'a: |\n    b\n  c\nd: e\n',
      '3:3-3:4 this line is not indented like the lines it belongs with',
    ],
    ['text beside a block sign', 'a: | b\n  c\n', '1:6-1:7 text on the line that starts a block'],
    ['a bell', 'a: b\x07\n', '1:5-1:6 a control character'],
    ['a key after a list', '- a\nb: c\n', '2:1-2:5 this line does not belong to what is above it'],
    ['no blank after a colon', 'a:b\nc: d\n', '2:2-2:5 this line does not belong to what is above it'],
  ])('%s', (_, text, summary) => {
    const { document, diagnostics } = parseText(text);
    expect(document).toBeUndefined();
    expect(summarise(diagnostics)).toEqual([`error yaml-syntax ${summary}`]);
    expect(diagnostics[0]?.hint).toBeTruthy();
  });

  test('a reason of the parser that needs no explanation is passed on', () => {
    const [diagnostic] = parseText('a: |0\n  b\n').diagnostics;
    expect(diagnostic).toMatchObject({ code: 'yaml-syntax', severity: 'error' });
    expect(diagnostic?.message).toContain('indentation width');
  });
});

describe('mistakes that the grammar allows are all reported', () => {
  test('duplicate keys, with the place of the first', () => {
    const { document, diagnostics } = parseText('a: 1\nb: {x: 1, x: 2}\na: 3\n');
    expect(document).toBeUndefined();
    expect(summarise(diagnostics)).toEqual([
      'error duplicate-key 2:11-2:12 key "x" stands twice in one mapping',
      'error duplicate-key 3:1-3:2 key "a" stands twice in one mapping',
    ]);
    expect(placeOf(diagnostics[1]?.related?.[0]?.span)).toBe('1:1-1:2');
  });

  test.each([
    ['a: *x\n', 'unknown-alias 1:4-1:6 alias "*x" names no anchor before it'],
    ['a: &x [*x]\n', 'unknown-alias 1:8-1:10 alias "*x" names no anchor before it'],
    ['a: !foo b\n', 'unsupported-tag 1:4-1:10 "b" cannot be read by its tag "!foo"'],
    ['a: !!int b\n', 'unsupported-tag 1:4-1:11 "b" cannot be read by its tag "!!int"'],
    ['a: !!set {b}\n', 'unsupported-tag 1:4-1:11 tag "!!set" has no meaning here'],
    ['? [a]\n: b\n', 'yaml-syntax 1:3-1:6 a list or mapping as a key'],
    ['<<: text\n', 'yaml-syntax 1:1-1:9 "<<" merges something that is not a mapping'],
  ])('%j', (text, summary) => {
    expect(summarise(parseText(text).diagnostics)).toEqual([`error ${summary}`]);
  });
});

describe('a file that would blow up is refused before it does', () => {
  test('aliases of aliases', () => {
    const levels = Array.from('bcdefghi', (name) => {
      const below = String.fromCharCode(name.charCodeAt(0) - 1);
      return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${below}`).join(',')}]`;
    });
    const text = ['a: &a [x,x,x,x,x,x,x,x,x,x]', ...levels].join('\n');
    expect(parseText(text).diagnostics.map(({ code }) => code)).toEqual(['yaml-too-complex']);
  });

  test('aliases of a long text', () => {
    const text = `a: &a "${'x'.repeat(500_000)}"\nb: [${Array.from({ length: 100 }, () => '*a').join(', ')}]\n`;
    expect(parseText(text).diagnostics.map(({ code }) => code)).toEqual(['yaml-too-complex']);
  });

  test.each(['['.repeat(500), '{a: '.repeat(500), '- '.repeat(500)])('deep nesting', (text) => {
    const { diagnostics } = parseText(`a:\n  ${text}`);
    expect(diagnostics.map(({ code }) => code)).toEqual(['yaml-too-complex']);
  });

  test('many aliases of something small are fine', () => {
    const text = `a: &a x\nb: [${Array.from({ length: 5_000 }, () => '*a').join(', ')}]\n`;
    expect(parseText(text).diagnostics).toEqual([]);
  });
});
