import type { OperationClass, Traffic } from '../sentinel/traffic.ts';
import type { Timer } from './timer.ts';

/** Counts what is sent. One belongs to one workspace. */
export interface TrafficMeter {
  /** A request goes out. */
  sent(method: string, operation: OperationClass, isRepetition: boolean): void;
  /** One was answered with 429. */
  throttled(operation: OperationClass): void;
  /** A request begins to wait; call what is given when it no longer does. */
  hold(operation: OperationClass): () => void;
  read(): Traffic;
}

/** Mutable counts of one class. */
interface Counts {
  requests: number;
  repeated: number;
  throttled: number;
  waitedMs: number;
  waiting: number;
  since: number;
}

/** A meter at zero. */
export function createTrafficMeter(timer: Pick<Timer, 'now'>): TrafficMeter {
  const counts: Record<OperationClass, Counts> = { reads: zero(), writes: zero(), deletes: zero() };
  const byMethod: Record<string, number> = {};
  return {
    sent(method, operation, isRepetition) {
      byMethod[method] = (byMethod[method] ?? 0) + 1;
      counts[operation].requests++;
      if (isRepetition) counts[operation].repeated++;
    },
    throttled(operation) {
      counts[operation].throttled++;
    },
    hold(operation) {
      const own = counts[operation];
      if (own.waiting++ === 0) own.since = timer.now();
      return () => {
        if (--own.waiting === 0) own.waitedMs += timer.now() - own.since;
      };
    },
    read: () => ({
      byClass: { reads: show(counts.reads), writes: show(counts.writes), deletes: show(counts.deletes) },
      byMethod: { ...byMethod },
    }),
  };
}

const zero = (): Counts => ({ requests: 0, repeated: 0, throttled: 0, waitedMs: 0, waiting: 0, since: 0 });

function show({ requests, repeated, throttled, waitedMs }: Counts): Traffic['byClass'][OperationClass] {
  return { requests, repeated, throttled, waitedMs: Math.round(waitedMs) };
}
