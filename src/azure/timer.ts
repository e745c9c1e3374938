import { setTimeout } from 'node:timers/promises';

/** Time, so that tests need none. */
export interface Timer {
  /** Milliseconds since any fixed moment. */
  now(): number;
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's time. */
export const systemTimer: Timer = {
  now: () => performance.now(),
  delay: (milliseconds, signal) =>
    setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal }),
};
