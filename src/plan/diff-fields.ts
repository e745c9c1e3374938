import { compareText } from '../core/diagnostic.ts';
import { isJsonObject, jsonEquals, type JsonObject, type JsonValue } from '../core/json.ts';
import { joinPointer } from '../core/json-pointer.ts';
import { canonicalForm } from './canonical-form.ts';
import type { FieldDiff, ManagedKind } from './plan.ts';

/**
 * The fields in which the live resource differs from the desired body, in canonical form, sorted by pointer. Objects are
 * compared member by member; a list is one field, as is a query.
 */
export function diffFields(kind: ManagedKind, live: JsonObject, desired: JsonObject): readonly FieldDiff[] {
  return diffMembers('', canonicalForm(kind, live), canonicalForm(kind, desired)).sort((a, b) =>
    compareText(a.pointer, b.pointer),
  );
}

function diffMembers(pointer: string, live: JsonObject, desired: JsonObject): FieldDiff[] {
  const keys = new Set([...Object.keys(live), ...Object.keys(desired)]);
  return [...keys].flatMap((key) =>
    diffValues(joinPointer(pointer, key), memberOf(live, key), memberOf(desired, key)),
  );
}

function diffValues(
  pointer: string,
  live: JsonValue | undefined,
  desired: JsonValue | undefined,
): FieldDiff[] {
  if (isObjectOrAbsent(live) && isObjectOrAbsent(desired))
    return diffMembers(pointer, live ?? {}, desired ?? {});
  if (live !== undefined && desired !== undefined && jsonEquals(live, desired)) return [];
  return [
    { pointer, ...(live === undefined ? {} : { live }), ...(desired === undefined ? {} : { desired }) },
  ];
}

function isObjectOrAbsent(value: JsonValue | undefined): value is JsonObject | undefined {
  return value === undefined || isJsonObject(value);
}

/** A custom detail may be called `constructor`: inherited members do not count. */
function memberOf(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
