import { valueAt } from '../../src/core/json-pointer.ts';

const data = { a: { 'b/c~d': [1, { e: null }] }, text: 'abc' };

test.each([
  ['', data],
  ['/a/b~1c~0d/0', 1],
  ['/a/b~1c~0d/1/e', null],
  ['/a/b~1c~0d/2', undefined],
  ['/a/x/y', undefined],
  ['/text/0', undefined],
  ['/toString', undefined],
  ['/a/b~1c~0d/1/e/f', undefined],
])('the value at "%s" is %j', (pointer, value) => {
  expect(valueAt(data, pointer)).toEqual(value);
});

test('a pointer into nothing leads nowhere', () => {
  expect(valueAt(undefined, '/a')).toBeUndefined();
});
