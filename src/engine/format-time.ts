import { datePartsOf, pad } from './datetime-text.ts';
import { ticksPer } from './value.ts';
import type { Datetime, Timespan } from './value.ts';

const tokens = /y+|M{1,2}|d{1,2}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|f+|F+|tt/g;

const datetimeRuns = /^(?:y{1,2}|yyyy|M+|d+|H+|h+|m+|s+|f{1,7}|F{1,7}|(?:tt)+|T|Z)$/;
const timespanRuns = /^(?:d{1,8}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|F{1,7})$/;

/**
 * A run of letters in a format of which nobody says what it gives; undefined if there is none. `MMM` is `MM` and `M` (so measured
 * with the emulator), and `T` and `Z` are written as they are.
 * https://learn.microsoft.com/kusto/query/format-datetime-function
 */
export function findUnknownFormat(format: string, isTimespan: boolean): string | undefined {
  const known = isTimespan ? timespanRuns : datetimeRuns;
  return [...format.matchAll(/([A-Za-z])\1*/g)].map(([run]) => run).find((run) => !known.test(run));
}

/** `format_datetime()`: `yyyy-MM-dd HH:mm:ss.fff tt` */
export function formatDatetime(moment: Datetime, format: string): string {
  const { year, month, day, time } = datePartsOf(moment);
  return format.replace(tokens, (token) => {
    switch (token[0]) {
      case 'y':
        return pad(token.length <= 2 ? year % 100 : year, token.length);
      case 'M':
        return pad(month, token.length);
      case 'd':
        return pad(day, token.length);
      case 't':
        return time < 12n * ticksPer.hour ? 'AM' : 'PM';
      default:
        return formatClock(token, time);
    }
  });
}

/** `format_timespan()`: `dd.hh:mm:ss [FF]` */
export function formatTimespan(span: Timespan, format: string): string {
  const size = span.ticks < 0n ? -span.ticks : span.ticks;
  const text = format.replace(/d+|H+|h+|m+|s+|f+|F+/g, (token) =>
    token.startsWith('d')
      ? pad(size / ticksPer.day, token.length)
      : formatClock(token.replace(/h/g, 'H'), size % ticksPer.day),
  );
  return span.ticks < 0n ? `-${text}` : text;
}

/** Hours to fractions of a second. */
function formatClock(token: string, time: bigint): string {
  const hours = time / ticksPer.hour;
  const fraction = pad(time % ticksPer.second, 7).slice(0, token.length);
  switch (token[0]) {
    case 'H':
      return pad(hours, token.length);
    case 'h':
      return pad(hours % 12n === 0n ? 12n : hours % 12n, token.length);
    case 'm':
      return pad((time / ticksPer.minute) % 60n, token.length);
    case 's':
      return pad((time / ticksPer.second) % 60n, token.length);
    case 'F':
      return fraction.replace(/0+$/, '');
    default:
      return fraction;
  }
}
