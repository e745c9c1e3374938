import {
  defaultApiVersion,
  isApiVersion,
  isPreviewApiVersion,
  supports,
  type ApiFeature,
} from '../../src/sentinel/api-versions.ts';

const features: readonly ApiFeature[] = [
  'nrt',
  'subTechniques',
  'sentinelEntitiesMappings',
  'subTechniquesAlertProperty',
  'defenderProductFilters',
];

test.each([
  ['2025-09-01', true],
  ['2025-10-01-preview', true],
  ['2024-02-29', true],
  ['2025-02-29', false],
  ['2025-13-01', false],
  ['2025-9-1', false],
  ['2025-09-01-PREVIEW', false],
  ['2025-09-01-privatepreview', false],
  ['latest', false],
  ['', false],
])('%j is an api-version: %s', (text, expected) => {
  expect(isApiVersion(text)).toBe(expected);
});

test('the default is a preview that carries everything', () => {
  expect(isApiVersion(defaultApiVersion)).toBe(true);
  expect(isPreviewApiVersion(defaultApiVersion)).toBe(true);
  expect(features.filter((feature) => !supports(defaultApiVersion, feature))).toEqual([]);
});

test.each(['2025-09-01', '2022-08-01', '2031-01-01'])('stable %s carries none of them', (version) => {
  expect(features.filter((feature) => supports(version, feature))).toEqual([]);
});

test.each<[string, ApiFeature, boolean]>([
  ['2020-01-01-preview', 'nrt', false],
  ['2021-09-01-preview', 'nrt', true],
  ['2023-11-01-preview', 'subTechniques', false],
  ['2023-12-01-preview', 'subTechniques', true],
  ['2022-09-01-preview', 'sentinelEntitiesMappings', false],
  ['2022-10-01-preview', 'sentinelEntitiesMappings', true],
  ['2031-01-01-preview', 'subTechniques', true],
])('%s carries %s: %s', (version, feature, expected) => {
  expect(supports(version, feature)).toBe(expected);
});
