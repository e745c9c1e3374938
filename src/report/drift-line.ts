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

/** That somebody knows of it, safe to print; undefined if nobody does. */
export function acknowledgementNote({ acknowledged }: Drift): string | undefined {
  if (acknowledged === undefined) return undefined;
  return `acknowledged until ${acknowledged.until}: ${escapeControls(acknowledged.reason)}`;
}

/** The count in words, for a heading. */
export function driftSummary(drift: readonly Drift[]): string {
  if (drift.length === 0) return 'nothing was changed in the workspace';
  const known = drift.filter(({ acknowledged }) => acknowledged !== undefined).length;
  return `${drift.length} changed in the workspace${known === 0 ? '' : `, ${known} of them acknowledged`}`;
}
