import { armError } from '../arm-error.ts';
import {
  toPlainResponse,
  TransportFailure,
  type EmulatorRequest,
  type EmulatorResponse,
  type Handler,
  type Middleware,
} from '../http.ts';

/** What goes wrong. */
export type FaultKind =
  /** The service is not asked; the answer is an error of this status. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The service is not asked; the connection breaks. */
  | { readonly kind: 'reset' }
  /** The service does what it was asked, and the connection breaks before its answer. */
  | { readonly kind: 'lost-response' }
  /** The answer takes so long. */
  | { readonly kind: 'latency'; readonly milliseconds: number }
  /** The headers come at once, the body so much later. */
  | { readonly kind: 'slow-body'; readonly milliseconds: number }
  /** The service does what it was asked, and answers with this text instead, as a proxy would. */
  | { readonly kind: 'body'; readonly body: string; readonly contentType?: string }
  /** The answer ends after so many characters. */
  | { readonly kind: 'truncate'; readonly length: number };

/** A fault and the requests that it befalls. */
export interface Fault {
  readonly fault: FaultKind;
  /** Any method by default. */
  readonly method?: string;
  /** Part of the path, compared without case; any by default. */
  readonly path?: string;
  /** Spares the first so many requests that fit. */
  readonly skip?: number;
  /** Befalls so many requests, then no more; 1 by default. */
  readonly times?: number;
}

/** Makes requests fail by a script. The first fault that fits a request and is not used up befalls it. */
export function injectFaults(
  script: readonly Fault[],
  delay: (milliseconds: number) => Promise<void>,
): Middleware {
  const seen = script.map(() => 0);
  const next = (request: EmulatorRequest): FaultKind | undefined => {
    for (const [index, entry] of script.entries()) {
      if (!fits(entry, request)) continue;
      const count = seen[index] ?? 0;
      const { skip = 0, times = 1 } = entry;
      if (count >= skip + times) continue;
      seen[index] = count + 1;
      if (count >= skip) return entry.fault;
    }
    return undefined;
  };
  return (handler) => async (request) => {
    const fault = next(request);
    return fault === undefined ? await handler(request) : await befall(fault, request, handler, delay);
  };
}

function fits({ method, path }: Fault, request: EmulatorRequest): boolean {
  if (method !== undefined && method.toUpperCase() !== request.method) return false;
  return path === undefined || new URL(request.url).pathname.toLowerCase().includes(path.toLowerCase());
}

async function befall(
  fault: FaultKind,
  request: EmulatorRequest,
  handler: Handler,
  delay: (milliseconds: number) => Promise<void>,
): Promise<EmulatorResponse> {
  switch (fault.kind) {
    case 'status': {
      const { status, code = 'InjectedFault', message = 'This failure was asked for.', headers } = fault;
      return toPlainResponse(armError(status, code, message, headers));
    }
    case 'reset':
      throw new TransportFailure();
    case 'lost-response':
      await handler(request);
      throw new TransportFailure();
    case 'latency':
      await delay(fault.milliseconds);
      return await handler(request);
    case 'slow-body':
      return { ...(await handler(request)), bodyDelayMs: fault.milliseconds };
    case 'body': {
      const response = await handler(request);
      const type = { 'content-type': fault.contentType ?? 'text/html' };
      return { ...response, headers: { ...response.headers, ...type }, body: fault.body };
    }
    case 'truncate': {
      const response = await handler(request);
      return { ...response, body: response.body.slice(0, fault.length) };
    }
  }
}
