import { Decimal } from './value.ts';

/** Reads a decimal number; null where the text is none. */
export function parseDecimal(text: string): Decimal | null {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?\s*$/i.exec(text);
  if (!match) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '') return null;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? new Decimal(digits, scale) : new Decimal(digits * 10n ** BigInt(-scale), 0);
}

/** `12.50` is `12.5`. */
export function decimalToText({ unscaled, scale }: Decimal): string {
  if (scale === 0) return String(unscaled);
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The nearest real number. */
export function decimalToNumber(value: Decimal): number {
  return Number(decimalToText(value));
}

/** Brings two decimals to one scale. */
export function align(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [a.unscaled * 10n ** BigInt(scale - a.scale), b.unscaled * 10n ** BigInt(scale - b.scale), scale];
}

/** Divides to 28 places; null by zero. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal | null {
  const [left, right] = align(a, b);
  return right === 0n ? null : new Decimal((left * 10n ** 28n) / right, 28);
}
