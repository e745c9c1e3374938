import { setImmediate as nextTurn } from 'node:timers/promises';

/** Time that passes only when everybody waits for it: minutes of pacing and latency take milliseconds. */
export interface VirtualTime {
  /** Milliseconds since the start. */
  now(): number;
  /** Resolves when the time has come; rejects when the signal aborts. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** The moment as a date, for what keeps dates. */
  date(): Date;
  /** How many delays are not over. */
  pending(): number;
  /**
   * Lets time pass until the task is settled, and gives its result. Everything that the task waits for must be a delay of this
   * time, or done within a turn of the event loop.
   *
   * @param until leave off at this moment; what is given then is undefined
   */
  run<Result>(task: Promise<Result>, until?: number): Promise<Result | undefined>;
}

interface Delay {
  readonly at: number;
  readonly end: () => void;
}

/** A time that starts at the given date. */
export function createVirtualTime(start = '2026-03-25T08:00:00.000Z'): VirtualTime {
  const startedAt = Date.parse(start);
  const delays = new Set<Delay>();
  let now = 0;

  const earliest = (): Delay | undefined => {
    let first: Delay | undefined;
    for (const delay of delays) if (first === undefined || delay.at < first.at) first = delay;
    return first;
  };

  return {
    now: () => now,
    date: () => new Date(startedAt + now),
    pending: () => delays.size,

    delay: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const abort = (): void => {
          delays.delete(delay);
          reject(new DOMException('the delay was aborted', 'AbortError'));
        };
        const delay: Delay = {
          at: now + Math.max(0, milliseconds),
          end: () => {
            delays.delete(delay);
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        if (signal?.aborted === true) {
          abort();
          return;
        }
        delays.add(delay);
        signal?.addEventListener('abort', abort, { once: true });
      }),

    async run(task, until = Number.POSITIVE_INFINITY) {
      const isSettled = watch(task);
      for (;;) {
        await nextTurn();
        if (isSettled()) return await task;
        const next = earliest();
        if ((next?.at ?? Number.POSITIVE_INFINITY) > until) {
          now = until;
          return undefined;
        }
        if (next === undefined) throw new Error('nobody waits for time, but the task is not settled');
        now = next.at;
        next.end();
      }
    },
  };
}

function watch(task: Promise<unknown>): () => boolean {
  let isSettled = false;
  const settle = (): void => {
    isSettled = true;
  };
  task.then(settle, settle);
  return () => isSettled;
}
