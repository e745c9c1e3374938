import {
  formatColumns,
  joinColumns,
  parseColumns,
  toScalarType,
  withColumns,
} from '../../src/kql/schemas/compact-columns.ts';

test.each([
  ['', []],
  ['A', [{ name: 'A', type: 'string' }]],
  [
    'A B:int C:dynamic',
    [
      { name: 'A', type: 'string' },
      { name: 'B', type: 'int' },
      { name: 'C', type: 'dynamic' },
    ],
  ],
])('%j is read, and written as it was', (text, columns) => {
  expect(parseColumns(text)).toEqual(columns);
  expect(formatColumns(parseColumns(text))).toBe(text);
});

test.each([
  ['Boolean', 'bool'],
  ['BigInt', 'long'],
  ['double', 'real'],
  ['DateTime', 'datetime'],
  ['string', 'string'],
  ['def', undefined],
  ['constructor', undefined],
  ['', undefined],
])('the type %j is %s', (name, type) => {
  expect(toScalarType(name)).toBe(type);
});

test('of a column that is listed again the first type counts', () => {
  const joined = joinColumns(parseColumns('A:int B'), parseColumns('B:long C'));
  expect(formatColumns(joined)).toBe('A:int B C');
});

test('columns are read when they are first asked for, and once', () => {
  const table = withColumns({ name: 'T' }, 'A', undefined, 'B:int');
  expect(table.name).toBe('T');
  expect(formatColumns(table.columns)).toBe('A B:int');
  expect(table.columns).toBe(table.columns);
});
