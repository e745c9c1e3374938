import { compareText } from '../core/diagnostic.ts';
import { formatDuration, parseDuration } from '../core/duration.ts';
import { isJsonArray, isJsonObject, stableStringify, type JsonObject, type JsonValue } from '../core/json.ts';
import { joinPointer } from '../core/json-pointer.ts';
import type { ManagedKind } from './plan.ts';

/**
 * The one spelling of a PUT body or of what the service returned for it: two bodies mean the same to the service exactly
 * if their canonical forms are equal. Null, empty lists and empty objects are left out, since the service answers with any
 * of them for what was not sent; its defaults are filled in; what it computes itself is dropped.
 */
export function canonicalForm(kind: ManagedKind, body: JsonObject): JsonObject {
  const ruleKind = kind === 'alertRule' ? body['kind'] : undefined;
  const properties = canonicalMembers(isJsonObject(body['properties']) ? body['properties'] : {}, '');
  return {
    ...(ruleKind === undefined ? {} : { kind: ruleKind }),
    properties: withDefaults(defaultsOf(kind, ruleKind), properties),
  };
}

type Canonicalise = (value: JsonValue) => JsonValue | undefined;

/** What is special about a property, by pointer below `properties`. Everything else is compared as it is. */
const specialProperties: ReadonlyMap<string, Canonicalise> = new Map<string, Canonicalise>([
  ['/query', canonicalText],
  ['/description', canonicalText],
  ['/queryFrequency', canonicalDuration],
  ['/queryPeriod', canonicalDuration],
  ['/suppressionDuration', canonicalDuration],
  ['/tactics', canonicalSet],
  ['/techniques', canonicalSet],
  ['/subTechniques', canonicalSet],
  ['/severitiesFilter', canonicalSet],
  ['/displayNamesFilter', canonicalSet],
  ['/displayNamesExcludeFilter', canonicalSet],
  ['/incidentConfiguration/groupingConfiguration/lookbackDuration', canonicalDuration],
  ['/incidentConfiguration/groupingConfiguration/groupByEntities', canonicalSet],
  ['/incidentConfiguration/groupingConfiguration/groupByAlertDetails', canonicalSet],
  ['/incidentConfiguration/groupingConfiguration/groupByCustomDetails', canonicalSet],
  ['/tags', canonicalSet],
  ['/functionAlias', emptyToAbsent],
  ['/functionParameters', emptyToAbsent],
  ['/lastModifiedUtc', () => undefined],
]);

/** What the service fills in for a rule with a query; recorded for 2020-01-01 and seen in lists of later versions. */
const queryRuleDefaults: JsonObject = {
  eventGroupingSettings: { aggregationKind: 'SingleAlert' },
  incidentConfiguration: {
    createIncident: true,
    groupingConfiguration: {
      enabled: false,
      reopenClosedIncident: false,
      lookbackDuration: 'PT5M',
      matchingMethod: 'AllEntities',
    },
  },
};

const savedSearchDefaults: JsonObject = { version: 2 };

function defaultsOf(kind: ManagedKind, ruleKind: JsonValue | undefined): JsonObject {
  if (kind === 'savedSearch') return savedSearchDefaults;
  return ruleKind === 'Scheduled' || ruleKind === 'NRT' ? queryRuleDefaults : {};
}

function canonicalValue(value: JsonValue, pointer: string): JsonValue | undefined {
  const special = specialProperties.get(pointer);
  if (value === null) return undefined;
  if (special) return special(value);
  if (isJsonArray(value)) {
    const items = value.map((item) => canonicalValue(item, joinPointer(pointer, '*')) ?? null);
    return items.length === 0 ? undefined : items;
  }
  if (!isJsonObject(value)) return value;
  const members = canonicalMembers(value, pointer);
  return Object.keys(members).length === 0 ? undefined : members;
}

function canonicalMembers(object: JsonObject, pointer: string): JsonObject {
  const members: [string, JsonValue][] = [];
  for (const [key, value] of Object.entries(object)) {
    const canonical = value === undefined ? undefined : canonicalValue(value, joinPointer(pointer, key));
    if (canonical !== undefined) members.push([key, canonical]);
  }
  return Object.fromEntries(members);
}

/** Line ends and final line breaks carry no meaning; white space within does (`//` comments end at a line break). */
function canonicalText(value: JsonValue): JsonValue | undefined {
  if (typeof value !== 'string') return value;
  return emptyToAbsent(value.replaceAll('\r\n', '\n').replace(/\n+$/, ''));
}

function canonicalDuration(value: JsonValue): JsonValue {
  const seconds = typeof value === 'string' ? parseDuration(value) : undefined;
  return seconds === undefined ? value : formatDuration(seconds);
}

/** A list whose order and repetitions mean nothing. */
function canonicalSet(value: JsonValue): JsonValue | undefined {
  if (!isJsonArray(value)) return value;
  const items = new Map(value.map((item) => [stableStringify(item), item]));
  if (items.size === 0) return undefined;
  return [...items].sort(([a], [b]) => compareText(a, b)).map(([, item]) => item);
}

function emptyToAbsent(value: JsonValue): JsonValue | undefined {
  return value === '' ? undefined : value;
}

function withDefaults(defaults: JsonObject, object: JsonObject): JsonObject {
  const filled = Object.entries(defaults).map(([key, fallback]): [string, JsonValue | undefined] => {
    const value = object[key];
    return [
      key,
      isJsonObject(fallback) && isJsonObject(value) ? withDefaults(fallback, value) : (value ?? fallback),
    ];
  });
  return { ...object, ...Object.fromEntries(filled) };
}
