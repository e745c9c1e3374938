import { columnNameFormat } from '../../src/checks/column-name-format.ts';
import { entityIdentifierMissing } from '../../src/checks/entity-identifier-missing.ts';
import { entityIdentifierRepeated } from '../../src/checks/entity-identifier-repeated.ts';
import { entityIdentifierUnknown } from '../../src/checks/entity-identifier-unknown.ts';
import { entityMappingCount } from '../../src/checks/entity-mapping-count.ts';
import { entityMappingRepeated } from '../../src/checks/entity-mapping-repeated.ts';
import { fieldMappingCount } from '../../src/checks/field-mapping-count.ts';
import type { EntityMapping } from '../../src/detection/detection.ts';
import type { EntityType } from '../../src/sentinel/vocabulary.ts';
import { buildHunting, buildIncidentCreation, buildNrt, buildScheduled } from '../support/build-detection.ts';
import { findingsOf, placesOf } from '../support/findings-of.ts';

const checks = [
  columnNameFormat,
  entityIdentifierMissing,
  entityIdentifierRepeated,
  entityIdentifierUnknown,
  entityMappingCount,
  entityMappingRepeated,
  fieldMappingCount,
];

/** `mapping('IP', 'Address=SourceIP')`. */
function mapping(entityType: EntityType, ...fields: readonly string[]): EntityMapping {
  return {
    entityType,
    fieldMappings: fields.map((field) => {
      const [identifier = '', columnName = ''] = field.split('=');
      return { identifier, columnName };
    }),
  };
}

function mappings(...entityMappings: readonly EntityMapping[]) {
  return buildScheduled({ entityMappings });
}

const hops = (count: number) =>
  Array.from({ length: count }, (_, index) => mapping('IP', `Address=Hop${index}`));
const packed = (count: number) => Array.from({ length: count }, (_, index) => ({ columnName: `E${index}` }));

test.each([
  ['no mapping', mappings()],
  ['a host by its name and its domain', mappings(mapping('Host', 'HostName=Host', 'DnsDomain=Domain'))],
  ['a whole hash', mappings(mapping('FileHash', 'Algorithm=Kind', 'Value=Hash'))],
  ['the scope of an address', mappings(mapping('IP', 'Address=IP', 'AddressScope=Scope'))],
  ['three identifiers', mappings(mapping('Account', 'Name=N', 'UPNSuffix=S', 'AadUserId=I'))],
  ['two entities of a type', mappings(mapping('IP', 'Address=A'), mapping('IP', 'Address=B'))],
  ['ten mappings', mappings(...hops(10))],
  ['another kind without any', buildIncidentCreation()],
])('%s is fine', (_, detection) => {
  expect(checks.flatMap((check) => placesOf(check, detection))).toEqual([]);
});

test('an unknown identifier suggests the nearest one and lists all', () => {
  const detection = mappings(mapping('IP', 'Address=A'), mapping('Malware', 'Name=N', 'category=C'));
  expect(findingsOf(entityIdentifierUnknown, detection)).toEqual([
    {
      at: '/entityMappings/1/fieldMappings/1/identifier',
      message: 'entity type Malware has no identifier "category"',
      hint: 'did you mean "Category"? it has Name, Category',
    },
  ]);
});

test('an identifier nowhere near another lists all', () => {
  const [finding] = findingsOf(entityIdentifierUnknown, mappings(mapping('URL', 'Address=A')));
  expect(finding?.hint).toBe('it has Url');
});

test('an identifier that is mapped again is found at each repetition', () => {
  const detection = mappings(mapping('Account', 'FullName=A', 'FullName=B', 'FullName=C'));
  expect(findingsOf(entityIdentifierRepeated, detection)).toEqual(
    [1, 2].map((field) => ({
      at: `/entityMappings/0/fieldMappings/${field}/identifier`,
      message: 'identifier "FullName" is mapped more than once in one Account mapping',
      hint: 'for a second entity add a second mapping',
    })),
  );
});

