import { ticksOfDate, unixEpochTicks } from './datetime-text.ts';
import { Datetime, datetimeOf, ticksPer } from './value.ts';

const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = createFormat(zone);
  formats.set(zone, format);
  return format;
}

function createFormat(timeZone: string): Intl.DateTimeFormat | null {
  try {
    const digits = 'numeric';
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: digits,
      month: digits,
      day: digits,
      hour: digits,
      minute: digits,
      second: digits,
      era: 'short',
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** How far the clocks of a zone of the IANA database are ahead of UTC, in ticks; undefined if there is no such zone. */
function offsetAt(moment: Datetime, zone: string): bigint | undefined {
  const format = formatOf(zone);
  if (!format) return undefined;
  const seconds = moment.ticks - (moment.ticks % ticksPer.second);
  const parts = format.formatToParts(Number((seconds - unixEpochTicks) / ticksPer.millisecond));
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? NaN);
  const local =
    ticksOfDate(read('year'), read('month'), read('day')) +
    BigInt(read('hour') * 3600 + read('minute') * 60 + read('second')) * ticksPer.second;
  return local - seconds;
}

/** The time on the clocks of a zone; undefined if there is no such zone, null outside of what a datetime can be. */
export function utcToLocal(moment: Datetime, zone: string): Datetime | null | undefined {
  const offset = offsetAt(moment, zone);
  return offset === undefined ? undefined : datetimeOf(moment.ticks + offset);
}

/** The moment at which the clocks of a zone show a time; of two, the earlier. */
export function localToUtc(local: Datetime, zone: string): Datetime | null | undefined {
  const first = offsetAt(local, zone);
  if (first === undefined) return undefined;
  const ticks = [first + ticksPer.hour, first, first - ticksPer.hour]
    .map((offset) => new Datetime(local.ticks - offset))
    .find((guess) => guess.ticks + (offsetAt(guess, zone) ?? 0n) === local.ticks)?.ticks;
  const guess = new Datetime(local.ticks - first);
  return datetimeOf(ticks ?? local.ticks - (offsetAt(guess, zone) ?? first));
}
