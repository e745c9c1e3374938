import type { Middleware } from '../http.ts';

/** One request and how it ended. It holds no header and no body, so no secret. */
export interface RequestLogEntry {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Undefined if the connection broke. */
  readonly status?: number;
}

/** Tells of every request after it is answered. */
export function logRequests(log: (entry: RequestLogEntry) => void): Middleware {
  return (next) => async (request) => {
    const { pathname, search } = new URL(request.url);
    const entry = { method: request.method, url: pathname + search };
    try {
      const response = await next(request);
      log({ ...entry, status: response.status });
      return response;
    } catch (error) {
      log(entry);
      throw error;
    }
  };
}
