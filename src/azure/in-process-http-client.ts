import { toMissingPackage } from '../core/missing-package.ts';
import { ToolError } from '../core/tool-error.ts';
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';

/** A request as a handler gets it. Header names are in lower case. */
export interface InProcessRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a handler answers. */
export interface InProcessResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * An HTTP client without a socket: requests of the Azure SDK's pipeline go to `handle`. A rejection with a `code`, such
 * as `ECONNRESET`, is a connection that failed.
 */
export function createInProcessHttpClient(
  handle: (request: InProcessRequest) => Promise<InProcessResponse>,
): HttpClient {
  return {
    async sendRequest(request) {
      const { createHttpHeaders, RestError } = await import('@azure/core-rest-pipeline');
      try {
        const response = await abortable(() => handle(toInProcessRequest(request)), request.abortSignal);
        const result: PipelineResponse = {
          request,
          status: response.status,
          headers: createHttpHeaders(response.headers),
          bodyAsText: response.body,
        };
        return result;
      } catch (error) {
        // What is no failure of a connection is told as it is: a state that cannot be written, a package that is missing.
        const told = error instanceof ToolError ? error : toMissingPackage(error);
        if (told !== undefined) throw told;
        if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
        throw new RestError(error.message, { code: error.code, request });
      }
    },
  };
}

function toInProcessRequest(request: PipelineRequest): InProcessRequest {
  const { method, url, body } = request;
  const headers: Record<string, string> = {};
  for (const [name, value] of request.headers) headers[name.toLowerCase()] = value;
  if (body === undefined || body === null) return { method, url, headers };
  if (typeof body !== 'string') throw new TypeError('only text bodies can be sent in process');
  return { method, url, headers, body };
}

type AbortSignalLike = NonNullable<PipelineRequest['abortSignal']>;

/** Gives up on a task when the signal aborts; what was begun goes on, as it would in a service. */
async function abortable<T>(task: () => Promise<T>, signal: AbortSignalLike | undefined): Promise<T> {
  if (signal === undefined) return await task();
  return await new Promise<T>((resolve, reject) => {
    const abort = (): void => {
      const error = new Error('the request was aborted');
      error.name = 'AbortError';
      reject(error);
    };
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort);
    task()
      .then(resolve, reject)
      .finally(() => {
        signal.removeEventListener('abort', abort);
      });
  });
}
