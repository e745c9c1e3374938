import type { AlertSeverity } from '../sentinel/vocabulary.ts';
import type { Environment, Selector } from './config.ts';
import type { Detection, DetectionStatus } from './detection.ts';
import { matchGlob } from './match-glob.ts';

/** What selection looks at; every LoadedDetection is one. */
export interface Selectable {
  /** Path from the repository root, with forward slashes. */
  readonly file: string;
  readonly detection: Detection;
}

/** True if the environment deploys the detection: one of its `select` picks it, or there are none, and no `exclude` does. */
export function isSelected(subject: Selectable, environment: Environment): boolean {
  const picked = (selector: Selector): boolean => matchesSelector(subject, selector);
  return (
    (environment.select.length === 0 || environment.select.some(picked)) && !environment.exclude.some(picked)
  );
}

/**
 * True if every key of the selector matches. A detection that states no status counts as `stable`, as in the community's
 * own packaging; one that has no severity (a hunting query) matches no severity.
 */
export function matchesSelector({ file, detection }: Selectable, selector: Selector): boolean {
  return (
    includesName(selector.id, detection.id) &&
    includesName(selector.kind, detection.kind) &&
    includesName(selector.status, detection.status ?? ('stable' satisfies DetectionStatus)) &&
    includesName(selector.severity, severityOf(detection)) &&
    (selector.tag === undefined || detection.tags.some((tag) => includesName(selector.tag, tag))) &&
    (selector.path === undefined || selector.path.some((glob) => matchGlob(glob, file)))
  );
}

function includesName(wanted: readonly string[] | undefined, actual: string | undefined): boolean {
  if (wanted === undefined) return true;
  return actual !== undefined && wanted.some((name) => name.toLowerCase() === actual.toLowerCase());
}

function severityOf(detection: Detection): AlertSeverity | undefined {
  return detection.kind === 'Scheduled' || detection.kind === 'NRT' ? detection.severity : undefined;
}
