import type { ChangeOutcome } from '../plan/plan.ts';
import type { Traffic } from '../sentinel/traffic.ts';

/** The verbs that write to a workspace. */
export type RunVerb = 'deploy' | 'rollback' | 'disable';

/** What it took to carry a plan out. */
export interface Effort {
  /** Everything that was sent to the workspace, the reading for the plan included; undefined where it is not counted. */
  readonly traffic?: Traffic | undefined;
  /** Wall time of the apply in milliseconds. */
  readonly durationMs: number;
}

/** What one run did to one workspace. */
export interface WorkspaceRun extends Effort {
  /** What was asked; `deploy` if it is left out. */
  readonly verb?: RunVerb;
  /** As the plan names it: `staging`, or `customers/contoso` for one workspace of many. */
  readonly environment: string;
  readonly workspaceId: string;
  /** SHA-256 of the plan as `plan --out` writes it. */
  readonly planDigest: string;
  /** The file that holds what was there before, relative to the repository; undefined if nothing was to be written. */
  readonly snapshot?: string | undefined;
  readonly outcomes: readonly ChangeOutcome[];
}

/** A workspace of many on which the work was stopped. */
export interface StoppedRun {
  readonly environment: string;
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string | undefined };
}

/** What one run of a verb that writes did, to all workspaces. */
export interface RunReport {
  /** Version of Kustodian. */
  readonly version: string;
  readonly verb: RunVerb;
  /** The commit that was checked out, if it is known. */
  readonly commit?: string | undefined;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly workspaces: readonly (WorkspaceRun | StoppedRun)[];
}
