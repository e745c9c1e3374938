import { convertTo } from '../convert.ts';
import { scalarFunction, strictFunction } from '../scalar-function.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { toNumber } from '../semantics.ts';
import { Datetime, datetimeOf, Decimal, Timespan } from '../value.ts';
import type { Value } from '../value.ts';

function onReal(signature: string, calculate: (x: number, y: number) => number | null): ScalarFunction {
  return strictFunction(signature, ([a = null, b = null]) => {
    const x = toNumber(a);
    return x === null ? null : calculate(x, toNumber(b) ?? 0);
  });
}

/** A logarithm of what is not positive is null. */
function logarithm(signature: string, calculate: (x: number) => number): ScalarFunction {
  return onReal(signature, (x) => (x > 0 ? calculate(x) : x === 0 ? -Infinity : null));
}

/** `bin()`: down to a multiple; also of negative values. */
export function binDown(value: Value, size: Value, offset: Value = null): Value {
  if (value === null || size === null) return null;
  const [ticks, step, start] = [ticksOf(value), ticksOf(size), offset === null ? 0n : ticksOf(offset)];
  if (ticks !== null && step !== null && start !== null) {
    if (step <= 0n) return null;
    const moved = ticks - start;
    const binned = moved - (((moved % step) + step) % step) + start;
    return value instanceof Datetime
      ? datetimeOf(binned)
      : value instanceof Timespan
        ? new Timespan(binned)
        : binned;
  }
  const [x, width, from] = [toNumber(value), toNumber(size), offset === null ? 0 : toNumber(offset)];
  if (x === null || width === null || from === null || width <= 0) return null;
  const real = Math.floor((x - from) / width) * width + from;
  return value instanceof Decimal ? convertTo('decimal', real) : real;
}

function ticksOf(value: Value): bigint | null {
  if (typeof value === 'bigint') return value;
  return value instanceof Datetime || value instanceof Timespan ? value.ticks : null;
}

function round(values: readonly Value[]): Value {
  const [value = null, places = 0n] = values;
  if (typeof value === 'bigint') return value;
  const [x, digits] = [toNumber(value), toNumber(places)];
  if (x === null || digits === null) return null;
  if (!Number.isFinite(x)) return x;
  const factor = 10 ** digits;
  const scaled = x * factor;
  const down = Math.floor(scaled);
  const rounded =
    Math.abs(scaled - down - 0.5) < 1e-9 ? (down % 2 === 0 ? down : down + 1) : Math.round(scaled);
  return rounded / factor;
}

function abs(value: Value): Value {
  if (typeof value === 'bigint') return value < 0n ? -value : value;
  if (value instanceof Timespan) return new Timespan(value.ticks < 0n ? -value.ticks : value.ticks);
  if (value instanceof Decimal)
    return new Decimal(value.unscaled < 0n ? -value.unscaled : value.unscaled, value.scale);
  return typeof value === 'number' ? Math.abs(value) : null;
}

function sign(value: Value): Value {
  const x = toNumber(value);
  if (x === null) return null;
  return typeof value === 'bigint' ? BigInt(Math.sign(x)) : Math.sign(x);
}

function whole(signature: string, calculate: (x: number) => number): ScalarFunction {
  return strictFunction(signature, ([value = null]) => {
    if (typeof value === 'bigint') return value;
    const x = toNumber(value);
    return x === null ? null : calculate(x);
  });
}

function atTick(values: readonly Value[]): Value {
  const [value = null, size = null, fixed = null] = values;
  return binDown(value, size, fixed);
}

/** Functions on numbers. */
export const mathFunctions: readonly ScalarFunction[] = [
  strictFunction('bin(value, roundTo)', ([value = null, size = null]) => binDown(value, size)),
  strictFunction('floor(value, roundTo)', ([value = null, size = 1n]) => binDown(value, size)),
  strictFunction('bin_at(value, bin_size, fixed_point)', atTick),
  strictFunction('round(number, precision?)', round),
  strictFunction('abs(number)', ([value = null]) => abs(value)),
  strictFunction('sign(number)', ([value = null]) => sign(value)),
  whole('ceiling(number)', Math.ceil),
  onReal('sqrt(number)', Math.sqrt),
  onReal('exp(number)', Math.exp),
  onReal('exp2(number)', (x) => 2 ** x),
  onReal('exp10(number)', (x) => 10 ** x),
  onReal('pow(base, exponent)', (x, y) => x ** y),
  logarithm('log(number)', Math.log),
  logarithm('log2(number)', Math.log2),
  logarithm('log10(number)', Math.log10),
  onReal('sin(number)', Math.sin),
  onReal('cos(number)', Math.cos),
  onReal('tan(number)', Math.tan),
  onReal('cot(number)', (x) => 1 / Math.tan(x)),
  onReal('asin(number)', (x) => (Math.abs(x) > 1 ? null : Math.asin(x))),
  onReal('acos(number)', (x) => (Math.abs(x) > 1 ? null : Math.acos(x))),
  onReal('atan(number)', Math.atan),
  onReal('atan2(y, x)', Math.atan2),
  onReal('degrees(radians)', (x) => (x * 180) / Math.PI),
  onReal('radians(degrees)', (x) => (x * Math.PI) / 180),
  scalarFunction('pi()', () => Math.PI),
  scalarFunction('isnan(number)', ([value]) => typeof value === 'number' && Number.isNaN(value)),
  scalarFunction('isinf(number)', ([value]) => value === Infinity || value === -Infinity),
  strictFunction('isfinite(number)', ([value]) => typeof value !== 'number' || Number.isFinite(value)),
];
