import { joinPointer } from '../core/json-pointer.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { targetName, type Config, type Environment, type TimedEntry } from '../detection/config.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { AcknowledgedDrift } from '../plan/acknowledge-drift.ts';
import type { ActiveHold } from '../plan/plan-input.ts';

type Loaded = readonly Pick<LoadedDetection, 'file' | 'detection'>[];

/** The holds of kustodian.yaml that count for an environment at a moment. */
export function findActiveHolds(
  { holds }: Config,
  loaded: Loaded,
  environment: Environment,
  now: Date,
): readonly ActiveHold[] {
  return holds
    .filter((hold) => isActive(hold, environment, now))
    .map(({ detection, reason, until }) => ({ detectionId: toId(detection, loaded), reason, until }));
}

/** The edits that are known in an environment at a moment. */
export function findAcknowledgedDrift(
  { acknowledgedDrift }: Config,
  loaded: Loaded,
  environment: Environment,
  now: Date,
): readonly AcknowledgedDrift[] {
  return acknowledgedDrift
    .filter((entry) => isActive(entry, environment, now))
    .map(({ detection, fields, reason, until }) => ({
      detectionId: toId(detection, loaded),
      ...(fields === undefined ? {} : { fields }),
      reason,
      until,
    }));
}

/** Finds what is over, and what names no detection: it has no effect, and somebody believes that it has. */
export function checkTimedEntries(config: Config, loaded: Loaded, now: Date): readonly Diagnostic[] {
  const lists = [
    { entries: config.holds, what: 'hold', end: 'until' },
    { entries: config.acknowledgedDrift, what: 'acknowledgement', end: 'expires' },
  ];
  return lists.flatMap(({ entries, what, end }) =>
    entries.flatMap((entry) => [
      ...checkEnd(config, entry, now, what, end),
      ...checkDetection(config, entry, loaded, what),
    ]),
  );
}

function checkEnd(
  { source }: Config,
  { pointer, until, detection }: TimedEntry,
  now: Date,
  what: string,
  end: string,
): readonly Diagnostic[] {
  if (Date.parse(until) > now.getTime()) return [];
  return [
    {
      code: 'expired-entry',
      severity: 'warning',
      message: `the ${what} for "${detection}" is over since ${until}`,
      file: source.file,
      span: source.spanOf(joinPointer(pointer, end)),
      hint: 'remove it, or give it a later end',
    },
  ];
}

function checkDetection(
  { source }: Config,
  { pointer, detection }: TimedEntry,
  loaded: Loaded,
  what: string,
): readonly Diagnostic[] {
  if (loaded.some((one) => one.file === detection || isSame(one.detection.id, detection))) return [];
  const isFile = /\.ya?ml$/i.test(detection);
  return [
    {
      code: 'unknown-detection',
      // The alert rule of a detection that is gone may still be there, and an id finds it.
      severity: isFile ? 'error' : 'warning',
      message: `the ${what} names "${detection}", which is no ${isFile ? 'detection' : 'id of a detection'} of this repository`,
      file: source.file,
      span: source.spanOf(joinPointer(pointer, 'detection')),
      hint: 'name a file from the root of the repository, or the id of a detection',
    },
  ];
}

function isActive(entry: TimedEntry, environment: Environment, now: Date): boolean {
  const names = [environment.name, targetName(environment)];
  const isHere = entry.environments === undefined || entry.environments.some((name) => names.includes(name));
  return isHere && Date.parse(entry.until) > now.getTime();
}

function toId(name: string, loaded: Loaded): string {
  return loaded.find(({ file }) => file === name)?.detection.id ?? name;
}

/** Ids are GUIDs, which have no case. */
function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
