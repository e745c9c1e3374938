import type { InProcessRequest, InProcessResponse } from '../../src/azure/in-process-http-client.ts';
import type { Denial, Fault, Run } from './scenario.ts';
import { parseTarget, type SimulatedService } from './service.ts';

/** What becomes of one request: an answer, a broken connection, or nothing any more since the process has ended. */
export type Passage =
  | { readonly type: 'answer'; readonly response: InProcessResponse }
  | { readonly type: 'broken' }
  | { readonly type: 'crashed' };

/** The way from one run to the service, on which things go wrong as the scenario says. */
export class Gateway {
  /** Requests that came here, the refused ones included. */
  count = 0;
  private readonly run: Run;
  private readonly actor: string;
  private readonly service: SimulatedService;

  constructor(run: Run, actor: string, service: SimulatedService) {
    this.run = run;
    this.actor = actor;
    this.service = service;
  }

  /** Lets a request through, or not. */
  async pass(request: InProcessRequest): Promise<Passage> {
    const at = this.count++;
    const { crash, denials, faults } = this.run;
    if (crash?.at === at) {
      if (crash.when === 'after') await this.service.handle(this.actor, request);
      return { type: 'crashed' };
    }
    if (denials.some((denial) => isDenied(denial, at, request)))
      return { type: 'answer', response: forbidden };
    const fault = faults.find((one) => at >= one.at && at < one.at + one.times);
    return fault === undefined
      ? { type: 'answer', response: await this.service.handle(this.actor, request) }
      : await this.befall(fault, request);
  }

  /** What the service still does for a process that has ended: it gets the request, and nobody gets the answer. */
  async deliver(request: InProcessRequest): Promise<void> {
    await this.service.handle(this.actor, request);
  }

  private async befall({ kind }: Fault, request: InProcessRequest): Promise<Passage> {
    switch (kind) {
      case 'throttled':
        return { type: 'answer', response: failure(429, 'TooManyRequests') };
      case 'throttled-with-wait':
        return { type: 'answer', response: failure(429, 'TooManyRequests', { 'retry-after': '7' }) };
      case 'server-error':
        return { type: 'answer', response: failure(500, 'InternalServerError') };
      case 'unavailable':
        return { type: 'answer', response: failure(503, 'ServerUnavailable', { 'retry-after': '2' }) };
      case 'reset':
        return { type: 'broken' };
      case 'lost-response':
        await this.service.handle(this.actor, request);
        return { type: 'broken' };
      case 'garbled':
        await this.service.handle(this.actor, request);
        return { type: 'answer', response: page };
      case 'intercepted':
        return { type: 'answer', response: page };
    }
  }
}

function isDenied({ at: from, kind, method }: Denial, at: number, request: InProcessRequest): boolean {
  if (at < from || (method !== undefined && method !== request.method)) return false;
  return kind === undefined || parseTarget(request.url)?.collection === kind;
}

function failure(
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): InProcessResponse {
  const body = JSON.stringify({ error: { code, message: 'This failure is part of the simulation.' } });
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}

const forbidden = failure(403, 'AuthorizationFailed');

const page: InProcessResponse = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html><body>Please sign in</body></html>',
};
