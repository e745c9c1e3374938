import { isJsonArray, isJsonObject, type JsonValue } from '../core/json.ts';

/**
 * True if a live resource holds everything that was sent: each sent member is there with the same value. What the
 * service adds does not count, and null is the same as absent.
 */
export function holdsSent(live: JsonValue | undefined, sent: JsonValue | undefined): boolean {
  if (sent === undefined || sent === null) return live === undefined || live === null;
  if (isJsonArray(sent)) {
    return (
      isJsonArray(live) &&
      live.length === sent.length &&
      sent.every((item, index) => holdsSent(live[index], item))
    );
  }
  if (isJsonObject(sent)) {
    return isJsonObject(live) && Object.entries(sent).every(([key, value]) => holdsSent(live[key], value));
  }
  return live === sent;
}
