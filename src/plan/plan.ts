import type { JsonObject, JsonValue } from '../core/json.ts';
import type { AlertRule, SavedSearch } from '../sentinel/resource.ts';

/** A resource that the repository describes for one environment: the output of compile/, the input of plan/. */
export interface DesiredResource {
  readonly kind: 'alertRule' | 'savedSearch';
  /** Resource name in the workspace. */
  readonly name: string;
  readonly displayName: string;
  readonly detection: DetectionRef;
  readonly body: AlertRule | SavedSearch;
}

/** Which detection a resource comes from. */
export interface DetectionRef {
  readonly id: string;
  readonly file: string;
  readonly version?: string;
}

/** A field that differs; `pointer` leads into the PUT body. `undefined` members mean: the side does not have it. */
export interface FieldDiff {
  readonly pointer: string;
  readonly live?: JsonValue;
  readonly desired?: JsonValue;
}

interface ChangeBase {
  readonly kind: 'alertRule' | 'savedSearch';
  readonly name: string;
  readonly displayName: string;
}

/** The workspace has no resource of that name. */
export interface Create extends ChangeBase {
  readonly action: 'create';
  readonly detection: DetectionRef;
  readonly body: JsonObject;
}

/** The workspace has it, it is ours (or is adopted now), and it differs. */
export interface Update extends ChangeBase {
  readonly action: 'update';
  readonly detection: DetectionRef;
  readonly body: JsonObject;
  readonly etag?: string;
  readonly fields: readonly FieldDiff[];
  /** True if the resource was not ours before and the user asked to adopt it. */
  readonly adopts: boolean;
}

/** Ours and as described. */
export interface NoOp extends ChangeBase {
  readonly action: 'no-op';
  readonly detection: DetectionRef;
}

/**
 * In the workspace, but not made by this repository. With a `detection`, the repository describes one of the same name:
 * a collision, which deploy refuses. Without, it is only listed.
 */
export interface NotOurs extends ChangeBase {
  readonly action: 'not-ours';
  readonly detection?: DetectionRef;
  /** Fields that would change if a collision were adopted. */
  readonly fields: readonly FieldDiff[];
}

/** Ours, but no longer described (or no longer selected) here. It is listed and left alone. */
export interface Orphan extends ChangeBase {
  readonly action: 'orphan';
}

/** One step from the live to the desired state. Replace, disable and delete join the union when they are built. */
export type Change = Create | Update | NoOp | NotOurs | Orphan;

/** What stands between a workspace and the repository. Plain JSON: written, shown and run as it is. */
export interface Plan {
  readonly formatVersion: 1;
  readonly environment: string;
  /** ARM id of the workspace that was read. */
  readonly workspaceId: string;
  /** The owner id of kustodian.yaml. */
  readonly owner: string;
  /** Sorted by kind, then name. */
  readonly changes: readonly Change[];
}

/** What became of one change. Exactly one a change, in the plan's order. */
export interface ChangeOutcome {
  readonly change: Change;
  /** `unchanged`: nothing was to do; `refused`: a collision; `skipped`: not tried, since the run was cancelled or stopped. */
  readonly status: 'applied' | 'unchanged' | 'failed' | 'refused' | 'skipped';
  /** Why, for `failed`, `refused` and `skipped`. */
  readonly reason?: string;
  /** Wall time in milliseconds, for `applied` and `failed`. */
  readonly durationMs?: number;
}
