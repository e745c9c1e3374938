import { armThrottle } from '../../sentinel/limits.ts';
import { armError } from '../arm-error.ts';
import { toPlainResponse, type EmulatorRequest, type EmulatorResponse, type Middleware } from '../http.ts';

/** A token bucket: `bucket` requests at once, refilled by so many a second. */
export interface Bucket {
  readonly bucket: number;
  readonly refillPerSecond: number;
}

export interface ThrottleOptions {
  /** What Azure Resource Manager documents, by default. */
  readonly limits?: Partial<Readonly<Record<OperationKind, Bucket>>>;
  readonly now: () => Date;
  /** Without it, a client must find its own pace: the SDK is said not to retry then. */
  readonly sendRetryAfter?: boolean;
}

type OperationKind = keyof typeof armThrottle;

/**
 * Limits requests as Azure Resource Manager does: a token bucket a subscription and kind of operation. Every answer says
 * how much is left; one too many is 429 with the seconds to wait.
 */
export function throttle({ limits, now, sendRetryAfter = true }: ThrottleOptions): Middleware {
  const levels = new Map<string, { tokens: number; at: number }>();

  /** Takes a token; gives what is left, or below zero what is missing. */
  const take = (key: string, { bucket, refillPerSecond }: Bucket): number => {
    const at = now().getTime();
    const level = levels.get(key) ?? { tokens: bucket, at };
    const refilled = Math.min(bucket, level.tokens + ((at - level.at) / 1_000) * refillPerSecond);
    const tokens = refilled >= 1 ? refilled - 1 : refilled;
    levels.set(key, { tokens, at });
    return refilled >= 1 ? Math.floor(tokens) : refilled - 1;
  };

  return (next) => async (request) => {
    const kind = kindOf(request);
    const limit = limits?.[kind] ?? armThrottle[kind];
    const subscription = /\/subscriptions\/([^/?]+)/i.exec(request.url)?.[1] ?? '';
    const remaining = take(`${subscription.toLowerCase()} ${kind}`, limit);
    if (remaining >= 0) return withCounter(await next(request), kind, remaining);
    const seconds = Math.max(1, Math.ceil(-remaining / limit.refillPerSecond));
    const refusal = armError(
      429,
      'SubscriptionRequestsThrottled',
      `Number of '${kind.slice(0, -1)}' requests for subscription '${subscription}' actor 'emulator' exceeded. Please try again after '${seconds}' seconds.`,
      sendRetryAfter ? { 'retry-after': String(seconds) } : {},
    );
    return withCounter(toPlainResponse(refusal), kind, 0);
  };
}

function kindOf({ method }: EmulatorRequest): OperationKind {
  if (method === 'GET' || method === 'HEAD') return 'reads';
  return method === 'DELETE' ? 'deletes' : 'writes';
}

function withCounter(response: EmulatorResponse, kind: OperationKind, remaining: number): EmulatorResponse {
  const name = `x-ms-ratelimit-remaining-subscription-${kind}`;
  return { ...response, headers: { ...response.headers, [name]: String(remaining) } };
}
