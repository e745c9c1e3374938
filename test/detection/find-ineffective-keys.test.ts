import { isJsonObject } from '../../src/core/json.ts';
import { findIneffectiveKeys } from '../../src/detection/find-ineffective-keys.ts';
import { documentSchemas } from '../../src/detection/schemas.ts';

const kinds = ['Scheduled', 'NRT', 'Hunting', 'MicrosoftSecurityIncidentCreation'] as const;
const { properties } = documentSchemas.detection.schema;
const everyKey = Object.fromEntries(
  Object.keys(isJsonObject(properties) ? properties : {}).map((key) => [key, 'x']),
);

function ineffectiveIn(kind: (typeof kinds)[number]): readonly string[] {
  return findIneffectiveKeys(everyKey, kind, () => true).map(({ pointer }) => pointer.slice(1));
}

test('every key of the format means something for a kind, and not all do for each', () => {
  const effective = kinds.flatMap((kind) =>
    Object.keys(everyKey).filter((key) => !ineffectiveIn(kind).includes(key)),
  );
  expect([...new Set(effective)].sort()).toEqual(Object.keys(everyKey).sort());
  for (const kind of kinds) expect(ineffectiveIn(kind)).not.toEqual([]);
});

test.each([
  ['Hunting', 'queryFrequency'],
  ['Hunting', 'suppressionDuration'],
  ['NRT', 'productFilter'],
  ['MicrosoftSecurityIncidentCreation', 'entityMappings'],
] as const)('in %s, %s has no effect', (kind, key) => {
  expect(ineffectiveIn(kind)).toContain(key);
});

test('a key that the format lacks is not its business', () => {
  expect(findIneffectiveKeys({ author: 'me' }, 'Hunting', () => false)).toEqual([]);
});
