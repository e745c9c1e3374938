import {
  isColumnName,
  isCustomDetailKey,
  isGuid,
  isResourceName,
  resourceNameLength,
} from '../../src/sentinel/names.ts';

test.each([
  ['UserPrincipalName', true, true],
  ['_ResourceId', true, false],
  ['IP2', true, true],
  ['Größe', true, true],
  ['name\n', true, true],
  ['name\n\n', false, false],
  ['2IP', false, false],
  ['Übung', false, false],
  ['user name', false, false],
  ['a.b', false, false],
  ['a-b', false, false],
  ["['a']", false, false],
  ['', false, false],
])('%j is a column name: %s, a custom detail key: %s', (text, column, key) => {
  expect(isColumnName(text)).toBe(column);
  expect(isCustomDetailKey(text)).toBe(key);
});

test.each([
  ['5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11', true],
  ['5F0E4A5C-8F0D-4C57-9D3E-0A6B2B1C7D11', true],
  ['5f0e4a5c8f0d4c579d3e0a6b2b1c7d11', false],
  ['{5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11}', false],
  ['5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d1g', false],
  ['', false],
])('%j is a GUID: %s', (text, expected) => {
  expect(isGuid(text)).toBe(expected);
});

test.each([
  ['AlertRules-1124', true],
  ['a b', true],
  ['a', true],
  ['a'.repeat(resourceNameLength), true],
  ['a'.repeat(resourceNameLength + 1), false],
  ['', false],
  [' ', false],
  ['a.', false],
  ['a ', false],
  ['a/b', false],
  ['a\\b', false],
  ['a?b', false],
  ['a#b', false],
  ['100%', false],
  ['a\u0000b', false],
  ['a\nb', false],
])('%j is the name of a resource: %s', (text, expected) => {
  expect(isResourceName(text)).toBe(expected);
});
