import { findOwnMetadata, saysTheSame } from '../../src/plan/metadata.ts';
import { buildMetadata, toResourceId } from '../../src/sentinel/metadata.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { LiveResource } from '../../src/sentinel/resource.ts';

const workspaceId =
  '/subscriptions/1/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/ws';
const subject = {
  owner: 'contoso-soc',
  kind: 'alertRule',
  parentId: toResourceId(workspaceId, 'alertRule', 'r1'),
  detection: { id: 'd1', file: 'a.yaml', version: '1.2.0' },
} as const;

function live(name: string, body: JsonObject): LiveResource {
  return { kind: 'metadata', name, id: `${workspaceId}/metadata/${name}`, body };
}

describe('our own metadata', () => {
  const { properties } = buildMetadata(subject);
  const key = toResourceId(workspaceId, 'alertRule', 'r1').toLowerCase();

  test('is found whatever the casing of the parent id, and under any name', () => {
    const upper = live('x', {
      properties: { ...properties, parentId: `${properties.parentId.toUpperCase()}/` },
    });
    expect([...findOwnMetadata([upper], 'contoso-soc').keys()]).toEqual([key]);
  });

  test.each<[string, JsonObject]>([
    ['of another repository', { ...properties, source: { ...properties.source, sourceId: 'fabrikam' } }],
    ['of a solution', { ...properties, source: { kind: 'Solution', name: 'x', sourceId: 'contoso-soc' } }],
    ['that has no source', { ...properties, source: null }],
    ['that has no parent', { ...properties, parentId: 7 }],
  ])('is not metadata %s', (_, foreign) => {
    expect(findOwnMetadata([live('x', { properties: foreign })], 'contoso-soc').size).toBe(0);
  });

  test('is not a body without properties', () => {
    expect(findOwnMetadata([live('x', {})], 'contoso-soc').size).toBe(0);
  });

  test('says the same whatever the service adds to it and however it spells the parent', () => {
    const stored = {
      ...properties,
      parentId: properties.parentId.toUpperCase(),
      support: { tier: 'Community' },
    };
    expect(saysTheSame(live('x', { properties: stored }), { properties })).toBe(true);
  });

  test('does not say the same for another version, or where the version is gone', () => {
    expect(saysTheSame(live('x', { properties: { ...properties, version: '1.1.0' } }), { properties })).toBe(
      false,
    );
    const { version, ...without } = properties;
    expect(version).toBe('1.2.0');
    expect(saysTheSame(live('x', { properties: { ...properties } }), { properties: without })).toBe(false);
  });
});
