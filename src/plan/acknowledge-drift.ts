import { splitPointer } from '../core/json-pointer.ts';
import type { Drift } from './find-drift.ts';

/** Edits of a detection's resources that are known, and no finding for a time. */
export interface AcknowledgedDrift {
  readonly detectionId: string;
  /** Names such as `severity` or `incidentConfiguration.createIncident`, each with what lies below; all, if left out. */
  readonly fields?: readonly string[];
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly until: string;
}

/**
 * Marks the drift that is acknowledged. Every field of it must be: an edit that nobody knows of is a finding, whatever else of
 * the same alert rule is known. A deletion is known only where all fields are.
 */
export function acknowledgeDrift(
  drift: readonly Drift[],
  acknowledged: readonly AcknowledgedDrift[],
): readonly Drift[] {
  return drift.map((one) => {
    const own = acknowledged.filter(
      ({ detectionId }) => detectionId.toLowerCase() === one.detection.toLowerCase(),
    );
    const all = own.find(({ fields }) => fields === undefined);
    const covering = one.fields.map(({ pointer }) => all ?? own.find((each) => covers(each, pointer)));
    const [first = all] = covering;
    if (first === undefined || covering.includes(undefined)) return one;
    const soonest = covering.reduce(
      (a, b) => (b !== undefined && a !== undefined && b.until < a.until ? b : a),
      first,
    );
    return { ...one, acknowledged: { reason: (soonest ?? first).reason, until: (soonest ?? first).until } };
  });
}

function covers({ fields = [] }: AcknowledgedDrift, pointer: string): boolean {
  const [first, ...rest] = splitPointer(pointer);
  const name = (first === 'properties' ? rest : [first, ...rest]).join('.');
  return fields.some((field) => name === field || name.startsWith(`${field}.`));
}
