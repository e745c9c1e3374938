import { parseDuration } from '../core/duration.ts';
import type { Report } from './check.ts';

/** True if duration `a` is shorter than `b`; both ISO 8601. False if either is no duration, which the loader has reported. */
export function isShorter(a: string, b: string): boolean {
  const [seconds, other] = [parseDuration(a), parseDuration(b)];
  return seconds !== undefined && other !== undefined && seconds < other;
}

/** Reports a duration that is not between two others. */
export function reportOutsideRange(
  report: Report,
  pointer: string,
  value: string,
  range: { readonly min: string; readonly max: string },
): void {
  const name = pointer.slice(pointer.lastIndexOf('/') + 1);
  const problem = isShorter(value, range.min)
    ? `shorter than the least that the service allows, ${range.min}`
    : isShorter(range.max, value)
      ? `longer than the most that the service allows, ${range.max}`
      : undefined;
  if (problem !== undefined) {
    report(pointer, `${name} "${value}" is ${problem}`, {
      hint: `use a value from ${range.min} to ${range.max}`,
    });
  }
}
