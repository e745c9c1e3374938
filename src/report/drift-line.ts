import type { Drift } from '../plan/find-drift.ts';
import { escapeControls } from './escape-controls.ts';

/** What was done to a resource, in words. */
export function driftWords({ type, fields }: Drift): string {
  switch (type) {
    case 'edited':
      return fields.every(({ cause }) => cause === undefined) ? 'differs, cause unknown' : 'edited';
    case 'disabled':
      return 'disabled';
    case 'auto-disabled':
      return 'disabled by the service';
    case 'deleted':
      return 'deleted, or never made by a run that stopped';
  }
}

/** When and by whom, safe to print. */
export function driftOrigin({ changedAt, changedBy }: Drift): string {
  return `at ${escapeControls(changedAt ?? 'an unknown time')} by ${escapeControls(changedBy ?? 'unknown')}`;
}

/** The count in words, for a heading. */
export function driftSummary(drift: readonly Drift[]): string {
  if (drift.length === 0) return 'nothing was changed in the workspace';
  return `${drift.length} changed in the workspace`;
}
