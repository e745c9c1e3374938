import { compileSchema, textParameter } from '../../src/core/json-schema.ts';

const person = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', title: 'Name' },
    age: { type: 'integer', minimum: 0 },
    'a/b': { enum: ['x', 'y'] },
    born: { type: 'string', format: 'date' },
  },
};

describe('compileSchema', () => {
  test('finds nothing wrong in valid data', () => {
    expect(compileSchema(person)({ name: 'Ada', age: 36, 'a/b': 'x', born: '1815-12-10' })).toEqual([]);
  });

  test.each([
    [{}, '', 'required', { missingProperty: 'name' }],
    [{ name: 'A', nam: 1 }, '', 'additionalProperties', { additionalProperty: 'nam' }],
    [{ name: 1 }, '/name', 'type', { type: 'string' }],
    [{ name: 'A', age: -1 }, '/age', 'minimum', { limit: 0 }],
    [{ name: 'A', 'a/b': 'z' }, '/a~1b', 'enum', { allowedValues: ['x', 'y'] }],
    [{ name: 'A', born: 'yesterday' }, '/born', 'format', { format: 'date' }],
    [null, '', 'type', { type: 'object' }],
  ])('says of %j where and which keyword', (data, pointer, keyword, params) => {
    const [violation, ...others] = compileSchema(person)(data);
    expect(others).toEqual([]);
    expect(violation).toMatchObject({ pointer, keyword, params });
    expect(violation?.message).not.toBe('');
  });

  test('finds every violation, not only the first', () => {
    const found = compileSchema(person)({ age: 'old', x: 1, y: 2 });
    expect(found.map(({ keyword }) => keyword).sort()).toEqual([
      'additionalProperties',
      'additionalProperties',
      'required',
      'type',
    ]);
  });

  test('gives the subschema that was broken', () => {
    expect(compileSchema(person)({ name: 1 })[0]?.schema).toBe(person.properties.name);
  });

  test('reports what a condition demands, not that a condition was not met', () => {
    const validate = compileSchema({
      if: { required: ['kind'] },
      then: { required: ['schedule'] },
    });
    expect(validate({ kind: 'x' }).map(({ keyword }) => keyword)).toEqual(['required']);
  });

  test('reports a bad name of a key once', () => {
    const validate = compileSchema({ propertyNames: { pattern: '^[a-z]+$' } });
    const found = validate({ ok: 1, 'not ok': 2 });
    expect(found.map(({ pointer, keyword }) => [pointer, keyword])).toEqual([['', 'propertyNames']]);
    expect(found.map((each) => textParameter(each, 'propertyName'))).toEqual(['not ok']);
  });

  test('knows the annotations that editors read', () => {
    const schema = { type: 'string', markdownDescription: 'x', enumDescriptions: ['y'], doNotSuggest: true };
    expect(compileSchema(schema)('text')).toEqual([]);
  });

  test('compiles at the first call: a faulty schema throws there, and only there', () => {
    const validate = compileSchema({ type: 'no such type' });
    expect(() => validate({})).toThrow('type');
  });

  test('a misspelt keyword is a faulty schema', () => {
    expect(() => compileSchema({ requried: ['name'] })({})).toThrow('requried');
  });
});

test('a parameter that is not text counts as empty', () => {
  const [violation] = compileSchema({ minimum: 3 })(1);
  expect(violation && textParameter(violation, 'limit')).toBe('');
});
