import type { JsonObject, JsonValue } from '../core/json.ts';
import type { DesiredResource, DetectionRef } from '../sentinel/desired-resource.ts';
import type { Metadata } from '../sentinel/resource.ts';

export type { DesiredResource, DetectionRef } from '../sentinel/desired-resource.ts';

/** The kinds of resource that a detection becomes. */
export type ManagedKind = DesiredResource['kind'];

/**
 * Who made a difference: `pending`, the repository since the last apply; `drift`, somebody in the workspace; `conflict`, both.
 */
export type FieldCause = 'pending' | 'drift' | 'conflict';

/** A field that differs; `pointer` leads into the PUT body. `undefined` members mean: the side does not have it. */
export interface FieldDiff {
  readonly pointer: string;
  /** Absent if it is not known what was applied last. */
  readonly cause?: FieldCause;
  readonly live?: JsonValue;
  readonly desired?: JsonValue;
}

/**
 * The metadata resource that says that another resource is ours, and what was applied. It is written before the resource that
 * it marks, and once more where the service keeps other values than it was sent.
 */
export interface MetadataWrite {
  readonly name: string;
  readonly body: Metadata;
  /** True if the workspace holds it already, as after a run that stopped halfway. */
  readonly isThere: boolean;
}

/** What a change was planned against, as hashes; a member is absent if the workspace had nothing of that name. */
export interface Basis {
  readonly resource?: string;
  readonly metadata?: string;
}

interface ChangeBase {
  readonly kind: ManagedKind;
  /** Resource name, in the workspace's own casing if it is there already. */
  readonly name: string;
  readonly displayName: string;
}

/** The workspace has no resource of that name. */
export interface Create extends ChangeBase {
  readonly action: 'create';
  readonly detection: DetectionRef;
  readonly body: JsonObject;
  readonly metadata: MetadataWrite;
  readonly basis: Basis;
  /** True if its metadata is there without it: it was deleted in the workspace, or an earlier run stopped before making it. */
  readonly isMissing: boolean;
}

/** The workspace has it, it is ours (or is adopted now), and it differs. */
export interface Update extends ChangeBase {
  readonly action: 'update';
  readonly detection: DetectionRef;
  readonly body: JsonObject;
  readonly etag?: string;
  readonly metadata: MetadataWrite;
  readonly basis: Basis;
  /** Empty if only the metadata is to be written: the resource is adopted as it is. */
  readonly fields: readonly FieldDiff[];
  /** True if the resource was not ours before and the user asked to adopt it. */
  readonly adopts: boolean;
}

/** Ours, but no longer described (or no longer selected) here, and the user asked to prune. */
export interface Delete extends ChangeBase {
  readonly action: 'delete';
  readonly etag?: string;
  readonly basis: Basis;
  /** Deleted after the resource. */
  readonly metadata: { readonly name: string };
  /** The same alert rule, disabled: put first, with the etag, since the service deletes whatever is there. */
  readonly disabledBody?: JsonObject;
  /** Pointers of the fields that somebody edited in the workspace since the last apply. */
  readonly edited: readonly string[];
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

/** Described here, but the service or another owner stands in the way. Deploy refuses it, for `reason`, and writes nothing. */
export interface Blocked extends ChangeBase {
  readonly action: 'blocked';
  readonly detection: DetectionRef;
  /** What stands in the way, and what the user can do about it. */
  readonly reason: string;
  readonly fields: readonly FieldDiff[];
}

/** Ours, but no longer described (or no longer selected) here. It is listed and left alone, unless the user asks to prune. */
export interface Orphan extends ChangeBase {
  readonly action: 'orphan';
}

/** One step from the live to the desired state. Replace and disable join the union when they are built. */
export type Change = Create | Update | Delete | NoOp | NotOurs | Blocked | Orphan;

/** A change that writes to the workspace. */
export type WriteChange = Create | Update | Delete;

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
  /** `unchanged`: nothing was to do; `refused`: a collision or blocked; `skipped`: not tried, since the run was cancelled or stopped. */
  readonly status: 'applied' | 'unchanged' | 'failed' | 'refused' | 'skipped';
  /** Why, for `failed`, `refused` and `skipped`. */
  readonly reason?: string;
  /** What the service keeps otherwise than it was sent (`desired`), for `applied`. It is remembered, so it is no drift. */
  readonly rewritten?: readonly FieldDiff[];
  /** Wall time in milliseconds, for `applied` and `failed`. */
  readonly durationMs?: number;
}
