import { buildMetadata, metadataName, toResourceId } from '../../src/sentinel/metadata.ts';

const workspaceId =
  '/subscriptions/1/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/ws';
const subject = {
  owner: 'contoso-soc',
  kind: 'alertRule',
  parentId: '/parent',
  detection: { id: 'd1', file: 'a.yaml', version: '1.2.0' },
} as const;

test('a resource id is below the provider that has the kind', () => {
  expect(toResourceId(workspaceId, 'alertRule', 'r1')).toBe(
    `${workspaceId}/providers/Microsoft.SecurityInsights/alertRules/r1`,
  );
  expect(toResourceId(workspaceId, 'savedSearch', 'r1')).toBe(`${workspaceId}/savedSearches/r1`);
});

test('metadata names the detection, the resource and the repository', () => {
  expect(buildMetadata(subject)).toEqual({
    properties: {
      contentId: 'd1',
      parentId: '/parent',
      kind: 'AnalyticsRule',
      version: '1.2.0',
      source: { kind: 'SourceRepository', name: 'contoso-soc', sourceId: 'contoso-soc' },
    },
  });
});

test('metadata of a hunting query has its kind, and no version if there is none', () => {
  const { properties } = buildMetadata({
    ...subject,
    kind: 'savedSearch',
    detection: { id: 'd1', file: 'a.yaml' },
  });
  expect(properties).toMatchObject({ kind: 'HuntingQuery' });
  expect(properties).not.toHaveProperty('version');
});

test('a name holds the kind and the resource name, so that kinds do not collide', () => {
  expect(metadataName('alertRule', 'r1')).toBe('kustodian-alertRule-r1');
  expect(metadataName('savedSearch', 'r1')).toBe('kustodian-savedSearch-r1');
});

test('names of long resources stay within the limit and apart, whatever their case', () => {
  const one = metadataName('alertRule', `${'a'.repeat(255)}-1`);
  const two = metadataName('alertRule', `${'a'.repeat(255)}-2`);
  expect(one).toHaveLength(260);
  expect(one).not.toBe(two);
  expect(metadataName('alertRule', `${'A'.repeat(255)}-1`).toLowerCase()).toBe(one.toLowerCase());
});
