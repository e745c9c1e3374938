import { joinPointer, parentPointer, splitPointer } from '../../src/core/json-pointer.ts';

test.each([
  ['', []],
  ['/a', ['a']],
  ['/a/0/b', ['a', '0', 'b']],
  ['/a~1b/~0c', ['a/b', '~c']],
  ['/~01', ['~1']],
  ['/', ['']],
  ['//', ['', '']],
])('%j holds the tokens %j', (pointer, tokens) => {
  expect(splitPointer(pointer)).toEqual(tokens);
  expect(joinPointer('', ...tokens)).toBe(pointer);
});

test('numbers are tokens too', () => {
  expect(joinPointer('/list', 3, 'name')).toBe('/list/3/name');
});

test.each([
  ['/a/0/b', '/a/0'],
  ['/a', ''],
  ['', undefined],
])('the parent of %j is %j', (pointer, parent) => {
  expect(parentPointer(pointer)).toBe(parent);
});
