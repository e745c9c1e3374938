import { datetimeOf, ticksPer } from './value.ts';
import type { Datetime } from './value.ts';

/** Ticks at 1970-01-01. */
export const unixEpochTicks = 621_355_968_000_000_000n;

/** The parts of a datetime, in UTC. */
export interface DateParts {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  /** Ticks since midnight. */
  readonly time: bigint;
}

/** Ticks at the start of a day; days and months past the end run on into the next. */
export function ticksOfDate(year: number, month: number, day: number): bigint {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return unixEpochTicks + BigInt(date.getTime()) * ticksPer.millisecond;
}

/** Takes a datetime apart. */
export function datePartsOf({ ticks }: Datetime): DateParts {
  const time = ticks % ticksPer.day;
  const date = new Date(Number((ticks - time - unixEpochTicks) / ticksPer.millisecond));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), time };
}

/** `2020-01-02T03:04:05.0000000Z` */
export function datetimeToText(value: Datetime): string {
  const { year, month, day, time } = datePartsOf(value);
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  const seconds = time / ticksPer.second;
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map((part) => pad(part, 2)).join(':');
  return `${date}T${clock}.${pad(time % ticksPer.second, 7)}Z`;
}

/** Pads a number with zeros on the left. */
export function pad(value: number | bigint, width: number): string {
  return String(value).padStart(width, '0');
}

const isoPattern =
  /^(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[T ]\s*(\d{1,2})(?::(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const usPattern =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?\s*(AM|PM)?)?$/i;
const namedPattern =
  /^(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{2,4})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?)?\s*(Z|UTC|GMT)?$/i;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Reads a datetime; null where the text is none. */
export function parseDatetime(text: string): Datetime | null {
  const trimmed = text.trim();
  const iso = isoPattern.exec(trimmed);
  if (iso) {
    const [, year, month, day = '1', hour, minute, second, fraction, zone] = iso;
    return assemble([year, month, day], [hour, minute, second, fraction], zone);
  }
  const us = usPattern.exec(trimmed);
  if (us) {
    const [, month, day, year, hour, minute, second, fraction, half] = us;
    const base = Number(hour ?? 0) % (half ? 12 : 24);
    const shifted = half?.toUpperCase() === 'PM' ? base + 12 : base;
    return assemble([year, month, day], [String(shifted), minute, second, fraction], undefined);
  }
  const named = namedPattern.exec(trimmed);
  if (!named) return null;
  const [, day, name = '', year = '', hour, minute, second, fraction] = named;
  const month = months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  const full = year.length === 2 ? `20${year}` : year;
  return month === 0
    ? null
    : assemble([full, String(month), day], [hour, minute, second, fraction], undefined);
}

type Digits = string | undefined;

function assemble(
  date: readonly [Digits, Digits, Digits],
  clock: readonly [Digits, Digits, Digits, Digits],
  zone: Digits,
): Datetime | null {
  const [year, month, day] = date.map(Number) as [number, number, number];
  const [hour, minute, second] = clock.slice(0, 3).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 59) return null;
  if (day > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()) return null;
  const fraction = BigInt((clock[3] ?? '').padEnd(7, '0').slice(0, 7));
  const time = BigInt(hour * 3600 + minute * 60 + second) * ticksPer.second + fraction;
  return datetimeOf(ticksOfDate(year, month, day) + time - zoneTicks(zone));
}

function zoneTicks(zone: Digits): bigint {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (!match) return 0n;
  const ticks = BigInt(Number(match[2]) * 60 + Number(match[3])) * ticksPer.minute;
  return match[1] === '-' ? -ticks : ticks;
}
