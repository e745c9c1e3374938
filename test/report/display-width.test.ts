import { cutToWidth, displayWidth } from '../../src/report/display-width.ts';

test.each([
  ['', 0],
  ['abc', 3],
  ['naïve', 5],
  ['nai\u0308ve', 5],
  ['検出', 4],
  ['ﾃｽﾄ', 3],
  ['ＡＢ', 4],
  ['한글', 4],
  ['🚨!', 3],
  ['→…', 2],
])('%j takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test.each([
  ['short', 10, 'short'],
  ['exactly10!', 10, 'exactly10!'],
  ['longer than that', 10, 'longer th…'],
  ['検出検出', 5, '検出…'],
  ['🚨🚨🚨', 4, '🚨…'],
  ['abc', 1, '…'],
  ['abc', 0, ''],
])('%j cut to %i columns is %j', (text, columns, cut) => {
  expect(cutToWidth(text, columns)).toBe(cut);
  expect(displayWidth(cut)).toBeLessThanOrEqual(columns);
});
