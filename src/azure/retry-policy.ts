import { setTimeout } from 'node:timers/promises';
import type {
  PipelinePolicy,
  PipelineRequest,
  PipelineResponse,
  SendRequest,
} from '@azure/core-rest-pipeline';
import { ToolError } from '../core/tool-error.ts';

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

export interface RetryOptions {
  /** How often to repeat after a failure that may pass: a broken connection, a time-out, 408 or 5xx. */
  readonly maxRetries: number;
  /** How often to repeat after 429. */
  readonly maxThrottleRetries: number;
  /** First wait; it doubles with each repetition. */
  readonly baseDelayMs: number;
  /** No single wait is longer, whatever Retry-After says. */
  readonly maxDelayMs: number;
  /** How long one try may take, its body included. */
  readonly timeoutMs: number;
}

export const defaultRetryOptions: RetryOptions = Object.freeze({
  maxRetries: 3,
  maxThrottleRetries: 8,
  baseDelayMs: 1_000,
  maxDelayMs: 120_000,
  timeoutMs: 60_000,
});

/** Codes of connections that broke, and may hold the next time. A refused one or an unknown host will not. */
const passing = new Set(['ETIMEDOUT', 'ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'PARSE_ERROR']);

/** How often a request went out. A conflict after more than one may be the echo of our own write. */
const triesOf = new WeakMap<PipelineRequest, number>();

/** How often a request was sent; 1 if it was never repeated. */
export function triesMade(request: PipelineRequest): number {
  return triesOf.get(request) ?? 1;
}

/** Code of the failure that a try without an answer in time becomes. */
const timedOut = 'ETIMEDOUT';

/**
 * Repeats what may succeed the next time. Unlike the SDK's own policy it retries 429 without Retry-After, caps every
 * wait, times each try including its body, and makes the other requests of the client wait too while the service throttles.
 */
export function createRetryPolicy(options: RetryOptions, timer: Timer): PipelinePolicy {
  let resumeAt = 0;

  const waitForThrottling = async (signal: AbortSignal | undefined): Promise<void> => {
    for (let wait = resumeAt - timer.now(); wait > 0; wait = resumeAt - timer.now()) {
      await timer.delay(wait, signal);
    }
  };

  return {
    name: 'kustodianRetryPolicy',
    async sendRequest(request, next) {
      const signal = toAbortSignal(request.abortSignal);
      let retries = 0;
      let throttled = 0;
      for (let tries = 1; ; tries++) {
        triesOf.set(request, tries);
        await waitForThrottling(signal);
        const result = await send(request, next, options.timeoutMs, signal);
        const wait = Math.min(
          retryAfter(result.response) ?? options.baseDelayMs * 2 ** (tries - 1),
          options.maxDelayMs,
        );
        if (result.response?.status === 429 && throttled < options.maxThrottleRetries) {
          throttled++;
          resumeAt = Math.max(resumeAt, timer.now() + wait);
        } else if (mayPass(result) && retries < options.maxRetries) {
          retries++;
          await timer.delay(wait, signal);
        } else if (result.response !== undefined) {
          return result.response;
        } else {
          throw result.error;
        }
      }
    },
  };
}

interface Result {
  readonly response?: PipelineResponse;
  readonly error?: unknown;
}

async function send(
  request: PipelineRequest,
  next: SendRequest,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const timeout = AbortSignal.timeout(timeoutMs);
  request.abortSignal = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  try {
    return { response: await next(request) };
  } catch (error) {
    if (signal?.aborted === true || error instanceof ToolError) throw error;
    if (timeout.aborted) return { error: timeoutError(timeoutMs) };
    return { error };
  } finally {
    if (signal === undefined) delete request.abortSignal;
    else request.abortSignal = signal;
  }
}

function timeoutError(timeoutMs: number): Error {
  return Object.assign(new Error(`no answer within ${timeoutMs / 1_000} s`), { code: timedOut });
}

function mayPass({ response, error }: Result): boolean {
  if (response !== undefined) {
    return response.status === 408 || (response.status >= 500 && response.status !== 501);
  }
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && passing.has(error.code)
  );
}

/** The wait that a response asks for, in milliseconds. A date counts from the response's own, so that no clock must agree. */
function retryAfter(response: PipelineResponse | undefined): number | undefined {
  if (response === undefined) return undefined;
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const milliseconds = toAmount(response.headers.get(name));
    if (milliseconds !== undefined) return milliseconds;
  }
  const value = response.headers.get('retry-after');
  const seconds = toAmount(value);
  if (seconds !== undefined) return seconds * 1_000;
  const wait = Date.parse(value ?? '') - Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function toAmount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

/** The pipeline wraps the caller's signal into one of the platform; anything else cannot be combined with a time-out. */
function toAbortSignal(signal: PipelineRequest['abortSignal']): AbortSignal | undefined {
  return signal instanceof AbortSignal ? signal : undefined;
}
