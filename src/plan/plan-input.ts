import type { RememberedHold } from './applied-state.ts';
import type { LiveWorkspace } from './live-workspace.ts';
import type { DesiredResource, DetectionRef } from './plan.ts';

/** What becomes of what is ours and no longer wanted. */
export type PrunePolicy = 'delete' | 'disable';

/** Keeps the resources of a detection as they are in the workspace. */
export interface ActiveHold {
  readonly detectionId: string;
  readonly reason: string;
  /** When it ends, in ISO 8601, UTC. */
  readonly until: string;
}

/** A part of the repository. */
export interface PlanLimit {
  /** For people: what the user asked for. */
  readonly paths: readonly string[];
  /** True for the file of a detection that is meant. */
  includes(file: string): boolean;
}

/** What a plan is made of. */
export interface PlanInput {
  readonly environment: string;
  /** ARM id of the workspace that `live` was read from. */
  readonly workspaceId: string;
  /** The owner id of kustodian.yaml. */
  readonly owner: string;
  /** Everything that the repository describes for the environment, with a `limit` too. */
  readonly desired: readonly DesiredResource[];
  /** The detections of the repository that the environment does not select. */
  readonly unselected?: readonly DetectionRef[];
  readonly live: LiveWorkspace;
  /** Take over resources that are described here but are not ours. */
  readonly adopt?: boolean;
  /** Remove what is ours but no longer wanted, instead of listing it. */
  readonly prune?: PrunePolicy | undefined;
  /** Plan these only, and remove nothing. */
  readonly limit?: PlanLimit | undefined;
  /** The holds of kustodian.yaml that count for the environment now. */
  readonly holds?: readonly ActiveHold[];
  /** A hold that the workspace is to remember of everything that is written. */
  readonly remember?: RememberedHold | undefined;
  /** The time, for the holds that the workspace remembers; they do not count if it is left out. */
  readonly now?: Date | undefined;
  /** Switch alert rules on again that the service switched off. */
  readonly enableAutoDisabled?: boolean;
  /** The commit that `desired` comes from, to be kept with what is applied. On its own it is no reason to write. */
  readonly commit?: string | undefined;
}
