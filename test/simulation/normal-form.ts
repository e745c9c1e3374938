import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/core/json.ts';
import type { Collection } from './service.ts';

/** What a resource means, as a text a top-level field: `/kind`, `/properties/query`. What is not there has no entry. */
export type NormalForm = ReadonlyMap<string, string>;

/** The kind and properties of a resource, as sent or as kept. */
export interface Resource {
  readonly kind?: unknown;
  readonly properties: JsonObject;
}

/**
 * The oracle's own idea of when two bodies mean the same, written from the service's documentation and not from the tool's code.
 */
export function normalForm(collection: Collection, { kind, properties }: Resource): NormalForm {
  const form = new Map<string, string>();
  if (typeof kind === 'string') form.set('/kind', kind);
  for (const [key, value] of Object.entries(withDefaults(collection, kind, properties))) {
    const meaning = key === 'lastModifiedUtc' ? undefined : meaningOf(key, value);
    if (meaning !== undefined) form.set(`/properties/${key}`, JSON.stringify(meaning));
  }
  return form;
}

/** The fields in which two forms differ, sorted. */
export function differences(a: NormalForm, b: NormalForm): readonly string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).sort();
}

/** The top-level field that a pointer of a plan lies in. */
export function topField(pointer: string): string {
  const [, first = '', second] = pointer.split('/');
  return first === 'properties' && second !== undefined ? `/properties/${second}` : `/${first}`;
}

const grouping = {
  enabled: false,
  reopenClosedIncident: false,
  lookbackDuration: 'PT5M',
  matchingMethod: 'AllEntities',
};
const alertDefaults: JsonObject = {
  incidentConfiguration: { createIncident: true, groupingConfiguration: grouping },
  eventGroupingSettings: { aggregationKind: 'SingleAlert' },
};

function withDefaults(collection: Collection, kind: unknown, properties: JsonObject): JsonObject {
  if (collection === 'savedSearches') return { ...properties, version: properties['version'] ?? 2 };
  if (kind !== 'Scheduled' && kind !== 'NRT') return properties;
  const missing = Object.entries(alertDefaults).filter(([key]) => (properties[key] ?? null) === null);
  return { ...properties, ...Object.fromEntries(missing) };
}

const durationKeys = ['queryFrequency', 'queryPeriod', 'suppressionDuration', 'lookbackDuration'];
const setKeys = [
  'tactics',
  'techniques',
  'tags',
  'groupByEntities',
  'groupByAlertDetails',
  'groupByCustomDetails',
];

function meaningOf(key: string, value: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') {
    if (durationKeys.includes(key)) return minutes(value);
    if (key !== 'query' && key !== 'description') return value;
    const text = value.replace(/\r\n/g, '\n').replace(/\n+$/, '');
    return text === '' ? undefined : text;
  }
  if (isJsonArray(value)) {
    if (value.length === 0) return undefined;
    if (!setKeys.includes(key)) return value.map((item) => meaningOf('', item) ?? null);
    return [...new Set(value.map((item) => JSON.stringify(item)))].sort();
  }
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value)
    .map(([name, member]): [string, JsonValue | undefined] => [name, meaningOf(name, member)])
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** Minutes of the durations that simulations use: days, hours and minutes. */
function minutes(duration: string): JsonValue {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration);
  if (match === null) return duration;
  const [days, hours, rest] = match.slice(1).map((digits: string | undefined) => Number(digits ?? 0));
  return (days ?? 0) * 1_440 + (hours ?? 0) * 60 + (rest ?? 0);
}
