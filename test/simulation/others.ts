import { isJsonArray, type JsonObject, type JsonValue } from '../../src/core/json.ts';
import type { StoredResource } from '../../src/emulator/state.ts';
import { buildBody, fieldsOf, variantOf } from './content.ts';
import type { Deed, DetectionKind } from './scenario.ts';
import { workspacePath, type Collection, type SimulatedService } from './service.ts';
import { textOf } from './text-of.ts';

/** A resource that people see in the portal. */
interface Seen {
  readonly collection: 'alertRules' | 'savedSearches';
  readonly resource: StoredResource;
}

/** Does in the workspace what people and other tools do there, without a look at whose anything is. */
export async function commit(
  deed: Deed,
  service: SimulatedService,
  nameLike: (index: number) => string | undefined,
): Promise<void> {
  if (deed.do === 'create') {
    await create(deed, service, nameLike);
    return;
  }
  const all = [...seen(service, 'alertRules'), ...seen(service, 'savedSearches')];
  const target = all[deed.target % all.length];
  if (target !== undefined) await meddle(deed, target, service);
}

function seen(service: SimulatedService, collection: Seen['collection']): readonly Seen[] {
  return service
    .list(collection)
    .filter(({ kind }) => kind !== 'Fusion')
    .map((resource) => ({ collection, resource }));
}

async function meddle(
  deed: Exclude<Deed, { readonly do: 'create' }>,
  { collection, resource }: Seen,
  service: SimulatedService,
): Promise<void> {
  const { name, properties } = resource;
  const write = (changed: JsonObject): Promise<number> =>
    service.act('PUT', collection, name, toBody(resource, { ...properties, ...changed }));
  switch (deed.do) {
    case 'set':
      if (fieldsOf(kindOf(collection, resource)).includes(deed.field)) {
        await write({ [deed.field]: variantOf(deed.field, deed.variant) });
      }
      return;
    case 'disable':
      if (collection === 'alertRules') await write({ enabled: false });
      return;
    case 'auto-disable':
      if (collection !== 'alertRules' || properties['enabled'] !== true) return;
      await write({ enabled: false, displayName: `AUTO DISABLED ${textOf(properties['displayName'])}` });
      return;
    case 'delete':
      await service.act('DELETE', collection, name);
      return;
    case 'respell':
      await write(respell(properties));
      return;
    case 'delete-metadata':
    case 'claim-metadata':
      await meddleWithMetadata(deed.do, resource, service);
      return;
  }
}

async function meddleWithMetadata(
  how: 'delete-metadata' | 'claim-metadata',
  { id }: StoredResource,
  service: SimulatedService,
): Promise<void> {
  const isOf = ({ properties }: StoredResource): boolean =>
    textOf(properties['parentId']).toLowerCase() === id.toLowerCase();
  const found = service.list('metadata').find(isOf);
  if (found === undefined) return;
  if (how === 'delete-metadata') await service.act('DELETE', 'metadata', found.name);
  else {
    const source = { kind: 'SourceRepository', name: 'others', sourceId: 'another-team' };
    await service.act('PUT', 'metadata', found.name, { properties: { ...found.properties, source } });
  }
}

async function create(
  { kind, fields, like, mark }: Extract<Deed, { readonly do: 'create' }>,
  service: SimulatedService,
  nameLike: (index: number) => string | undefined,
): Promise<void> {
  const likeName = like === undefined ? undefined : nameLike(like)?.toUpperCase();
  const name = likeName ?? `by-hand-${service.writes.length}`;
  const collection: Collection = kind === 'Hunting' ? 'savedSearches' : 'alertRules';
  const existing = service.find(collection, name);
  if (existing !== undefined) return;
  await service.act('PUT', collection, name, buildBody(kind, fields));
  const route = kind === 'Hunting' ? 'savedSearches' : 'providers/Microsoft.SecurityInsights/alertRules';
  const marker = {
    parentId: `${workspacePath}/${route}/${name}`,
    kind: kind === 'Hunting' ? 'HuntingQuery' : 'AnalyticsRule',
    contentId: name,
    version: '1.0.3',
  };
  switch (mark) {
    case 'none':
      return;
    case 'content-hub': {
      const source = { kind: 'Solution', name: 'A solution', sourceId: 'azuresentinel.a-solution' };
      await service.act('PUT', 'metadata', `analyticsrule-${name}`, {
        properties: { ...marker, source, author: { name: 'Microsoft' }, support: { tier: 'Microsoft' } },
      });
      return;
    }
    case 'other-owner': {
      const source = { kind: 'SourceRepository', name: 'another-team', sourceId: 'another-team' };
      const theirs = `kustodian-${kind === 'Hunting' ? 'savedSearch' : 'alertRule'}-${name}`;
      await service.act('PUT', 'metadata', theirs, {
        properties: { ...marker, customVersion: 'kustodian/1;;;severity=abcdefgh', source },
      });
      return;
    }
  }
}

function toBody({ kind }: StoredResource, properties: JsonObject): JsonObject {
  return { ...(kind === undefined ? {} : { kind }), properties };
}

function kindOf(collection: Seen['collection'], { kind }: StoredResource): DetectionKind {
  if (collection === 'savedSearches') return 'Hunting';
  return kind === 'Scheduled' || kind === 'NRT' ? kind : 'IncidentCreation';
}

const otherSpellings: Readonly<Record<string, string>> = {
  PT1H: 'PT60M',
  PT60M: 'PT1H',
  P1D: 'PT24H',
  PT24H: 'P1D',
  PT5H: 'PT300M',
  PT300M: 'PT5H',
};

/** The same values, spelt otherwise: durations, the order of lists, nothing for an empty list. */
function respell(properties: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]): [string, JsonValue | undefined] => {
      if (typeof value === 'string') return [key, otherSpellings[value] ?? value];
      const isSet = (key === 'tactics' || key === 'techniques') && isJsonArray(value);
      return [key, isSet ? (value.length === 0 ? null : [...value].reverse()) : value];
    }),
  );
}
