import type { Reply } from './operation.ts';

/** A request as the emulator gets it, from a socket or in process. Header names are in lower case. */
export interface EmulatorRequest {
  readonly method: string;
  /** Absolute: links in answers point to the same origin. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer, down to its bytes: the real service's compact JSON, or nothing. */
export interface EmulatorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long the body comes after the headers, for a client that must bear a slow one. */
  readonly bodyDelayMs?: number;
}

/** Answers one request. A rejection with a TransportFailure means that the connection breaks instead. */
export type Handler = (request: EmulatorRequest) => Promise<EmulatorResponse>;

/** Wraps a handler: delays, refuses, counts or records requests. The first in a list is the outermost. */
export type Middleware = (next: Handler) => Handler;

/** Puts middleware around a handler. */
export function compose(middleware: readonly Middleware[], handler: Handler): Handler {
  return middleware.reduceRight((next, wrap) => wrap(next), handler);
}

/** The connection breaks without an answer. `code` is what Node's sockets say. */
export class TransportFailure extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('the connection was reset');
  }
}

/** The bytes of a reply that does not come from a provider: without its headers. */
export function toPlainResponse({ body, headers = {}, status }: Reply): EmulatorResponse {
  return {
    status,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...headers,
    },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}
