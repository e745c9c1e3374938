import type { SourcePosition, SourceSpan } from '../../src/core/diagnostic.ts';
import { renderCodeFrame } from '../../src/report/code-frame.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { plainPalette } from '../../src/report/palette.ts';

function positionOf(text: string, offset: number): SourcePosition {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1, offset };
}

/** The span of the part between « and », and the text without them. */
function marked(source: string): { text: string; span: SourceSpan } {
  const start = source.indexOf('«');
  const end = source.indexOf('»') - 1;
  const text = source.replace(/[«»]/g, '');
  return { text, span: { start: positionOf(text, start), end: positionOf(text, end) } };
}

function frame(source: string): string {
  const { text, span } = marked(source);
  return renderCodeFrame(text, span, plainPalette).join('\n');
}

test.each([
  ['a word', 'a: 1\nb: «two»\nc: 3', ['2 | b: two', '  |    ^^^']],
  ['a place between characters', 'b: «»two', ['1 | b: two', '  |    ^']],
  ['the end of a line', 'b: two«»\nc: 3', ['1 | b: two', '  |       ^']],
  ['the end of the text', 'b: two«»', ['1 | b: two', '  |       ^']],
  ['an empty line', 'a\n«»\nb', ['2 |', '  | ^']],
  ['a line that ends in CRLF', 'a: 1\r\nb: «two»\r\n', ['2 | b: two', '  |    ^^^']],
  ['several lines', 'a\n  b«c\nd\ne»f', ['2 |   bc', '  |    ^ to line 4']],
  ['a line and its line break', 'a: «b\n»c', ['1 | a: b', '  |    ^']],
  ['a text behind a tab', '\tb: «two»', ['1 |     b: two', '  |        ^^^']],
  ['a tab', 'b:«\t»two', ['1 | b:    two', '  |   ^^^^']],
  ['a text behind wide characters', '検出: «two»', ['1 | 検出: two', '  |       ^^^']],
  ['wide characters', 'b: «検出» x', ['1 | b: 検出 x', '  |    ^^^^']],
  ['an emoji', 'b: «🚨»', ['1 | b: 🚨', '  |    ^^']],
  ['a control character', 'b: «\u001B»x', ['1 | b: \\u001bx', '  |    ^^^^^^']],
])('the frame of %s marks it', (_, source, lines) => {
  expect(frame(source)).toBe(lines.join('\n'));
});

test('the gutter is as wide as the line number', () => {
  expect(frame(`${'\n'.repeat(99)}a «b»`)).toBe('100 | a b\n    |   ^');
});

test.each([
  ['its start', 0],
  ['its middle', 5_000],
  ['its end', 9_990],
])('a line of 10,000 characters is cut around a span at %s', (_, offset) => {
  const text = `${'x'.repeat(offset)}NEEDLE${'y'.repeat(9_994 - offset)}`;
  const span = { start: positionOf(text, offset), end: positionOf(text, offset + 6) };
  const [line = '', carets = ''] = renderCodeFrame(text, span, plainPalette);
  expect(line.length).toBeLessThan(130);
  expect(line.indexOf('NEEDLE')).toBe(carets.indexOf('^'));
  expect(carets.trimEnd()).toMatch(/[^^]\^{6}$/);
  expect(line.startsWith('1 | …')).toBe(offset > 0);
  expect(line.endsWith('…')).toBe(offset < 9_000);
});

test('a span of 10,000 characters is marked as far as the line is shown', () => {
  const text = `q: ${'x'.repeat(10_000)}`;
  const span = { start: positionOf(text, 3), end: positionOf(text, 10_003) };
  const [line = '', carets = ''] = renderCodeFrame(text, span, plainPalette);
  expect(line.length).toBeLessThan(130);
  expect(carets.length).toBeLessThanOrEqual(line.length);
});

test('a cut never splits a character', () => {
  for (let shift = 0; shift < 4; shift++) {
    const text = `${'a'.repeat(shift)}${'🚨'.repeat(400)}`;
    const offset = shift + 400;
    const span = { start: positionOf(text, offset), end: positionOf(text, offset + 2) };
    const [line = '', carets = ''] = renderCodeFrame(text, span, plainPalette);
    expect(line).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/);
    expect(displayWidth(carets)).toBeLessThan(displayWidth(line));
  }
});

test.each([
  ['behind the end', { line: 9, column: 1, offset: 900 }],
  ['at a column that its offset cannot have', { line: 1, column: 40, offset: 2 }],
])('a span %s has no frame', (_, start) => {
  expect(renderCodeFrame('short', { start, end: start }, plainPalette)).toEqual([]);
});

test('the palette marks the gutter and the carets', () => {
  const { text, span } = marked('b: «two»');
  const palette = { ...plainPalette, red: (it: string) => `<${it}>`, dim: (it: string) => `(${it})` };
  expect(renderCodeFrame(text, span, palette)).toEqual(['(1 |) b: two', '(  |)    <^^^>']);
});
