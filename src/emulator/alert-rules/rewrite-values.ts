import { formatDuration, parseDuration } from '../../core/duration.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';

const durations = new Set(['queryFrequency', 'queryPeriod', 'suppressionDuration', 'lookbackDuration']);
const unordered = new Set([
  'tactics',
  'techniques',
  'subTechniques',
  'groupByEntities',
  'groupByAlertDetails',
  'groupByCustomDetails',
]);

/**
 * Properties with other values of the same meaning: canonical durations, lists without order sorted. The real service
 * was not seen to do so; a client that compares well does not notice.
 */
export function rewriteValues(properties: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]): [string, JsonValue | undefined] => [
      key,
      rewrite(key, value),
    ]),
  );
}

function rewrite(key: string, value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === 'string' && durations.has(key)) {
    const seconds = parseDuration(value);
    return seconds === undefined ? value : formatDuration(seconds);
  }
  if (isJsonArray(value) && unordered.has(key)) return value.map(String).sort();
  return isJsonObject(value) ? rewriteValues(value) : value;
}
