/**
 * Runs a task that does several things at once, and ends through the signal it is given whatever still goes on when the first of
 * them fails: nothing is waited for, or sent again, that nobody asks for any more.
 *
 * @param signal ends the task from outside too
 */
export async function abortTheRest<Result>(
  signal: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const rest = new AbortController();
  try {
    return await task(signal === undefined ? rest.signal : AbortSignal.any([signal, rest.signal]));
  } finally {
    rest.abort();
  }
}
