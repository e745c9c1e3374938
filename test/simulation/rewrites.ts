import { isJsonArray, isJsonObject, type JsonObject } from '../../src/core/json.ts';
import { omit } from './text-of.ts';

/** Gives the properties that the service keeps instead of those it was sent. */
export type Rewrite = (properties: JsonObject) => JsonObject;

/** Ways in which a service may keep other values than it was sent. All of them are idempotent. */
export const rewrites: Readonly<Record<string, Rewrite>> = {
  'days become hours': (properties) => mapMembers(properties, (value) => (value === 'P1D' ? 'PT24H' : value)),
  'queries are trimmed': (properties) => mapTexts(properties, 'query', (query) => query.trim()),
  'comments are dropped': (properties) =>
    mapTexts(properties, 'query', (query) => query.replace(/ ?\/\/[^\r\n]*/g, '')),
  'descriptions start with a capital': (properties) =>
    mapTexts(properties, 'description', (text) => text.slice(0, 1).toUpperCase() + text.slice(1)),
  'techniques are dropped': (properties) => omit(properties, 'techniques'),
  'lists are sorted': (properties) =>
    mapMembers(properties, (value) =>
      isJsonArray(value) && value.every((item) => typeof item === 'string') ? [...value].sort() : value,
    ),
  'a description is filled in': (properties) => ({
    ...properties,
    description: (properties['description'] ?? '') === '' ? 'No description' : properties['description'],
  }),
  'empty objects are dropped': (properties) =>
    mapMembers(properties, (value) =>
      isJsonObject(value) && Object.keys(value).length === 0 ? undefined : value,
    ),
};

/** Applies the named rewrites, one after the other. */
export function rewriteBody(body: JsonObject, names: readonly string[]): JsonObject {
  if (!isJsonObject(body['properties'])) return body;
  const properties = names.reduce((kept, name) => rewrites[name]?.(kept) ?? kept, body['properties']);
  return { ...body, properties };
}

function mapMembers(
  object: JsonObject,
  change: (value: JsonObject[string]) => JsonObject[string],
): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function mapTexts(object: JsonObject, key: string, change: (text: string) => string): JsonObject {
  const value = object[key];
  return typeof value === 'string' ? { ...object, [key]: change(value) } : object;
}
