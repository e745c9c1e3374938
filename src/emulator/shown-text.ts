import type { JsonValue } from '../core/json.ts';

/** A value in the words of a message: a text as it is, anything else as JSON. */
export function shownText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
