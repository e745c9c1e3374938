import { ToolError } from '../core/tool-error.ts';
import type { EndTurn } from './request-governor.ts';
import { retryAfterMs, type AnswerHeaders } from './retry-after.ts';
import type { Timer } from './timer.ts';

export interface RetryOptions {
  /** How often to repeat after a failure that may pass: a broken connection, a time-out, a damaged answer, 408 or 5xx. */
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

/** An answer, as far as it decides on a repetition. */
export interface Answer extends AnswerHeaders {
  readonly status: number;
}

/** A request and what stands around each of its tries. */
export interface Exchange<Reply extends Answer> {
  /** Sends it once; rejects if no answer comes. */
  send(signal: AbortSignal): Promise<Reply>;
  /** Waits until it may be sent. */
  readonly enter?: ((signal: AbortSignal | undefined) => Promise<EndTurn>) | undefined;
  /** What the service says may still be sent after an answer. */
  readonly remaining?: ((reply: Reply) => number | undefined) | undefined;
  /**
   * Finds out whether a try that failed was carried out all the same. What it gives stands for the answer; undefined: it was
   * not, so it may be repeated. It rejects with a ToolError `service-conflict` if it must not be repeated.
   */
  readonly settle?: (() => Promise<Reply | undefined>) | undefined;
  /** Told of each try, of each 429, and of each wait before a repetition, whose end it is told with what it gives. */
  readonly meter?:
    | {
        readonly sent: (isRepetition: boolean) => void;
        readonly throttled: () => void;
        readonly hold: () => () => void;
      }
    | undefined;
}

/** What repetitions go by. */
export interface RetrySurroundings {
  readonly timer: Timer;
  /** From 0 to below 1: how much of half a wait is left out, so that clients that failed together do not come back together. */
  readonly random: () => number;
  /** Ends the exchange, a request under way included. */
  readonly signal?: AbortSignal | undefined;
  /** Once aborted, nothing is waited for any more; a request under way gets its answer. */
  readonly stopWaiting?: AbortSignal | undefined;
}

/**
 * Sends a request, and repeats what may succeed the next time. Unlike the SDK's own policy it repeats 429 without
 * Retry-After, caps every wait, times each try including its body, and looks before it repeats a write that may have been
 * carried out.
 *
 * @returns an answer of any status
 */
export async function sendWithRetries<Reply extends Answer>(
  exchange: Exchange<Reply>,
  options: RetryOptions,
  surroundings: RetrySurroundings,
): Promise<Reply> {
  const { random, signal, stopWaiting, timer } = surroundings;
  const waiting = anyOf(signal, stopWaiting);
  /** False if there is to be no waiting any more. */
  const pause = async (milliseconds: number): Promise<boolean> => {
    if (stopWaiting?.aborted === true) return false;
    const release = exchange.meter?.hold();
    try {
      await timer.delay(milliseconds, waiting);
      return true;
    } catch (error) {
      if (signal?.aborted === true) throw error;
      return false; // nothing else ends a delay
    } finally {
      release?.();
    }
  };
  let retries = 0;
  let throttled = 0;
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted();
    const end = await exchange.enter?.(waiting);
    if (signal?.aborted === true) end?.({ type: 'failed' });
    signal?.throwIfAborted();
    exchange.meter?.sent(tries > 1);
    const result = await trySend(exchange, options.timeoutMs, signal, end);
    const { reply } = result;
    const growing = options.baseDelayMs * 2 ** (tries - 1) * (1 - random() / 2);
    const waitMs = Math.min((reply && retryAfterMs(reply)) ?? growing, options.maxDelayMs);
    if (reply?.status === 429) {
      exchange.meter?.throttled();
      end?.({ type: 'throttled', waitMs });
      if (throttled++ === options.maxThrottleRetries) return reply;
      if (end === undefined && !(await pause(waitMs))) return reply;
      continue;
    }
    if (reply !== undefined) end?.({ type: 'answered', remaining: exchange.remaining?.(reply) });
    if (!mayPass(result)) return replyOf(result);
    const isLast = retries++ === options.maxRetries || !(await pause(waitMs));
    const found = await settle(exchange);
    if (typeof found === 'object') return found;
    if (isLast || found === 'unknown') return replyOf(result);
  }
}

interface Result<Reply> {
  readonly reply?: Reply;
  readonly error?: unknown;
}

function replyOf<Reply>({ reply, error }: Result<Reply>): Reply {
  if (reply === undefined) throw error;
  return reply;
}

/** What became of a try that failed. Where that cannot be found out, its own failure says more than that of the look. */
async function settle<Reply extends Answer>(
  exchange: Exchange<Reply>,
): Promise<Reply | 'not-done' | 'unknown'> {
  try {
    return (await exchange.settle?.()) ?? 'not-done';
  } catch (error) {
    if (error instanceof ToolError && (error.code === 'service-conflict' || error.code === 'cancelled'))
      throw error;
    return 'unknown';
  }
}

async function trySend<Reply extends Answer>(
  exchange: Exchange<Reply>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  end: EndTurn | undefined,
): Promise<Result<Reply>> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return { reply: await exchange.send(anyOf(signal, timeout) ?? timeout) };
  } catch (error) {
    end?.({ type: 'failed' });
    if (signal?.aborted === true || error instanceof ToolError) throw error;
    return { error: timeout.aborted ? timeoutError(timeoutMs) : error };
  }
}

function timeoutError(timeoutMs: number): Error {
  return Object.assign(new Error(`no answer within ${timeoutMs / 1_000} s`), { code: 'ETIMEDOUT' });
}

/** Codes of connections that broke, and may hold the next time. A refused one or an unknown host will not. */
const passing = new Set(['ETIMEDOUT', 'ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'PARSE_ERROR']);

function mayPass({ reply, error }: Result<Answer>): boolean {
  if (reply !== undefined) return reply.status === 408 || (reply.status >= 500 && reply.status !== 501);
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && passing.has(error.code)
  );
}

function anyOf(...signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined {
  const given = signals.filter((signal) => signal !== undefined);
  return given.length > 1 ? AbortSignal.any(given) : given[0];
}
