import type { ChangeOutcome, WriteChange } from './plan.ts';

/** How far an apply is. `done` counts the failed ones too. */
export interface ApplyCounts {
  readonly done: number;
  readonly failed: number;
  /** Changes that write; no-ops and refusals do not count. */
  readonly total: number;
}

/** What deploy/ tells while it applies a plan, and report/ turns into progress. Only changes that write are told of. */
export type ApplyEvent =
  | { readonly type: 'started'; readonly counts: ApplyCounts }
  | { readonly type: 'change-started'; readonly change: WriteChange; readonly counts: ApplyCounts }
  | { readonly type: 'change-finished'; readonly outcome: ChangeOutcome; readonly counts: ApplyCounts }
  | { readonly type: 'finished'; readonly counts: ApplyCounts };
