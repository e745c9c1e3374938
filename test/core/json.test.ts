import { isJsonArray, isJsonObject, jsonEquals, stableStringify } from '../../src/core/json.ts';

describe('stableStringify', () => {
  test('gives equal values equal bytes, whatever the order of their keys', () => {
    const value = { b: [{ d: 1, c: null }], a: 'x' };
    expect(stableStringify(value)).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
    expect(stableStringify({ a: 'x', b: [{ c: null, d: 1 }] })).toBe(stableStringify(value));
  });

  test('leaves out members that are undefined', () => {
    expect(stableStringify({ b: undefined, a: { c: undefined } })).toBe('{"a":{}}');
  });

  test('indents where asked', () => {
    expect(stableStringify({ a: [1] }, 2)).toBe('{\n  "a": [\n    1\n  ]\n}');
  });

  test('keeps a key named __proto__', () => {
    expect(stableStringify(JSON.parse('{"__proto__":{"x":1}}') as { x: number })).toBe(
      '{"__proto__":{"x":1}}',
    );
  });

  test('does not change its argument', () => {
    const value = { b: 1, a: 2 };
    stableStringify(value);
    expect(Object.keys(value)).toEqual(['b', 'a']);
  });
});

describe('jsonEquals', () => {
  test.each([
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [[1, 2], [2, 1], false],
    [null, {}, false],
    ['1', 1, false],
    [{ a: null }, {}, false],
    [{ a: [{ b: 1 }] }, { a: [{ b: 1 }] }, true],
  ])('of %j and %j is %j', (a, b, equal) => {
    expect(jsonEquals(a, b)).toBe(equal);
  });
});

test.each([
  [{}, true, false],
  [[], false, true],
  [null, false, false],
  ['a', false, false],
  [undefined, false, false],
])('tells what %j is', (value, isObject, isArray) => {
  expect(isJsonObject(value)).toBe(isObject);
  expect(isJsonArray(value)).toBe(isArray);
});
