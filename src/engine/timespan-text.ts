import { pad } from './datetime-text.ts';
import { ticksPer, Timespan } from './value.ts';

/** `1.02:03:04.5000000`; days and the fraction are left out where they are zero. */
export function timespanToText({ ticks }: Timespan): string {
  const size = ticks < 0n ? -ticks : ticks;
  const days = size / ticksPer.day;
  const seconds = (size % ticksPer.day) / ticksPer.second;
  const fraction = size % ticksPer.second;
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map((part) => pad(part, 2)).join(':');
  return `${ticks < 0n ? '-' : ''}${days > 0n ? `${days}.` : ''}${clock}${fraction > 0n ? `.${pad(fraction, 7)}` : ''}`;
}

const unitTicks: ReadonlyMap<string, bigint> = new Map([
  ...unitNames(['d', 'day', 'days'], ticksPer.day),
  ...unitNames(['h', 'hr', 'hrs', 'hour', 'hours'], ticksPer.hour),
  ...unitNames(['m', 'min', 'minute', 'minutes'], ticksPer.minute),
  ...unitNames(['s', 'sec', 'second', 'seconds'], ticksPer.second),
  ...unitNames(['ms', 'milli', 'millis', 'millisec', 'millisecond', 'milliseconds'], ticksPer.millisecond),
  ...unitNames(['micro', 'micros', 'microsec', 'microsecond', 'microseconds'], ticksPer.microsecond),
  ...unitNames(['tick', 'ticks'], 1n),
]);

function unitNames(names: readonly string[], ticks: bigint): readonly (readonly [string, bigint])[] {
  return names.map((name) => [name, ticks] as const);
}

const clockPattern = /^(-)?(?:(\d+)[.:])?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/;

/** Reads a timespan: `1.5h`, `2.03:04:05`, or a number of days; null where the text is none. */
export function parseTimespan(text: string): Timespan | null {
  const trimmed = text.trim();
  const counted = /^(-?\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(trimmed);
  if (counted) {
    const [, count = '', unit = ''] = counted;
    const ticks = unitTicks.get(unit === '' ? 'd' : unit.toLowerCase());
    return ticks === undefined ? null : new Timespan(scale(count, ticks));
  }
  const clock = clockPattern.exec(trimmed);
  if (!clock) return null;
  const [, minus, days, hours, minutes, seconds, fraction] = clock;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return null;
  const ticks =
    BigInt(days ?? 0) * ticksPer.day +
    BigInt(hours ?? 0) * ticksPer.hour +
    BigInt(minutes ?? 0) * ticksPer.minute +
    BigInt(seconds ?? 0) * ticksPer.second +
    BigInt((fraction ?? '').padEnd(7, '0'));
  return new Timespan(minus ? -ticks : ticks);
}

/** Multiplies exactly where the count is whole. */
function scale(count: string, ticks: bigint): bigint {
  return count.includes('.') ? BigInt(Math.round(Number(count) * Number(ticks))) : BigInt(count) * ticks;
}
