/**
 * Makes a slow save cheap for many writers: a call resolves when a save that began after it has ended, saves never
 * overlap, and calls that come during a save share the next one.
 */
export function createGroupCommit(save: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    next = undefined;
    running = save().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (running === undefined) return start();
    next ??= running.then(start, start);
    return next;
  };
}
