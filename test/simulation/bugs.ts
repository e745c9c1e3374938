import { isJsonObject, type JsonObject } from '../../src/core/json.ts';
import { ToolError } from '../../src/core/tool-error.ts';
import type { LiveResource } from '../../src/sentinel/resource.ts';
import { owner, type StoreWrapper } from './tool.ts';
import { omit } from './text-of.ts';

/** Ways to break the tool on purpose. Each stands for a mistake that the oracle must notice. */
export const bugs: Readonly<Record<string, StoreWrapper>> = {
  'etags are not sent along': (store) => ({
    ...store,
    put: (kind, name, body) => store.put(kind, name, body),
  }),
  'metadata of every owner counts as ours': (store) => ({
    ...store,
    list: async (kind, signal) =>
      (await store.list(kind, signal)).map((one) => (kind === 'metadata' ? asOurs(one) : one)),
  }),
  'a write that failed is told as done': (store) => ({
    ...store,
    put: async (kind, name, body, options) => {
      try {
        return await store.put(kind, name, body, options);
      } catch (error) {
        if (!(error instanceof ToolError)) throw error;
        return { kind, name, id: `${store.workspaceId}/${name}`, body };
      }
    },
  }),
  'techniques are never sent': (store) => ({
    ...store,
    put: (kind, name, body, options) => store.put(kind, name, withoutTechniques(body), options),
  }),
  'metadata is never written': (store) => ({
    ...store,
    put: (kind, name, body, options) =>
      kind === 'metadata'
        ? Promise.resolve({ kind, name, id: `${store.workspaceId}/${name}`, body })
        : store.put(kind, name, body, options),
  }),
  'a list that fails is an empty one': (store) => ({
    ...store,
    list: (kind, signal) => store.list(kind, signal).catch(() => []),
  }),
};

function asOurs(metadata: LiveResource): LiveResource {
  const { properties } = metadata.body;
  if (!isJsonObject(properties)) return metadata;
  const source = { kind: 'SourceRepository', name: owner, sourceId: owner };
  return { ...metadata, body: { ...metadata.body, properties: { ...properties, source } } };
}

function withoutTechniques(body: JsonObject): JsonObject {
  if (!isJsonObject(body['properties'])) return body;
  return { ...body, properties: omit(body['properties'], 'techniques') };
}
