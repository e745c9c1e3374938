/** A value that JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** True for plain objects: not for arrays, null or scalars. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for arrays of anything; narrows `unknown` and `JsonValue` without making the items `any`. */
export function isJsonArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Serialises with sorted keys, so that equal values give equal bytes. Members that are undefined are left out. */
export function stableStringify(value: JsonValue, indent = 0): string {
  return JSON.stringify(sortKeys(value), undefined, indent);
}

function sortKeys(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(sortKeys);
  if (!isJsonObject(value)) return value;
  const members = Object.keys(value)
    .sort()
    .map((key): [string, JsonValue | undefined] => {
      const member = value[key];
      return [key, member === undefined ? undefined : sortKeys(member)];
    });
  return Object.fromEntries(members);
}

/** Compares by value: key order and undefined members do not matter, the order of a list does. */
export function jsonEquals(a: JsonValue, b: JsonValue): boolean {
  return stableStringify(a) === stableStringify(b);
}
