import { diffLines, type DiffLine } from '../../src/report/diff-lines.ts';
import { randomSource } from '../support/random-source.ts';

const signs = { same: ' ', removed: '-', added: '+' } as const;

function show(lines: readonly DiffLine[]): string[] {
  return lines.map((line) => (line.type === 'gap' ? `@${line.skipped}` : `${signs[line.type]}${line.text}`));
}

function diff(before: string, after: string, context?: number): string[] {
  return show(diffLines(before.split(''), after.split(''), context));
}

test.each([
  ['equal texts', 'abc', 'abc', ['@3']],
  ['a changed line', 'abc', 'axc', [' a', '-b', '+x', ' c']],
  ['an added line', 'ac', 'abc', [' a', '+b', ' c']],
  ['a removed line', 'abc', 'ac', [' a', '-b', ' c']],
  ['a first line', 'bc', 'abc', ['+a', ' b', ' c']],
  ['a last line', 'ab', 'abc', [' a', ' b', '+c']],
  ['from nothing', '', 'ab', ['+a', '+b']],
  ['to nothing', 'ab', '', ['-a', '-b']],
  ['repeated lines', 'aba', 'aa', [' a', '-b', ' a']],
  ['a moved line', 'abc', 'bca', ['-a', ' b', ' c', '+a']],
])('the diff of %s', (_, before, after, lines) => {
  expect(diff(before, after)).toEqual(lines);
});

test('unchanged lines far from a change are counted, not shown', () => {
  expect(diff('0123456789', '0123x56789', 1)).toEqual(['@3', ' 3', '-4', '+x', ' 5', '@4']);
  expect(diff('0123456789', 'x12345678y', 1)).toEqual(['-0', '+x', ' 1', '@6', ' 8', '-9', '+y']);
});

test('for any two texts, the same and removed lines are the old text, the same and added ones the new', () => {
  const random = randomSource(7);
  for (let run = 0; run < 300; run++) {
    const before = Array.from({ length: random.below(12) }, () => random.pick(['a', 'b', 'c']));
    const after = Array.from({ length: random.below(12) }, () => random.pick(['a', 'b', 'c']));
    const lines = diffLines(before, after, 99);
    const without = (type: DiffLine['type']) =>
      lines.flatMap((line) => (line.type === type || line.type === 'gap' ? [] : [line.text]));
    if (before.join() === after.join()) {
      expect(lines.every(({ type }) => type === 'gap')).toBe(true);
    } else {
      expect(without('added')).toEqual(before);
      expect(without('removed')).toEqual(after);
    }
  }
});

test('texts too long to compare line by line are shown as replaced, and at once', () => {
  const before = Array.from({ length: 20_000 }, (_, index) => `old ${index}`);
  const after = Array.from({ length: 20_000 }, (_, index) => `new ${index}`);
  const lines = diffLines(before, after);
  expect(lines).toHaveLength(40_000);
  expect(lines[0]).toEqual({ type: 'removed', text: 'old 0' });
});
