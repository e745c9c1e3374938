/** A point in time: 100 ns ticks since 0001-01-01T00:00:00Z. */
export class Datetime {
  readonly type = 'datetime';
  readonly ticks: bigint;
  constructor(ticks: bigint) {
    this.ticks = ticks;
  }
}

/** A stretch of time in 100 ns ticks, in 64 bits. */
export class Timespan {
  readonly type = 'timespan';
  readonly ticks: bigint;
  constructor(ticks: bigint) {
    this.ticks = BigInt.asIntN(64, ticks);
  }
}

/** A guid, in lower case with hyphens. */
export class Guid {
  readonly type = 'guid';
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A decimal number: `unscaled / 10 ** scale`, with `scale` as small as can be. */
export class Decimal {
  readonly type = 'decimal';
  readonly unscaled: bigint;
  readonly scale: number;
  constructor(unscaled: bigint, scale: number) {
    let digits = unscaled;
    let places = scale;
    while (places > 0 && digits % 10n === 0n) {
      digits /= 10n;
      places--;
    }
    this.unscaled = digits;
    this.scale = places;
  }
}

/** A property bag; the keys keep their order. */
export type Bag = ReadonlyMap<string, Value>;

/**
 * A value of KQL. `int` and `long` are bigints, `real` is a number; a `dynamic` is any of them, an array or a bag. Which of
 * `int` and `long` a bigint is, is known from the type of the expression alone.
 */
export type Value =
  null | boolean | bigint | number | string | Datetime | Timespan | Guid | Decimal | readonly Value[] | Bag;

/** The values of a row, in the order of the columns. */
export type Row = readonly Value[];

/** True of an array in a `dynamic`. */
export function isArray(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** True of a property bag. */
export function isBag(value: Value | undefined): value is Bag {
  return value instanceof Map;
}

/** Ticks of the units of time. */
export const ticksPer = {
  microsecond: 10n,
  millisecond: 10_000n,
  second: 10_000_000n,
  minute: 600_000_000n,
  hour: 36_000_000_000n,
  day: 864_000_000_000n,
} as const;

/** The last tick of the year 9999. */
export const maxDatetimeTicks = 3_155_378_975_999_999_999n;

/** A datetime, or null outside the years 1 to 9999. */
export function datetimeOf(ticks: bigint): Datetime | null {
  return ticks < 0n || ticks > maxDatetimeTicks ? null : new Datetime(ticks);
}
