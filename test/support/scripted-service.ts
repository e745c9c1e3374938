import { ToolError } from '../../src/core/tool-error.ts';
import { createContentStore, type ContentStoreOptions } from '../../src/azure/content-store.ts';
import { createStaticCredential } from '../../src/azure/credential.ts';
import {
  createInProcessHttpClient,
  type InProcessRequest,
  type InProcessResponse,
} from '../../src/azure/in-process-http-client.ts';
import type { Timer } from '../../src/azure/timer.ts';
import type { ContentStore } from '../../src/sentinel/content-store.ts';
import { address, preview } from './emulator.ts';

/** One answer of a scripted service: a response, a broken connection, or one that never comes. */
export type Step =
  | Partial<InProcessResponse>
  | Error
  | 'silence'
  | ((request: InProcessRequest) => Partial<InProcessResponse>);

export interface ScriptedService {
  readonly requests: InProcessRequest[];
  handle(request: InProcessRequest): Promise<InProcessResponse>;
}

/** Answers requests with the steps in order; the last one stays. */
export function scriptedService(...steps: readonly Step[]): ScriptedService {
  const requests: InProcessRequest[] = [];
  return {
    requests,
    handle(request) {
      const step = steps[Math.min(requests.length, steps.length - 1)] ?? {};
      requests.push(request);
      if (step === 'silence') return new Promise(() => undefined);
      if (step instanceof Error) return Promise.reject(step);
      const response = typeof step === 'function' ? step(request) : step;
      return Promise.resolve({
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: '{}',
        ...response,
      });
    },
  };
}

/** A connection that fails with a code of Node's sockets. */
export function connectionError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

/** The error body of Azure Resource Manager. */
export function armErrorBody(code: string, message: string): string {
  return JSON.stringify({ error: { code, message } });
}

/** A timer on which every wait is over at once, and is noted. */
export function instantTimer(): Timer & { readonly waits: number[] } {
  const waits: number[] = [];
  let time = 0;
  return {
    waits,
    now: () => time,
    delay: (milliseconds, signal) => {
      if (signal?.aborted === true) return Promise.reject(abortError());
      waits.push(milliseconds);
      time += milliseconds;
      return Promise.resolve();
    },
  };
}

function abortError(): Error {
  return Object.assign(new Error('aborted'), { name: 'AbortError' });
}

/** A token that must never show up anywhere. */
export const secretToken = 'eyJhbGciOiJub25lIn0.c2VjcmV0LXRva2Vu.c2lnbmF0dXJl';

/** A content store whose requests go to `service` through the whole pipeline of the Azure SDK. */
export function storeOver(
  service: Pick<ScriptedService, 'handle'>,
  options: Partial<ContentStoreOptions> = {},
): ContentStore {
  return createContentStore({
    cloud: 'local',
    address,
    apiVersion: preview,
    credential: createStaticCredential(secretToken),
    version: '1.2.3',
    httpClient: createInProcessHttpClient(service.handle),
    timer: instantTimer(),
    random: () => 0,
    ...options,
  });
}

/** The ToolError that a promise is rejected with; anything else fails the test. */
export async function failureOf(run: Promise<unknown>): Promise<ToolError> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ToolError)) throw new Error('expected a ToolError', { cause: error });
  return error;
}
