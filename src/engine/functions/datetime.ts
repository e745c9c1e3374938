import { datePartsOf, parseDatetime, ticksOfDate, unixEpochTicks } from '../datetime-text.ts';
import { findUnknownFormat, formatDatetime, formatTimespan } from '../format-time.ts';
import { localToUtc, utcToLocal } from '../time-zone.ts';
import { scalarFunction, strictFunction } from '../scalar-function.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { toNumber } from '../semantics.ts';
import { Datetime, datetimeOf, ticksPer, Timespan } from '../value.ts';
import type { Value } from '../value.ts';

type Unit = 'day' | 'week' | 'month' | 'year';

/** Ticks at the start of the unit that a moment lies in, some units further on. Weeks start on Sunday. */
function startOf(unit: Unit, moment: Datetime, further: number): bigint {
  const { year, month, day } = datePartsOf(moment);
  switch (unit) {
    case 'day':
      return ticksOfDate(year, month, day + further);
    case 'week':
      return ticksOfDate(year, month, day - weekdayOf(moment) + 7 * further);
    case 'month':
      return ticksOfDate(year, month + further, 1);
    case 'year':
      return ticksOfDate(year + further, 1, 1);
  }
}

/** 0 is Sunday; 0001-01-01 was a Monday. */
function weekdayOf({ ticks }: Datetime): number {
  return Number((ticks / ticksPer.day + 1n) % 7n);
}

function boundary(signature: string, unit: Unit, isEnd: boolean): ScalarFunction {
  return strictFunction(signature, ([moment, further = 0n]) => {
    if (!(moment instanceof Datetime)) return null;
    const count = toNumber(further) ?? 0;
    return datetimeOf(isEnd ? startOf(unit, moment, count + 1) - 1n : startOf(unit, moment, count));
  });
}

function onMoment(signature: string, read: (moment: Datetime) => Value): ScalarFunction {
  return strictFunction(signature, ([moment]) => (moment instanceof Datetime ? read(moment) : null));
}

const fixedUnits: Readonly<Record<string, bigint>> = {
  week: 7n * ticksPer.day,
  day: ticksPer.day,
  hour: ticksPer.hour,
  minute: ticksPer.minute,
  second: ticksPer.second,
  millisecond: ticksPer.millisecond,
  microsecond: ticksPer.microsecond,
};

/** Units that are crossed between two moments. */
function difference(unit: string, a: Datetime, b: Datetime): Value {
  const [left, right] = [datePartsOf(a), datePartsOf(b)];
  const years = left.year - right.year;
  const months = years * 12 + left.month - right.month;
  const quarter = ({ year, month }: typeof left): number => year * 4 + Math.floor((month - 1) / 3);
  switch (unit) {
    case 'year':
      return BigInt(years);
    case 'quarter':
      return BigInt(quarter(left) - quarter(right));
    case 'month':
      return BigInt(months);
    case 'week':
      return (startOf('week', a, 0) - startOf('week', b, 0)) / (7n * ticksPer.day);
    case 'nanosecond':
      return (a.ticks - b.ticks) * 100n;
    default: {
      const size = fixedUnits[unit];
      return size === undefined ? null : a.ticks / size - b.ticks / size;
    }
  }
}

function addUnits(unit: string, count: bigint, moment: Datetime): Value {
  const size = fixedUnits[unit];
  if (size !== undefined) return datetimeOf(moment.ticks + size * count);
  if (unit === 'nanosecond') return datetimeOf(moment.ticks + count / 100n);
  const months = { month: 1, quarter: 3, year: 12 }[unit];
  if (months === undefined) return null;
  const { year, month, day, time } = datePartsOf(moment);
  const first = ticksOfDate(year, month + months * Number(count), 1);
  if (first < 0n) return null;
  const next = datePartsOf(new Datetime(first));
  const last = new Date(Date.UTC(2000 + (next.year % 400), next.month, 0)).getUTCDate();
  return datetimeOf(first + BigInt(Math.min(day, last) - 1) * ticksPer.day + time);
}

