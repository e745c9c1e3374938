/** The headers of an answer. Names in lower case. */
export interface AnswerHeaders {
  header(name: string): string | undefined;
}

/**
 * The wait that an answer asks for, in milliseconds; undefined if it asks for none. A date counts from the answer's own, so
 * that no clock must agree.
 */
export function retryAfterMs(answer: AnswerHeaders): number | undefined {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const milliseconds = toAmount(answer.header(name));
    if (milliseconds !== undefined) return milliseconds;
  }
  const value = answer.header('retry-after');
  const seconds = toAmount(value);
  if (seconds !== undefined) return seconds * 1_000;
  const wait = Date.parse(value ?? '') - Date.parse(answer.header('date') ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function toAmount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}
