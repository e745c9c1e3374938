import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';

/** The JSON object that a text is; undefined if it is none, as a page of a proxy. */
export function readObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
