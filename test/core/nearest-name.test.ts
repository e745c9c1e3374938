import { editDistance, nearestName } from '../../src/core/nearest-name.ts';

const keys = ['id', 'name', 'query', 'queryFrequency', 'queryPeriod', 'entityMappings', 'tags', 'tactics'];

describe('nearestName', () => {
  test.each([
    ['entityMapping', 'entityMappings'],
    ['query_frequency', 'queryFrequency'],
    ['QueryPeriod', 'queryPeriod'],
    ['QUERY', 'query'],
    ['qeury', 'query'],
    ['tag', 'tags'],
    ['tatcics', 'tactics'],
    ['nmae', 'name'],
  ])('takes %s for %s', (name, meant) => {
    expect(nearestName(name, keys)).toBe(meant);
  });

  test.each(['properties', 'author', 'schema', 'references', 'severityLevel', 'x', ''])(
    'finds nothing near %j',
    (name) => {
      expect(nearestName(name, keys)).toBeUndefined();
    },
  );

  test('takes the nearest of several, and of equals the first', () => {
    expect(nearestName('queryPerio', ['queryPeriods', 'queryPeriod'])).toBe('queryPeriod');
    expect(nearestName('cat', ['bat', 'hat'])).toBe('bat');
  });

  test('has no answer without candidates', () => {
    expect(nearestName('name', [])).toBeUndefined();
  });
});

describe('editDistance', () => {
  test.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['abc', 'abc', 0],
    ['abc', 'abd', 1],
    ['abc', 'acb', 1],
    ['abc', 'ab', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
  ])('between %j and %j is %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});