function part(name: string, moment: Datetime): Value {
  const { year, month, day, time } = datePartsOf(moment);
  switch (name) {
    case 'year':
      return BigInt(year);
    case 'quarter':
      return BigInt(Math.floor((month - 1) / 3) + 1);
    case 'month':
      return BigInt(month);
    case 'week_of_year':
    case 'weekofyear':
      return isoWeek(moment);
    case 'day':
      return BigInt(day);
    case 'dayofyear':
      return dayOfYear(moment);
    case 'hour':
      return time / ticksPer.hour;
    case 'minute':
      return (time / ticksPer.minute) % 60n;
    case 'second':
      return (time / ticksPer.second) % 60n;
    case 'millisecond':
      return (time / ticksPer.millisecond) % 1000n;
    case 'microsecond':
      return (time / ticksPer.microsecond) % 1_000_000n;
    case 'nanosecond':
      return (time % ticksPer.second) * 100n;
    default:
      return null;
  }
}

function dayOfYear(moment: Datetime): bigint {
  return (moment.ticks - startOf('year', moment, 0)) / ticksPer.day + 1n;
}

/** The week of ISO 8601: it starts on Monday, and belongs to the year of its Thursday. */
function isoWeek(moment: Datetime): bigint {
  const { year, month, day } = datePartsOf(moment);
  const thursday = new Datetime(ticksOfDate(year, month, day - ((weekdayOf(moment) + 6) % 7) + 3));
  return (dayOfYear(thursday) - 1n) / 7n + 1n;
}

function makeDatetime(values: readonly Value[]): Value {
  if (values.length === 1)
    return typeof values[0] === 'string' ? parseDatetime(values[0]) : (values[0] ?? null);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = values.map(
    (value) => toNumber(value) ?? NaN,
  );
  if ([year, month, day, hour, minute, second].some(Number.isNaN)) return null;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second >= 60) return null;
  const ticks = ticksOfDate(year, month, day);
  if (ticks < 0n || datePartsOf(new Datetime(ticks)).month !== month) return null;
  return datetimeOf(
    ticks + BigInt(hour * 3600 + minute * 60) * ticksPer.second + BigInt(Math.floor(second * 1e7 + 1e-3)),
  );
}

function makeTimespan(values: readonly Value[]): Value {
  const numbers = values.map((value) => toNumber(value) ?? NaN);
  if (numbers.some(Number.isNaN)) return null;
  const days = numbers.length > 3 ? (numbers.shift() ?? 0) : 0;
  const [hour = 0, minute = 0, second = 0] = numbers;
  return new Timespan(
    BigInt(days * 86_400 + hour * 3600 + minute * 60) * ticksPer.second +
      BigInt(Math.floor(second * 1e7 + 1e-3)),
  );
}

/** A function on a time and the name of a zone; a name that is none of the IANA database is refused. */
function zoned(
  signature: string,
  convert: (moment: Datetime, zone: string) => Datetime | null | undefined,
): ScalarFunction {
  return strictFunction(signature, ([moment, zone], { refuse }) => {
    if (!(moment instanceof Datetime) || typeof zone !== 'string') return null;
    const converted = convert(moment, zone);
    return converted === undefined ? refuse(`the time zone "${zone}"`) : converted;
  });
}

function fromUnix(signature: string, ticks: number): ScalarFunction {
  return strictFunction(signature, ([value = null]) => {
    const count = toNumber(value);
    if (count === null || !Number.isFinite(count)) return null;
    const offset =
      typeof value === 'bigint' && ticks >= 1 ? value * BigInt(ticks) : BigInt(Math.trunc(count * ticks));
    return datetimeOf(unixEpochTicks + offset);
  });
}

const formatLimits =
  'letters that are not documented are refused; `MMM` is the month twice, as in the service';

