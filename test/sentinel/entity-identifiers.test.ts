import { entityIdentifiers } from '../../src/sentinel/entity-identifiers.ts';
import { entityTypes } from '../../src/sentinel/vocabulary.ts';

test('every entity type has identifiers, none of them twice', () => {
  expect(Object.keys(entityIdentifiers).sort()).toEqual([...entityTypes].sort());
  for (const type of entityTypes) {
    const { identifiers } = entityIdentifiers[type];
    expect(identifiers.length).toBeGreaterThan(0);
    expect(new Set(identifiers).size).toBe(identifiers.length);
  }
});

test.each(entityTypes)('the required combinations of %s are made of its identifiers', (type) => {
  const { identifiers, requiredAnyOf } = entityIdentifiers[type];
  expect(requiredAnyOf.length).toBeGreaterThan(0);
  expect(requiredAnyOf.flat().filter((one) => !identifiers.includes(one))).toEqual([]);
});

test('a hash needs both its algorithm and its value, an address may have a scope', () => {
  expect(entityIdentifiers.FileHash.requiredAnyOf).toEqual([['Algorithm', 'Value']]);
  expect(entityIdentifiers.IP.identifiers).toEqual(['Address', 'AddressScope']);
  expect(entityIdentifiers.Account.requiredAnyOf).toContainEqual(['FullName']);
});
