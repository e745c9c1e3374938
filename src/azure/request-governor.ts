import { armThrottle } from '../sentinel/limits.ts';
import type { OperationClass } from '../sentinel/traffic.ts';
import type { Timer } from './timer.ts';

/** How many requests of a class may be under way. */
export interface Pace {
  /** At first. */
  readonly initial: number;
  /** After the service bore all that it was sent. */
  readonly most: number;
}

/** Enough for the documented ten writes a second at a latency of 1.6 s, and few enough to stop soon. */
export const defaultPace: Pace = Object.freeze({ initial: 8, most: 16 });

/** How a request ended, as far as the next ones must know. */
export type TurnEnd =
  /** Answered; `remaining` is what the service says may still be sent, undefined if it does not say. */
  | { readonly type: 'answered'; readonly remaining: number | undefined }
  /** 429, with how long to wait. */
  | { readonly type: 'throttled'; readonly waitMs: number }
  | { readonly type: 'failed' };

/** The right to send one request. It must be given back, once. */
export type EndTurn = (end: TurnEnd) => void;

/** What a request brings along when it asks for its turn. */
export interface TurnOptions {
  /** Ends the waiting; a turn that can be had at once is given all the same. */
  readonly signal?: AbortSignal | undefined;
  /** Told when the request begins to wait for the service, rather than for others; what it gives is called at the end of that. */
  readonly hold?: () => () => void;
}

/** Decides when a request may go out, for all that send on behalf of one identity to one subscription. */
export interface RequestGovernor {
  /** Waits for a turn. Rejects if the signal aborts before there is one. */
  enter(operation: OperationClass, options?: TurnOptions): Promise<EndTurn>;
}

/**
 * One governor for all workers, a lane for each class of operation that Azure Resource Manager counts apart.
 *
 * - A 429 closes the lane until its wait is over; afterwards one request tries first.
 * - The number of requests under way is halved by a 429, once for those that were sent together, and grows by one for each
 *   round that the service bears.
 * - Once the service says how many requests are left, the lane spends those and then keeps the documented refill, so that
 *   the bucket is never overdrawn. Without such a header there is no pacing.
 */
export function createRequestGovernor(timer: Timer, pace: Pace = defaultPace): RequestGovernor {
  const lanes: Readonly<Record<OperationClass, Lane>> = {
    reads: new Lane(timer, pace, armThrottle.reads.refillPerSecond),
    writes: new Lane(timer, pace, armThrottle.writes.refillPerSecond),
    deletes: new Lane(timer, pace, armThrottle.deletes.refillPerSecond),
  };
  return { enter: (operation, options = {}) => lanes[operation].enter(options) };
}

/** No timer is set for less. */
const soonMs = 0.01;

interface Waiter {
  readonly start: () => void;
  readonly hold: () => () => void;
  release?: () => void;
}

/** The requests of one class. */
class Lane {
  private readonly timer: Timer;
  private readonly most: number;
  private readonly refillPerMs: number;
  /** How many may be under way; grows by fractions. */
  private limit: number;
  private underWay = 0;
  private readonly queue: Waiter[] = [];
  /** What the bucket holds at a moment; undefined until the service says so. */
  private level: { readonly tokens: number; readonly at: number } | undefined;
  private closedUntil = 0;
  /** Requests sent before the limit was halved do not halve it again. */
  private halvedAt = Number.NEGATIVE_INFINITY;
  private wake: { readonly at: number; readonly cancel: AbortController } | undefined;

  constructor(timer: Timer, { initial, most }: Pace, refillPerSecond: number) {
    this.timer = timer;
    this.limit = initial;
    this.most = most;
    this.refillPerMs = refillPerSecond / 1_000;
  }

  enter({ signal, hold = () => () => undefined }: TurnOptions): Promise<EndTurn> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const index = this.queue.indexOf(waiter);
        if (index === -1) return;
        this.queue.splice(index, 1);
        waiter.release?.();
        this.serve();
        reject(new DOMException('gave up waiting for a turn', 'AbortError'));
      };
      const waiter: Waiter = {
        hold,
        start: () => {
          signal?.removeEventListener('abort', leave);
          waiter.release?.();
          resolve(this.begin());
        },
      };
      this.queue.push(waiter);
      this.serve();
      if (signal?.aborted === true) leave();
      else if (this.queue.includes(waiter)) signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** Lets as many go as may, and sees that the next one is let go in time. */
  private serve(): void {
    while (this.queue.length > 0 && this.underWay < Math.floor(this.limit)) {
      const openAt = this.openAt();
      if (openAt - this.timer.now() > soonMs) {
        for (const waiter of this.queue) waiter.release ??= waiter.hold();
        this.wakeAt(openAt);
        return;
      }
      this.queue.shift()?.start();
    }
    if (this.queue.length === 0) this.cancelWake();
  }

  private begin(): EndTurn {
    const startedAt = this.timer.now();
    this.underWay++;
    if (this.level !== undefined) this.level = { tokens: this.tokens() - 1, at: startedAt };
    let isOver = false;
    return (end) => {
      if (isOver) throw new TypeError('a turn can end only once');
      isOver = true;
      this.underWay--;
      this.learn(end, startedAt);
      this.serve();
    };
  }

  private learn(end: TurnEnd, startedAt: number): void {
    const now = this.timer.now();
    if (end.type === 'throttled') {
      this.closedUntil = Math.max(this.closedUntil, now + end.waitMs);
      // What is there then is enough for one; its answer tells about more.
      this.level = { tokens: 1 - (this.closedUntil - now) * this.refillPerMs, at: now };
      if (startedAt <= this.halvedAt) return;
      this.halvedAt = now;
      this.limit = Math.max(1, Math.floor(this.limit) / 2);
    } else if (end.type === 'answered') {
      // Those under way may have been counted or not: it is taken that they were not.
      if (end.remaining !== undefined) this.level = { tokens: end.remaining - this.underWay, at: now };
      if (this.queue.length > 0) this.limit = Math.min(this.most, this.limit + 1 / this.limit);
    }
  }

  private tokens(): number {
    if (this.level === undefined) return Number.POSITIVE_INFINITY;
    const { tokens, at } = this.level;
    return tokens + (this.timer.now() - at) * this.refillPerMs;
  }

  /** When the next request may go out, as far as the service is concerned. */
  private openAt(): number {
    const missing = 1 - this.tokens();
    const refilledAt = missing <= 0 ? 0 : this.timer.now() + missing / this.refillPerMs;
    return Math.max(this.closedUntil, refilledAt);
  }

  private wakeAt(at: number): void {
    if (this.wake !== undefined) {
      if (this.wake.at === at) return;
      this.cancelWake();
    }
    const wake = { at, cancel: new AbortController() };
    this.wake = wake;
    this.timer.delay(at - this.timer.now(), wake.cancel.signal).then(
      () => {
        if (this.wake !== wake) return;
        this.wake = undefined;
        this.serve();
      },
      () => undefined,
    );
  }

  private cancelWake(): void {
    const { wake } = this;
    this.wake = undefined;
    wake?.cancel.abort();
  }
}
