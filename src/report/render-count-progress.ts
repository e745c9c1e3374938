/** One line of a terminal, rewritten at every hundredth; gone when all is done. Empty in between. */
export function renderCountProgress(what: string, done: number, total: number): string {
  const clear = '\r\u001B[K';
  if (done >= total) return clear;
  return done % Math.ceil(total / 100) === 0 ? `${clear}${what} ${done}/${total}` : '';
}
