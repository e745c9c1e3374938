import { compareText } from '../core/diagnostic.ts';
import { isJsonObject, jsonEquals, type JsonObject } from '../core/json.ts';
import type { LiveResource, Metadata } from '../sentinel/resource.ts';
import {
  isAppliedState,
  parseAppliedState,
  recall,
  remembersTheSame,
  type AppliedFields,
  type RememberedHold,
} from './applied-state.ts';

/** True if the live metadata says already what we would write. A commit alone is no difference. */
export function saysTheSame(live: LiveResource, wanted: Metadata): boolean {
  const properties = propertiesOf(live);
  return (
    remembersTheSame(properties['customVersion'], wanted.properties.customVersion) &&
    jsonEquals(comparable(properties), comparable({ ...wanted.properties }))
  );
}

/**
 * What a metadata resource remembers of the last apply to the resource that it marks; undefined for metadata that remembers
 * nothing.
 */
export function appliedFieldsOf(
  metadata: LiveResource,
  marked: LiveResource | undefined,
): AppliedFields | undefined {
  const state = parseAppliedState(propertiesOf(metadata)['customVersion']);
  return state === undefined ? undefined : recall(state, marked?.etag);
}

/** The hold that a metadata resource remembers, over or not. */
export function rememberedHoldOf(metadata: LiveResource): RememberedHold | undefined {
  return parseAppliedState(propertiesOf(metadata)['customVersion'])?.hold;
}

/** The ARM id of the resource that a metadata resource marks. */
export function parentIdOf(metadata: LiveResource): string | undefined {
  const { parentId } = propertiesOf(metadata);
  return typeof parentId === 'string' ? parentId : undefined;
}

/** The version of the detection that a metadata resource names. */
export function versionOf(metadata: LiveResource): string | undefined {
  const { version } = propertiesOf(metadata);
  return typeof version === 'string' ? version : undefined;
}

/**
 * The other owners that keep resources with this tool, from other repositories, by `toIdKey` of the resource. Metadata of
 * other tools, such as Content Hub's, is no claim.
 */
export function findOtherOwners(
  metadata: readonly LiveResource[],
  owner: string,
): ReadonlyMap<string, string> {
  return new Map(
    metadata.flatMap((one): [string, string][] => {
      const [parentId, source] = [parentIdOf(one), sourceIdOf(one)];
      if (parentId === undefined || source === undefined || source === owner) return [];
      return isOurTools(one) ? [[toIdKey(parentId), source]] : [];
    }),
  );
}

/** True for metadata that this tool wrote, for whichever owner. */
function isOurTools(metadata: LiveResource): boolean {
  return metadata.name.startsWith('kustodian-') || isAppliedState(propertiesOf(metadata)['customVersion']);
}

/** The id of the detection that a metadata resource names. */
export function contentIdOf(metadata: LiveResource): string | undefined {
  const { contentId } = propertiesOf(metadata);
  return typeof contentId === 'string' ? contentId : undefined;
}

function comparable(properties: JsonObject): JsonObject {
  const { contentId, parentId, kind, version, source } = properties;
  return {
    contentId,
    kind,
    version,
    source,
    parentId: typeof parentId === 'string' ? toIdKey(parentId) : parentId,
  };
}

/** The metadata resources that this owner wrote, by `toIdKey` of the resource that each describes. */
export function findOwnMetadata(
  metadata: readonly LiveResource[],
  owner: string,
): ReadonlyMap<string, LiveResource> {
  const own = new Map<string, LiveResource>();
  for (const resource of [...metadata].sort((a, b) => compareText(a.name, b.name))) {
    const { parentId } = propertiesOf(resource);
    if (typeof parentId !== 'string' || sourceIdOf(resource) !== owner) continue;
    if (!own.has(toIdKey(parentId))) own.set(toIdKey(parentId), resource);
  }
  return own;
}

/** The id of the repository that a metadata resource names as its source, if it names one. */
export function sourceIdOf(metadata: LiveResource): string | undefined {
  const { source } = propertiesOf(metadata);
  if (!isJsonObject(source) || source['kind'] !== 'SourceRepository') return undefined;
  return typeof source['sourceId'] === 'string' ? source['sourceId'] : undefined;
}

/** ARM ids are equal whatever their case; metadata keeps the casing of whoever wrote it. */
export function toIdKey(armId: string): string {
  return armId.toLowerCase().replace(/\/+$/, '');
}

function propertiesOf(resource: LiveResource): JsonObject {
  return isJsonObject(resource.body['properties']) ? resource.body['properties'] : {};
}
