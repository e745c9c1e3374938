import type { Middleware } from '../http.ts';
import { requireBearerToken } from './bearer-token.ts';
import { injectFaults, type Fault } from './faults.ts';
import { addLatency } from './latency.ts';
import { logRequests, type RequestLogEntry } from './request-log.ts';
import { throttle, type ThrottleOptions } from './throttle.ts';
import { answerTokenRequests } from './token-endpoint.ts';

/** What stands between a client and the emulator. Nothing is there unless it is asked for. */
export interface EdgeOptions {
  readonly log?: (entry: RequestLogEntry) => void;
  readonly latencyMs?: number;
  readonly faults?: readonly Fault[];
  /** `any`: a token must be there, and the token endpoint gives one out. Otherwise the one token that is accepted. */
  readonly token?: 'any' | { readonly value: string };
  readonly throttle?: Omit<ThrottleOptions, 'now'>;
}

export interface EdgeEffects {
  readonly now: () => Date;
  readonly newGuid: () => string;
  readonly delay: (milliseconds: number) => Promise<void>;
}

/** The middleware for the options, in the order in which a request meets it. */
export function createEdge(
  options: EdgeOptions,
  { delay, newGuid, now }: EdgeEffects,
): readonly Middleware[] {
  const { faults, latencyMs, log, token } = options;
  const accepts = token === undefined || token === 'any' ? undefined : (sent: string) => sent === token.value;
  return [
    ...(log === undefined ? [] : [logRequests(log)]),
    ...(latencyMs === undefined ? [] : [addLatency(latencyMs, delay)]),
    ...(faults === undefined ? [] : [injectFaults(faults, delay)]),
    ...(token === undefined ? [] : [answerTokenRequests({ newGuid, now }), requireBearerToken(accepts)]),
    ...(options.throttle === undefined ? [] : [throttle({ ...options.throttle, now })]),
  ];
}
