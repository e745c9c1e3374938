import { formatDuration } from '../core/duration.ts';

/** Writes seconds as an ISO 8601 duration, whole seconds. */
export function formatSeconds(seconds: number): string {
  return formatDuration(Math.round(seconds));
}
