import { alertRuleLimits } from '../sentinel/limits.ts';
import type { Check, Report } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { quote } from './quote.ts';

const { versionLength } = alertRuleLimits;

/** Versions are three numbers, so that they can be compared. */
export const versionFormat: Check = {
  id: 'version-format',
  severity: 'error',
  huntingSeverity: 'warning',
  summary: `version and templateVersion are three numbers with dots between, of at most ${versionLength} characters.`,
  rationale: "Microsoft's CI refuses every other form, and the service every other templateVersion.",
  examples: {
    good: ['version: 1.10.0'],
    bad: ['version: "1.0"', 'version: v1.0.0', 'version: 1.0.0-beta'],
  },
  check({ loaded: { detection } }, report) {
    checkVersion('/version', detection.version, report);
    if (raisesAlerts(detection)) checkVersion('/templateVersion', detection.templateVersion, report);
  },
};

function checkVersion(pointer: string, version: string | undefined, report: Report): void {
  if (version === undefined) return;
  const name = pointer.slice(1);
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    report(pointer, `${name} ${quote(version)} is not of the form X.Y.Z`, {
      hint: 'write three numbers, such as 1.0.0',
    });
  } else if (version.length > versionLength) {
    report(
      pointer,
      `${name} ${quote(version)} has ${version.length} characters; at most ${versionLength} are allowed`,
      { hint: 'use smaller numbers' },
    );
  }
}
