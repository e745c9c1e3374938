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

/** What points at an alert rule by its name, and would point at nothing once that rule is gone. */
export interface Pointing {
  /** `automation-rule`: one whose conditions name the alert rule. `action`: a playbook that the alert rule itself starts. */
  readonly type: 'automation-rule' | 'action';
  readonly name: string;
  /** Of an automation rule; of an action, the playbook that it starts. */
  readonly displayName: string;
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

/** A resource of ours that is to go, with its metadata after it. */
export interface Removal {
  readonly name: string;
  readonly etag?: string;
  readonly basis: Basis;
  /** Deleted after the resource. */
  readonly metadata: { readonly name: string };
  /** The same alert rule, disabled: put first, with the etag, since the service deletes whatever is there. */
  readonly disabledBody?: JsonObject;
  /** Pointers of the fields that somebody edited in the workspace since the last apply. */
  readonly edited: readonly string[];
  /** What points at it; left out where nothing does, or where nobody looked. */
  readonly pointedAtBy?: readonly Pointing[];
}

/**
 * Ours, but not of the kind that is described, and the service changes no kind. It is made anew under `name`, which is derived
 * from its earlier name; once that is in place, what it replaces is deleted. The metadata keeps the detection's identity.
 */
export interface Replace extends ChangeBase {
  readonly action: 'replace';
  readonly detection: DetectionRef;
  readonly body: JsonObject;
  readonly metadata: MetadataWrite;
  readonly basis: Basis;
  /** What differs between the two, the kind first of all. */
  readonly fields: readonly FieldDiff[];
  readonly replaces: Removal;
}

/**
 * Why a resource of ours is no longer wanted: no detection describes it, its detection left the environment's selection, or
 * another resource has taken its place, or the deploy that is rolled back made it.
 */
export type RemovalReason = 'not-described' | 'not-selected' | 'superseded' | 'rolled-back';

/** Ours and no longer wanted, and the user asked to prune, or it is what a replace that was cut short left behind. */
export interface Delete extends ChangeBase, Removal {
  readonly action: 'delete';
  /** `file` is empty if no file describes it. */
  readonly detection: DetectionRef;
  readonly reason: RemovalReason;
}

/** Ours and to be switched off, with its metadata kept: how an environment that does not delete prunes. */
export interface Disable extends ChangeBase {
  readonly action: 'disable';
  /** `file` is empty if no file describes it. */
  readonly detection: DetectionRef;
  /** The alert rule as it is, disabled. */
  readonly body: JsonObject;
  readonly etag?: string;
  readonly metadata: MetadataWrite;
  readonly basis: Basis;
  readonly fields: readonly FieldDiff[];
  /** `requested`: the user switches it off by its name. */
  readonly reason: RemovalReason | 'requested';
  /** Pointers of the fields that somebody edited in the workspace since the last apply. */
  readonly edited: readonly string[];
}

/** Metadata of ours that marks nothing: a run stopped between the deletion of a resource and that of its metadata. */
export interface Forget extends ChangeBase {
  readonly action: 'forget';
  readonly detection: DetectionRef;
  readonly metadata: { readonly name: string };
  readonly basis: Basis;
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
  /** The other owner, if it is kept with this tool from another repository. */
  readonly owner?: string;
  /** Fields that would change if a collision were adopted. */
  readonly fields: readonly FieldDiff[];
}

/** Wanted here, but the service or another owner stands in the way. Deploy refuses it, for `reason`, and writes nothing. */
export interface Blocked extends ChangeBase {
  readonly action: 'blocked';
  readonly detection: DetectionRef;
  /** What stands in the way, and what the user can do about it. */
  readonly reason: string;
  readonly fields: readonly FieldDiff[];
  readonly pointedAtBy?: readonly Pointing[];
}

/**
 * A change that would be made, were it not for somebody who wants the workspace to stay as it is. Nothing is written, and
 * deploy is content with it.
 */
export interface Held extends ChangeBase {
  readonly action: 'held';
  readonly detection: DetectionRef;
  /** What would be done. */
  readonly wouldBe: Exclude<WriteChange['action'], 'forget'>;
  /** `hold`: a person said so, for a time; `auto-disabled`: the service switched the alert rule off, and it would fail again. */
  readonly by: 'hold' | 'auto-disabled';
  /** Why, in words for people; of a hold, the reason that was given. */
  readonly reason: string;
  /** Of a hold: when it ends, in ISO 8601, UTC. */
  readonly until?: string;
  /** Of a hold: where it is written. */
  readonly heldBy?: 'configuration' | 'workspace';
  /** True for what would be created again: the workspace has its metadata without it. */
  readonly isMissing?: boolean;
  readonly fields: readonly FieldDiff[];
}

/** Ours, but no longer wanted. It is listed and left alone, unless the user asks to prune. */
export interface Orphan extends ChangeBase {
  readonly action: 'orphan';
  /** `file` is empty if no file describes it. */
  readonly detection: DetectionRef;
  readonly reason: RemovalReason;
  /** True for an alert rule that is switched off: there is nothing left to disable. */
  readonly isDisabled: boolean;
}

/** A change that writes to the workspace. */
export type WriteChange = Create | Update | Replace | Disable | Delete | Forget;

/** One step from the live to the desired state. */
export type Change = WriteChange | NoOp | NotOurs | Blocked | Held | Orphan;

/** What a reader of the plan should know, and that stops nothing. */
export interface PlanWarning {
  readonly message: string;
  /** The detection's file, if it is about one. */
  readonly file?: string;
}

/** What stands between a workspace and the repository. Plain JSON: written, shown and run as it is. */
export interface Plan {
  readonly formatVersion: typeof planFormatVersion;
  readonly environment: string;
  /** ARM id of the workspace that was read. */
  readonly workspaceId: string;
  /** The owner id of kustodian.yaml. */
  readonly owner: string;
  /** The files that the plan is limited to; absent for a plan of everything. */
  readonly paths?: readonly string[];
  /** Sorted by kind, then name. */
  readonly changes: readonly Change[];
  readonly warnings: readonly PlanWarning[];
}

/** The version of what a saved plan holds. Others are refused. */
export const planFormatVersion = 2;

/** What became of one change. Exactly one a change, in the plan's order. */
export interface ChangeOutcome {
  readonly change: Change;
  /**
   * `unchanged`: nothing was to do; `unverified`: written, but a look at the end showed something else; `refused`: a collision or
   * blocked; `skipped`: not tried, since the run was cancelled or stopped.
   */
  readonly status: 'applied' | 'unchanged' | 'unverified' | 'failed' | 'refused' | 'skipped';
  /** Why, for `unverified`, `failed`, `refused` and `skipped`. */
  readonly reason?: string;
  /** What failed, for machines and for whoever asks the service; for `failed`. */
  readonly failure?: ChangeFailure;
  /** What the service keeps otherwise than it was sent (`desired`), for `applied`. It is remembered, so it is no drift. */
  readonly rewritten?: readonly FieldDiff[];
  /** The name that a resource got instead of the planned one, which the service keeps back after a deletion. */
  readonly renamedTo?: string;
  /** Wall time in milliseconds, for `applied`, `unverified` and `failed`. */
  readonly durationMs?: number;
}

/** What made a change fail. */
export interface ChangeFailure {
  /** A code of `ToolError`; `internal` for a bug. */
  readonly code: string;
  /** HTTP status, where the service answered. */
  readonly status?: number;
  /** The service's own code. */
  readonly serviceCode?: string;
  /** Finds the request in the service's logs. */
  readonly correlationId?: string;
  /** `x-ms-request-id`, where it is another one. */
  readonly requestId?: string;
  /** `x-ms-client-request-id`: there without an answer, too. */
  readonly clientRequestId?: string;
}
