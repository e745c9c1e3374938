import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { isJsonObject, type JsonValue } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';
import { networkError, networkHint } from './network-error.ts';
import {
  defaultRetryOptions,
  sendWithRetries,
  type RetryOptions,
  type RetrySurroundings,
} from './send-with-retries.ts';
import { systemTimer, type Timer } from './timer.ts';

export interface SignInTransportOptions {
  /** Instead of sockets. */
  readonly httpClient?: HttpClient | undefined;
  readonly retry?: Partial<RetryOptions> | undefined;
  readonly timer?: Timer | undefined;
  /** From 0 to below 1. */
  readonly random?: (() => number) | undefined;
}

/** How the last request of a sign-in ended. */
export type SignInAnswer =
  | { readonly type: 'no-answer'; readonly host: string; readonly error: Error }
  | {
      readonly type: 'answer';
      readonly host: string;
      readonly status: number;
      readonly body: JsonValue | undefined;
    };

/** Sends the requests of a sign-in. */
export interface SignInTransport {
  readonly httpClient: HttpClient;
  /** Undefined before the first request. */
  lastAnswer(): SignInAnswer | undefined;
}

/** A sign-in is over, retries included, before the request that waits for it times out. */
const signInRetry: RetryOptions = {
  ...defaultRetryOptions,
  maxRetries: 2,
  maxThrottleRetries: 2,
  maxDelayMs: 4_000,
  timeoutMs: 15_000,
};

/**
 * Retries and time-outs for the libraries that sign in, which have none of the latter, and a memory of what was answered,
 * since they report every failure below HTTP, and every answer that is no JSON, as `network_error`.
 */
export function createSignInTransport(options: SignInTransportOptions): SignInTransport {
  let base = options.httpClient;
  const retry = { ...signInRetry, ...options.retry };
  const { random = Math.random, timer = systemTimer } = options;
  let last: SignInAnswer | undefined;
  return {
    httpClient: {
      async sendRequest(request) {
        const { host } = new URL(request.url);
        const client = (base ??= (await import('@azure/core-rest-pipeline')).createDefaultHttpClient());
        try {
          const response = await sendPatiently(request, client, retry, { timer, random });
          last = { type: 'answer', host, status: response.status, body: parseBody(response) };
          return response;
        } catch (error) {
          if (error instanceof Error) last = { type: 'no-answer', host, error };
          throw error;
        }
      },
    },
    lastAnswer: () => last,
  };
}

async function sendPatiently(
  request: PipelineRequest,
  client: HttpClient,
  retry: RetryOptions,
  surroundings: Pick<RetrySurroundings, 'timer' | 'random'>,
): Promise<PipelineResponse> {
  const given = request.abortSignal;
  // The pipeline wraps the caller's signal into one of the platform; anything else cannot be combined with a time-out.
  const signal = given instanceof AbortSignal ? given : undefined;
  const send = async (trySignal: AbortSignal) => {
    request.abortSignal = trySignal;
    try {
      const response = await client.sendRequest(request);
      return { response, status: response.status, header: (name: string) => response.headers.get(name) };
    } finally {
      if (given === undefined) delete request.abortSignal;
      else request.abortSignal = given;
    }
  };
  return (await sendWithRetries({ send }, retry, { ...surroundings, signal })).response;
}

/** The failure that an answer shows to be one of the network, or of something in between; undefined if it is neither. */
export function toTransportError(answer: SignInAnswer | undefined): ToolError | undefined {
  if (answer === undefined) return undefined;
  const { host } = answer;
  if (answer.type === 'no-answer') return networkError(host, answer.error);
  if (answer.body !== undefined) return undefined;
  return new ToolError('network-failed', `${host} answered ${answer.status}, but not as a sign-in service`, {
    hint: networkHint,
  });
}

function parseBody({ bodyAsText }: PipelineResponse): JsonValue | undefined {
  try {
    const body = JSON.parse(bodyAsText ?? '') as JsonValue;
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}
