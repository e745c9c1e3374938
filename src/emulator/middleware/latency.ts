import type { Middleware } from '../http.ts';

/** Makes every request take at least so long. */
export function addLatency(milliseconds: number, delay: (milliseconds: number) => Promise<void>): Middleware {
  return (next) => async (request) => {
    await delay(milliseconds);
    return await next(request);
  };
}
