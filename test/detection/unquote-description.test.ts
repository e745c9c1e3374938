import { unquoteDescription } from '../../src/detection/unquote-description.ts';

test.each([
  ["'Identifies a new host.'\n", 'Identifies a new host.'],
  ['"Identifies a new host."  ', 'Identifies a new host.'],
  ["'Identifies a user's new host.'", "Identifies a user's new host."],
  ["'Identifies 'net.exe' and 'cmd.exe' on a host.'", "Identifies 'net.exe' and 'cmd.exe' on a host."],
  ["'Two\n\nparagraphs'\n", 'Two\n\nparagraphs'],
  ["''", ''],
])('the pair of quotes around the whole of %j is dropped', (authored, expected) => {
  expect(unquoteDescription(authored)).toBe(expected);
});

test.each([
  ["'cmd.exe' starts 'net.exe'"],
  ["'cmd.exe' is started"],
  ["'Identifies a host"],
  ["it's 'net.exe'"],
  ['"a\''],
  ["'"],
  [''],
])('%j keeps its quotes', (authored) => {
  expect(unquoteDescription(authored)).toBe(authored);
});