/** Functions on time. */
export const datetimeFunctions: readonly ScalarFunction[] = [
  scalarFunction('now(offset?)', ([offset], { frame }) => {
    const { now } = frame.run.input;
    return offset instanceof Timespan ? datetimeOf(now.ticks + offset.ticks) : now;
  }),
  strictFunction('ago(timespan)', ([span], { frame }) =>
    span instanceof Timespan ? datetimeOf(frame.run.input.now.ticks - span.ticks) : null,
  ),
  ...(['day', 'week', 'month', 'year'] as const).flatMap((unit) => [
    boundary(`startof${unit}(date, offset?)`, unit, false),
    boundary(`endof${unit}(date, offset?)`, unit, true),
  ]),
  // In the last week that does not end before the year 10000 it is null (so measured with the emulator).
  onMoment(
    'dayofweek(date)',
    (moment) =>
      datetimeOf(startOf('week', moment, 1)) && new Timespan(BigInt(weekdayOf(moment)) * ticksPer.day),
  ),
  onMoment('dayofmonth(date)', (moment) => part('day', moment)),
  onMoment('dayofyear(date)', dayOfYear),
  onMoment('monthofyear(date)', (moment) => part('month', moment)),
  onMoment('getmonth(date)', (moment) => part('month', moment)),
  onMoment('getyear(date)', (moment) => part('year', moment)),
  onMoment('hourofday(date)', (moment) => part('hour', moment)),
  onMoment('week_of_year(date)', isoWeek),
  onMoment('weekofyear(date)', isoWeek),
  strictFunction('datetime_part(part, date)', ([name, moment]) =>
    typeof name === 'string' && moment instanceof Datetime ? part(name.toLowerCase(), moment) : null,
  ),
  strictFunction('datepart(part, date)', ([name, moment]) =>
    typeof name === 'string' && moment instanceof Datetime ? part(name.toLowerCase(), moment) : null,
  ),
  zoned('datetime_utc_to_local(from, timezone)', utcToLocal),
  zoned('datetime_local_to_utc(from, timezone)', localToUtc),
  strictFunction('datetime_diff(part, datetime1, datetime2)', ([unit, a, b]) =>
    typeof unit === 'string' && a instanceof Datetime && b instanceof Datetime
      ? difference(unit.toLowerCase(), a, b)
      : null,
  ),
  strictFunction('datetime_add(part, value, datetime)', ([unit, count, moment]) =>
    typeof unit === 'string' && typeof count === 'bigint' && moment instanceof Datetime
      ? addUnits(unit.toLowerCase(), count, moment)
      : null,
  ),
  strictFunction('make_datetime(year, month?, day?, hour?, minute?, second?)', makeDatetime),
  strictFunction('make_timespan(days, hours?, minutes?, seconds?)', makeTimespan),
  strictFunction(
    'format_datetime(date, format)',
    ([moment, format], { refuse }) => {
      if (!(moment instanceof Datetime) || typeof format !== 'string') return '';
      const unknown = findUnknownFormat(format, false);
      return unknown === undefined
        ? formatDatetime(moment, format)
        : refuse(`"${unknown}" in the format "${format}"`);
    },
    { limits: formatLimits },
  ),
  strictFunction(
    'format_timespan(timespan, format)',
    ([span, format], { refuse }) => {
      if (!(span instanceof Timespan) || typeof format !== 'string') return '';
      const unknown = findUnknownFormat(format, true);
      return unknown === undefined
        ? formatTimespan(span, format)
        : refuse(`"${unknown}" in the format "${format}"`);
    },
    { limits: formatLimits },
  ),
  fromUnix('unixtime_seconds_todatetime(number)', 10_000_000),
  fromUnix('unixtime_milliseconds_todatetime(number)', 10_000),
  fromUnix('unixtime_microseconds_todatetime(number)', 10),
  fromUnix('unixtime_nanoseconds_todatetime(number)', 0.01),
];
