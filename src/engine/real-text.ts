/** A binary number `f * 2 ** e`. */
interface Binary {
  readonly f: bigint;
  readonly e: number;
}

const bits = new DataView(new ArrayBuffer(8));

/**
 * The digits of a positive real and the power of ten that they are multiplied by, as Kusto writes them: the shortest that read
 * back as the same number. Of several such, where they are many, Kusto takes the first that Grisu2 comes to and not the nearest:
 * `0.1 + 0.2` is `0.30000000000000007` (so measured with the emulator).
 * Grisu2: https://dl.acm.org/doi/10.1145/1806596.1806623
 */
export function digitsOf(value: number): { readonly digits: string; readonly exponent: number } {
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const shortest = mantissa.replace('.', '');
  // Up to 15 digits there is only one such.
  if (shortest.length <= 15) return { digits: shortest, exponent: Number(power) - shortest.length + 1 };
  return grisu(value);
}

function grisu(value: number): { digits: string; exponent: number } {
  const exact = decode(value);
  const upper = normalize({ f: (exact.f << 1n) + 1n, e: exact.e - 1 });
  const isPower = exact.f === 1n << 52n;
  const below: Binary = isPower
    ? { f: (exact.f << 2n) - 1n, e: exact.e - 2 }
    : { f: (exact.f << 1n) - 1n, e: exact.e - 1 };
  const lower = { f: below.f << BigInt(below.e - upper.e), e: upper.e };
  const { factor, exponent } = cachedPower(upper.e);
  const scaled = multiply(normalize(exact), factor).f;
  const top = { ...multiply(upper, factor) };
  const bottom = multiply(lower, factor).f + 1n;
  const high = top.f - 1n;
  return generate(high, high - bottom, high - scaled, -top.e, exponent);
}

/** Takes digits off the upper bound until what is left lies within the interval; then down towards the value. */
function generate(
  high: bigint,
  interval: bigint,
  distance: bigint,
  shift: number,
  exponent: number,
): { digits: string; exponent: number } {
  const one = 1n << BigInt(shift);
  const whole = String(high >> BigInt(shift));
  let rest = high & (one - 1n);
  let digits = '';
  for (let at = 0; at < whole.length; at++) {
    digits += whole.charAt(at);
    const left = BigInt(whole.slice(at + 1) || '0') * one + rest;
    const places = whole.length - at - 1;
    if (left <= interval)
      return {
        digits: lowerLast(digits, interval, left, 10n ** BigInt(places) * one, distance),
        exponent: exponent + places,
      };
  }
  let delta = interval;
  for (let places = 1; ; places++) {
    rest *= 10n;
    delta *= 10n;
    digits += String(rest >> BigInt(shift));
    rest &= one - 1n;
    if (rest >= delta) continue;
    // The engine's table of powers ends at ten digits; from there it does not go down.
    const scaled = places < 9 ? distance * 10n ** BigInt(places) : 0n;
    return { digits: lowerLast(digits, delta, rest, one, scaled), exponent: exponent - places };
  }
}

function lowerLast(digits: string, delta: bigint, given: bigint, unit: bigint, distance: bigint): string {
  let [last, rest] = [Number(digits.at(-1)), given];
  while (
    rest < distance &&
    delta - rest >= unit &&
    (rest + unit < distance || distance - rest > rest + unit - distance)
  ) {
    last--;
    rest += unit;
  }
  return digits.slice(0, -1) + String(last);
}

function decode(value: number): Binary {
  bits.setFloat64(0, value);
  const raw = bits.getBigUint64(0);
  const fraction = raw & ((1n << 52n) - 1n);
  const power = Number(raw >> 52n);
  return power === 0 ? { f: fraction, e: -1074 } : { f: fraction + (1n << 52n), e: power - 1075 };
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

function normalize({ f, e }: Binary): Binary {
  const shift = 64 - bitLength(f);
  return { f: f << BigInt(shift), e: e - shift };
}

function multiply(a: Binary, b: Binary): Binary {
  const product = a.f * b.f;
  const rounded = (product >> 64n) + ((product >> 63n) & 1n);
  return { f: rounded, e: a.e + b.e + 64 };
}

/** A power of ten, in steps of eight, that brings a number with a binary exponent into reach; and the exponent to take back. */
function cachedPower(e: number): { factor: Binary; exponent: number } {
  const index = (Math.ceil((-61 - e) * 0.30102999566398114 + 347) >> 3) + 1;
  const power = -348 + index * 8;
  const [numerator, denominator] = power < 0 ? [1n, 10n ** BigInt(-power)] : [10n ** BigInt(power), 1n];
  const shift = 65 - bitLength(numerator) + bitLength(denominator);
  const [up, down] = shift < 0 ? [0n, BigInt(-shift)] : [BigInt(shift), 0n];
  const quotient = (numerator << up) / (denominator << down);
  const extra = bitLength(quotient) - 64;
  const rounded = (quotient + (1n << BigInt(extra - 1))) >> BigInt(extra);
  return { factor: normalize({ f: rounded, e: extra - shift }), exponent: -power };
}
