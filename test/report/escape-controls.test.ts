import { escapeControls } from '../../src/report/escape-controls.ts';

test.each([
  ['plain', 'naïve — 検出 🚨', 'naïve — 検出 🚨'],
  ['a colour', 'a\u001B[31mred', 'a\\u001b[31mred'],
  ['a title change', '\u001B]0;owned\u0007', '\\u001b]0;owned\\u0007'],
  ['a C1 escape', '\u009B31m', '\\u009b31m'],
  ['line ends', 'one\r\ntwo', 'one\\r\\ntwo'],
  ['an erased line', 'good\rbad\b\u007F', 'good\\rbad\\u0008\\u007f'],
  ['reversed text', 'a\u202Egnp.exe', 'a\\u202egnp.exe'],
  ['an isolate', '\u2066x\u2069', '\\u2066x\\u2069'],
  ['a line separator', 'a\u2028b', 'a\\u2028b'],
  ['a null', 'a\0b', 'a\\u0000b'],
  ['a tab', 'a\tb', 'a\tb'],
])('%s is shown and not obeyed', (_, text, shown) => {
  expect(escapeControls(text)).toBe(shown);
});