test.each([
  [
    'FileHash',
    ['Value=H'],
    'an entity of type FileHash cannot be told by its Value',
    'map Algorithm and Value',
  ],
  [
    'Host',
    ['DnsDomain=D', 'OSFamily=O'],
    'an entity of type Host cannot be told by its DnsDomain and OSFamily',
    'map FullName, or HostName, or NetBiosName, or AzureID, or OMSAgentID',
  ],
] as const)('a %s mapping with only %j does not identify it', (type, fields, message, hint) => {
  expect(findingsOf(entityIdentifierMissing, mappings(mapping(type, ...fields)))).toEqual([
    { at: '/entityMappings/0/entityType', message, hint },
  ]);
});

test('a misspelt identifier or an empty mapping is one finding, not two', () => {
  const detection = mappings(mapping('Account', 'Fullname=A'), mapping('IP'));
  expect(placesOf(entityIdentifierMissing, detection)).toEqual([]);
  expect(placesOf(entityIdentifierUnknown, detection)).toEqual([
    '/entityMappings/0/fieldMappings/0/identifier',
  ]);
  expect(placesOf(fieldMappingCount, detection)).toEqual(['/entityMappings/1/fieldMappings']);
});

test.each([
  ['11 mappings', mappings(...hops(11)), ['/entityMappings/10']],
  ['13 mappings', mappings(...hops(13)), ['/entityMappings/10']],
  [
    '8 mappings and 2 columns of entities',
    buildScheduled({ entityMappings: hops(8), sentinelEntitiesMappings: packed(2) }),
    [],
  ],
  [
    '8 mappings and 3 columns of entities',
    buildNrt({ entityMappings: hops(8), sentinelEntitiesMappings: packed(3) }),
    ['/sentinelEntitiesMappings/2'],
  ],
  ['11 mappings in a hunting query', buildHunting({ entityMappings: hops(11) }), []],
])('%s', (_, detection, places) => {
  expect(placesOf(entityMappingCount, detection)).toEqual(places);
});

test('the fourth field of a mapping is one too many', () => {
  const detection = mappings(mapping('Account', 'Name=N', 'UPNSuffix=S', 'AadUserId=I', 'Sid=S'));
  expect(findingsOf(fieldMappingCount, detection)).toEqual([
    {
      at: '/entityMappings/0/fieldMappings/3',
      message: 'the Account mapping has 4 fieldMappings; the service takes 3',
      hint: 'keep the 3 that identify the entity best',
    },
  ]);
});

test('mappings that differ in nothing, the order of their fields aside, are the same', () => {
  const detection = mappings(
    mapping('Host', 'HostName=H', 'DnsDomain=D'),
    mapping('Host', 'HostName=H', 'NTDomain=D'),
    mapping('Host', 'DnsDomain=D', 'HostName=H'),
  );
  expect(findingsOf(entityMappingRepeated, detection)).toEqual([
    {
      at: '/entityMappings/2',
      message: 'the Host mapping is the same as entity mapping 1',
      hint: 'delete it, or map what it was meant to map',
    },
  ]);
});

test('every column that a mapping or a custom detail names is looked at', () => {
  const detection = buildScheduled({
    entityMappings: [mapping('IP', 'Address=Good'), mapping('Host', 'HostName=H', 'DnsDomain=a.b')],
    sentinelEntitiesMappings: [{ columnName: 'Entities' }, { columnName: '1st' }],
    customDetails: { Good: 'Column', 'a/b': '', Long: 'c'.repeat(501) },
  });
  expect(placesOf(columnNameFormat, detection)).toEqual([
    '/entityMappings/1/fieldMappings/1/columnName',
    '/sentinelEntitiesMappings/1/columnName',
    '/customDetails/a~1b',
    '/customDetails/Long',
  ]);
});

test('a column name may have 500 characters', () => {
  const detection = buildScheduled({ customDetails: { Long: 'c'.repeat(500) } });
  expect(placesOf(columnNameFormat, detection)).toEqual([]);
});

test('a hunting query has no other columns than those of its entity mappings', () => {
  const detection = buildHunting({ entityMappings: [mapping('IP', 'Address=a b')] });
  expect(placesOf(columnNameFormat, detection)).toEqual(['/entityMappings/0/fieldMappings/0/columnName']);
});
