import { mapBounded } from '../core/map-bounded.ts';
import { ToolError } from '../core/tool-error.ts';
import type { ApplyCounts, ApplyEvent } from '../plan/apply-event.ts';
import type { Change, ChangeOutcome, Plan, WriteChange } from '../plan/plan.ts';
import { refusalReason } from '../plan/refusal-reason.ts';
import { isWrite } from '../plan/summarise-plan.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import { describeFailure, stopsTheRun, writeChange } from './write-change.ts';

/** How a plan is applied. */
export interface ApplyOptions {
  /** Changes in flight at a time; 8 if not given. */
  readonly concurrency?: number;
  /** Once aborted, no further change is started; those in flight are finished. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: ApplyEvent) => void;
  /** Milliseconds since any fixed moment. */
  readonly clock: () => number;
}

/**
 * Applies a plan and gives one outcome a change, in the plan's order. A change that fails does not stop the others, unless
 * the service no longer lets us in; what was not tried for that reason, or because of the signal, is `skipped`.
 *
 * @throws ToolError `usage` if the plan was made for another workspace, or the concurrency is no positive whole number
 */
export async function applyPlan(
  plan: Plan,
  store: ContentStore,
  options: ApplyOptions,
): Promise<readonly ChangeOutcome[]> {
  const { concurrency = 8, signal, onProgress = () => undefined, clock } = options;
  checkWorkspace(plan, store);
  checkConcurrency(concurrency);
  const total = plan.changes.filter(isWrite).length;
  const run: Run = {
    store,
    signal,
    onProgress,
    clock,
    counts: { done: 0, failed: 0, total },
    stopped: undefined,
  };
  onProgress({ type: 'started', counts: run.counts });
  const outcomes = new Map<Change, ChangeOutcome>();
  for (const turn of inTurns(plan.changes)) {
    await mapBounded(turn, concurrency, async (change) =>
      outcomes.set(change, await applyChange(change, run)),
    );
  }
  onProgress({ type: 'finished', counts: run.counts });
  return plan.changes.flatMap((change) => outcomes.get(change) ?? []);
}

/** What takes something away comes last: until the rest is there, what it replaces stays. */
function inTurns(changes: readonly Change[]): readonly (readonly Change[])[] {
  const isLast = ({ action }: Change) => action === 'delete' || action === 'disable' || action === 'forget';
  return [changes.filter((change) => !isLast(change)), changes.filter(isLast)];
}

/** What the workers of one apply share. */
interface Run {
  readonly store: ContentStore;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (event: ApplyEvent) => void;
  readonly clock: () => number;
  counts: ApplyCounts;
  /** Why no further change is started. */
  stopped: string | undefined;
}

/** Never rejects: each change has an outcome, whatever happens to it. */
async function applyChange(change: Change, run: Run): Promise<ChangeOutcome> {
  if (isWrite(change)) return applyWrite(change, run);
  const reason = refusalReason(change);
  return reason === undefined ? { change, status: 'unchanged' } : { change, status: 'refused', reason };
}

async function applyWrite(change: WriteChange, run: Run): Promise<ChangeOutcome> {
  if (run.signal?.aborted === true) run.stopped ??= 'not tried, since the run was cancelled';
  if (run.stopped !== undefined) return { change, status: 'skipped', reason: run.stopped };
  run.onProgress({ type: 'change-started', change, counts: run.counts });
  const outcome = await tryWrite(change, run);
  const { done, failed, total } = run.counts;
  run.counts = { done: done + 1, failed: failed + (outcome.status === 'failed' ? 1 : 0), total };
  run.onProgress({ type: 'change-finished', outcome, counts: run.counts });
  return outcome;
}

async function tryWrite(change: WriteChange, run: Run): Promise<ChangeOutcome> {
  const startedAt = run.clock();
  try {
    const { rewritten, renamedTo } = await writeChange(change, run.store);
    const durationMs = run.clock() - startedAt;
    return {
      change,
      status: 'applied',
      durationMs,
      ...(rewritten.length === 0 ? {} : { rewritten }),
      ...(renamedTo === undefined ? {} : { renamedTo }),
    };
  } catch (error) {
    const reason = describeFailure(change, error);
    if (stopsTheRun(error)) run.stopped ??= `not tried, since the run stopped: ${reason}`;
    return { change, status: 'failed', reason, durationMs: run.clock() - startedAt };
  }
}

function checkWorkspace(plan: Plan, store: ContentStore): void {
  if (plan.workspaceId.toLowerCase() === store.workspaceId.toLowerCase()) return;
  throw new ToolError(
    'usage',
    `the plan is for the workspace "${plan.workspaceId}", not for "${store.workspaceId}"; plan again for this environment`,
  );
}

function checkConcurrency(concurrency: number): void {
  if (Number.isInteger(concurrency) && concurrency >= 1) return;
  throw new ToolError('usage', `concurrency "${concurrency}" is not a whole number of at least 1`);
}
