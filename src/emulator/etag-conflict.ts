import type { JsonValue } from '../core/json.ts';
import type { EmulatorSettings } from './settings.ts';
import type { StoredResource } from './state.ts';

/** True if the etag in a body, or its absence, keeps an update of an existing resource from being made. */
export function hasEtagConflict(
  { missingEtag, staleEtag }: EmulatorSettings,
  existing: StoredResource | undefined,
  sent: JsonValue | undefined,
): boolean {
  if (existing === undefined || sent === '*' || sent === existing.etag) return false;
  const isMissing = sent === undefined || sent === null || sent === '';
  return (isMissing ? missingEtag : staleEtag) === 'refuse';
}
