import type { ChangeOutcome } from '../plan/plan.ts';

/** Where hundreds of changes fail for one reason, it is told once; a short repetition is easier to read past. */
const shortest = 120;

/**
 * Shortens the reasons that come again, but for names and ids: a missing permission fails every change, each with a paragraph.
 * What is left says what the service answered, and the id that finds the request. Remembers what it was given.
 */
export function createShortener(): (outcome: ChangeOutcome) => ChangeOutcome {
  const told = new Set<string>();
  return (outcome) => {
    const { change, failure, reason = '' } = outcome;
    if (failure === undefined || reason.length < shortest) return outcome;
    const kind = reason.replaceAll(
      /"[^"]*"|\[correlation id [^\]]*\]|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi,
      '',
    );
    const key = `${change.kind} ${kind}`;
    if (!told.has(key)) {
      told.add(key);
      return outcome;
    }
    const answer = failure.serviceCode ?? failure.code;
    const status = failure.status === undefined ? '' : ` (${failure.status})`;
    const trace = failure.correlationId === undefined ? '' : ` [correlation id ${failure.correlationId}]`;
    return { ...outcome, reason: `the same again: ${answer}${status}${trace}` };
  };
}
