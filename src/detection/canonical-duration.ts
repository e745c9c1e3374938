import { formatDuration, parseDuration } from '../core/duration.ts';

/** A duration of any form as canonical ISO 8601. The schema has refused what is none; that would stay as it is. */
export function canonicalDuration(text: string): string {
  const seconds = parseDuration(text);
  return seconds === undefined ? text : formatDuration(seconds);
}
