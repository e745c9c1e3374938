import { joinPointer } from '../../core/json-pointer.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';

/**
 * What differs between a recorded body and the emulator's: members and their order, null against a value, types, values,
 * and for values that no two runs share (etags, times, generated ids) their format. Text between `<` and `>` in the
 * recording was taken out of it, and stands for any text.
 */
export function compareBodies(recorded: JsonValue, actual: JsonValue | undefined): readonly string[] {
  return compare('', recorded, actual, { isTemplate: false });
}

interface Surroundings {
  /** Below a resource whose texts come from a template or a system of Microsoft, and change with it. */
  readonly isTemplate: boolean;
}

function compare(
  pointer: string,
  recorded: JsonValue | undefined,
  actual: JsonValue | undefined,
  surroundings: Surroundings,
): readonly string[] {
  if (typeOf(recorded) !== typeOf(actual)) {
    return [`${pointer || '/'}: ${typeOf(recorded)} was recorded, ${typeOf(actual)} was answered`];
  }
  if (isJsonArray(recorded) && isJsonArray(actual)) {
    if (surroundings.isTemplate) return [];
    if (recorded.length !== actual.length) {
      return [`${pointer || '/'}: ${recorded.length} items were recorded, ${actual.length} were answered`];
    }
    return recorded.flatMap((item, index) =>
      compare(joinPointer(pointer, index), item, actual[index], surroundings),
    );
  }
  if (isJsonObject(recorded) && isJsonObject(actual))
    return compareObjects(pointer, recorded, actual, surroundings);
  return sameValue(pointer, recorded, actual, surroundings)
    ? []
    : [`${pointer}: ${JSON.stringify(recorded)} was recorded, ${JSON.stringify(actual)} was answered`];
}

function compareObjects(
  pointer: string,
  recorded: JsonObject,
  actual: JsonObject,
  { isTemplate }: Surroundings,
): readonly string[] {
  const keys = Object.keys(recorded);
  const actualKeys = Object.keys(actual);
  if (keys.join() !== actualKeys.join()) {
    return [
      `${pointer || '/'}: the members ${keys.join()} were recorded, ${actualKeys.join()} were answered`,
    ];
  }
  const surroundings = { isTemplate: isTemplate || isFromTemplate(recorded) };
  return keys.flatMap((key) => compare(joinPointer(pointer, key), recorded[key], actual[key], surroundings));
}

/** An alert rule that shows its template's texts, or a search that every workspace comes with. */
function isFromTemplate(resource: JsonObject): boolean {
  if (resource['kind'] === 'Fusion') return true;
  return resource['type'] === 'Microsoft.OperationalInsights/savedSearches' && !('etag' in resource);
}

function sameValue(
  pointer: string,
  recorded: JsonValue | undefined,
  actual: JsonValue | undefined,
  { isTemplate }: Surroundings,
): boolean {
  if (recorded === actual) return true;
  if (typeof recorded !== 'string' || typeof actual !== 'string') return false;
  const format = formatOf(recorded);
  if (format !== undefined) return format === formatOf(actual);
  if (isTemplate && pointer.includes('/properties/')) return true;
  return placeholderPattern(withoutGuids(recorded)).test(withoutGuids(actual));
}

const formats: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['etag of SecurityInsights', /^"[0-9a-f]{8}-[0-9a-f]{4}-0100-[0-9a-f]{4}-[0-9a-f]{8}0000"$/],
  ['etag of an action', /^"[0-9a-f]{8}-[0-9a-f]{4}-0300-[0-9a-f]{4}-[0-9a-f]{8}0000"$/],
  ['etag of Log Analytics', /^W\/"datetime'\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\d\.\d{7}Z'"$/],
  ['time in UTC', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/],
  ['time with an offset', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?\+00:00$/],
  ['GUID', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ['GUID without dashes', /^[0-9a-f]{32}$/],
  ['trace context', /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/],
];

function formatOf(text: string): string | undefined {
  return formats.find(([, pattern]) => pattern.test(text))?.[0];
}

function withoutGuids(text: string): string {
  return text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<guid>');
}

/** A pattern in which every `<…>` of a recording, also one that was cut off, matches any text. */
function placeholderPattern(recorded: string): RegExp {
  const literals = recorded
    .split(/<[^<>]*(?:>|$)/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literals.join('[^]*')}$`);
}

function typeOf(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return isJsonArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Headers that say something about the answer; the others differ by the year, the region and the gateway. */
const telling = [
  'content-type',
  'cache-control',
  'pragma',
  'expires',
  'strict-transport-security',
  'x-content-type-options',
  'x-ms-failure-cause',
];

/** Headers of which it matters whether they are there. */
const revealing = ['azure-asyncoperation', 'location', 'etag', 'retry-after'];

/** What differs between the recorded headers and the emulator's. */
export function compareHeaders(
  recorded: Readonly<Record<string, string>>,
  actual: Readonly<Record<string, string>>,
): readonly string[] {
  const expected = Object.fromEntries(
    Object.entries(recorded).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return [
    ...telling
      .filter((name) => expected[name] !== undefined && expected[name] !== actual[name])
      .map(
        (name) =>
          `header ${name}: "${expected[name] ?? ''}" was recorded, "${actual[name] ?? ''}" was answered`,
      ),
    ...revealing
      .filter((name) => (expected[name] === undefined) !== (actual[name] === undefined))
      .map((name) => `header ${name}: ${expected[name] === undefined ? 'was not recorded' : 'is missing'}`),
  ];
}
