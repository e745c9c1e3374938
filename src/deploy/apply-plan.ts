import { mapBounded } from '../core/map-bounded.ts';
import { ToolError } from '../core/tool-error.ts';
import type { ApplyCounts, ApplyEvent } from '../plan/apply-event.ts';
import type { Change, ChangeFailure, ChangeOutcome, Plan, WriteChange } from '../plan/plan.ts';
import { refusalReason } from '../plan/refusal-reason.ts';
import { isWrite } from '../plan/summarise-plan.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import { clientRequestIdOf, isUnsent, serviceFailureOf } from '../sentinel/service-failure.ts';
import { recordWrites, type Written } from './record-writes.ts';
import { verifyWrites, type Doubt } from './verify-writes.ts';
import { describeFailure, stopsTheRun, writeChange } from './write-change.ts';

/** How a plan is applied. */
export interface ApplyOptions {
  /** Changes in flight at a time; 16 if not given. How many requests that makes is the store's to say. */
  readonly concurrency?: number;
  /** Once aborted, no further change is started; those in flight are finished. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: ApplyEvent) => void;
  /** Milliseconds since any fixed moment. */
  readonly clock: () => number;
  /** Waits so many milliseconds, before a second look at what does not seem to be written; without it there is no wait. */
  readonly delay?: (milliseconds: number) => Promise<void>;
}

/** A list may lag behind the writes that it is to show. */
const listLagMs = 2_000;

/**
 * Applies a plan and gives one outcome a change, in the plan's order. A change that fails does not stop the others, unless
 * the service no longer lets us in; what was not tried for that reason, or because of the signal, is `skipped`. At the end, all
 * that was written is looked at once more: what is not as the service answered is `unverified`.
 *
 * @throws ToolError `usage` if the plan was made for another workspace, or the concurrency is no positive whole number
 */
export async function applyPlan(
  plan: Plan,
  store: ContentStore,
  options: ApplyOptions,
): Promise<readonly ChangeOutcome[]> {
  const { concurrency = 16, signal, onProgress = () => undefined, clock } = options;
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
    written: new Map(),
  };
  onProgress({ type: 'started', counts: run.counts });
  const outcomes = new Map<Change, ChangeOutcome>();
  for (const turn of inTurns(plan.changes)) {
    await mapBounded(turn, concurrency, async (change) =>
      outcomes.set(change, await applyChange(change, run)),
    );
  }
  const doubtOf = await lookAgain(run, options.delay);
  onProgress({ type: 'finished', counts: run.counts });
  return plan.changes.flatMap((change) => {
    const outcome = outcomes.get(change);
    return outcome === undefined ? [] : [doubted(outcome, run.written.get(change) ?? [], doubtOf)];
  });
}

/** Not after a run that was cancelled or stopped: what the service answered to the writes is known, and nobody waits for more. */
async function lookAgain(
  { signal, stopped, store, written }: Run,
  delay: ApplyOptions['delay'],
): Promise<Doubt> {
  const all = [...written.values()].flat();
  if (all.length === 0 || stopped !== undefined || signal?.aborted === true) return () => undefined;
  return await verifyWrites(all, store, async () => delay?.(listLagMs));
}

function doubted(outcome: ChangeOutcome, written: readonly Written[], doubtOf: Doubt): ChangeOutcome {
  const doubts = [outcome.status === 'unverified' ? outcome.reason : undefined, ...written.map(doubtOf)];
  const reasons = [...new Set(doubts.filter((reason) => reason !== undefined))];
  return reasons.length === 0 ? outcome : { ...outcome, status: 'unverified', reason: reasons.join('; ') };
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
  /** What the changes that were applied have written. */
  readonly written: Map<Change, readonly Written[]>;
}

const cancelledRun = 'not tried, since the run was cancelled';

/** Never rejects: each change has an outcome, whatever happens to it. */
async function applyChange(change: Change, run: Run): Promise<ChangeOutcome> {
  if (isWrite(change)) return applyWrite(change, run);
  const reason = refusalReason(change);
  return reason === undefined ? { change, status: 'unchanged' } : { change, status: 'refused', reason };
}

async function applyWrite(change: WriteChange, run: Run): Promise<ChangeOutcome> {
  if (run.signal?.aborted === true) run.stopped ??= cancelledRun;
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
  const { store, written } = recordWrites(run.store);
  try {
    const { rewritten, renamedTo, wroteOver = false } = await writeChange(change, store);
    const durationMs = run.clock() - startedAt;
    run.written.set(change, written());
    return {
      change,
      ...(wroteOver ? wroteOverAnother : { status: 'applied' }),
      durationMs,
      ...(rewritten.length === 0 ? {} : { rewritten }),
      ...(renamedTo === undefined ? {} : { renamedTo }),
    };
  } catch (error) {
    if (error instanceof ToolError && isUnsent(error) && written().length === 0) {
      return { change, status: 'skipped', reason: cancelledRun };
    }
    const reason = describeFailure(change, error);
    if (stopsTheRun(error)) run.stopped ??= `not tried, since the run stopped: ${reason}`;
    const durationMs = run.clock() - startedAt;
    return { change, status: 'failed', reason, failure: failureOf(error), durationMs };
  }
}

const wroteOverAnother = {
  status: 'unverified',
  reason:
    'written, but somebody made an alert rule of this name in the moment before, and that was overwritten: look in the activity log ' +
    'of the workspace who did, and tell them',
} as const;

function failureOf(error: unknown): ChangeFailure {
  if (!(error instanceof ToolError)) return { code: 'internal' };
  const { status, code: serviceCode, correlationId, requestId } = serviceFailureOf(error) ?? {};
  const clientRequestId = clientRequestIdOf(error);
  return {
    code: error.code,
    ...(status === undefined ? {} : { status }),
    ...(serviceCode === undefined ? {} : { serviceCode }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(clientRequestId === undefined ? {} : { clientRequestId }),
  };
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
