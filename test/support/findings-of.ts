import type { Check, FindingOptions } from '../../src/checks/check.ts';
import type { Detection } from '../../src/detection/detection.ts';
import { buildLoaded } from './build-detection.ts';

/** What a check reports, with the place as `pointer` or, where it points at the key, as `pointer (key)`. */
export interface Finding extends Pick<FindingOptions, 'hint' | 'range'> {
  readonly at: string;
  readonly message: string;
}

/** Runs one check over a built detection. */
export function findingsOf(check: Check, detection: Detection, data?: unknown): Finding[] {
  const findings: Finding[] = [];
  check.check({ loaded: buildLoaded(detection, { data }) }, (pointer, message, options = {}) => {
    const { part, ...rest } = options;
    findings.push({ at: part === 'key' ? `${pointer} (key)` : pointer, message, ...rest });
  });
  return findings;
}

/** The places that a check reports, for tables that need no more. */
export function placesOf(check: Check, detection: Detection): string[] {
  return findingsOf(check, detection).map((finding) => finding.at);
}
