import { align, divideDecimals, parseDecimal } from './decimal.ts';
import { toNumber } from './semantics.ts';
import { Datetime, datetimeOf, Decimal, Timespan } from './value.ts';
import type { Value } from './value.ts';

/** An operator on two values that are not null. */
type Arithmetic = (a: Value, b: Value) => Value;

/** `+ - * / %` by the parser's name. Whole numbers may leave 64 bits: the caller wraps them. */
export const arithmetic: Readonly<Record<string, Arithmetic>> = {
  AddExpression: add,
  SubtractExpression: subtract,
  MultiplyExpression: multiply,
  DivideExpression: divide,
  ModuloExpression: modulo,
};

function add(a: Value, b: Value): Value {
  if (a instanceof Datetime && b instanceof Timespan) return datetimeOf(a.ticks + b.ticks);
  if (a instanceof Timespan && b instanceof Datetime) return datetimeOf(a.ticks + b.ticks);
  if (a instanceof Timespan && b instanceof Timespan) return new Timespan(a.ticks + b.ticks);
  return onNumbers(a, b, {
    whole: (x, y) => x + y,
    real: (x, y) => x + y,
    decimal: (x, y) => {
      const [left, right, scale] = align(x, y);
      return new Decimal(left + right, scale);
    },
  });
}

function subtract(a: Value, b: Value): Value {
  if (a instanceof Datetime && b instanceof Datetime) return new Timespan(a.ticks - b.ticks);
  if (a instanceof Datetime && b instanceof Timespan) return datetimeOf(a.ticks - b.ticks);
  if (a instanceof Timespan && b instanceof Timespan) return new Timespan(a.ticks - b.ticks);
  return onNumbers(a, b, {
    whole: (x, y) => x - y,
    real: (x, y) => x - y,
    decimal: (x, y) => {
      const [left, right, scale] = align(x, y);
      return new Decimal(left - right, scale);
    },
  });
}

function multiply(a: Value, b: Value): Value {
  if (a instanceof Timespan) return scaleTimespan(a, b);
  if (b instanceof Timespan) return scaleTimespan(b, a);
  return onNumbers(a, b, {
    whole: (x, y) => x * y,
    real: (x, y) => x * y,
    decimal: (x, y) => new Decimal(x.unscaled * y.unscaled, x.scale + y.scale),
  });
}

function divide(a: Value, b: Value): Value {
  if (a instanceof Timespan && b instanceof Timespan)
    return b.ticks === 0n ? null : Number(a.ticks) / Number(b.ticks);
  if (a instanceof Timespan) {
    const divisor = toNumber(b);
    return divisor === null || divisor === 0
      ? null
      : typeof b === 'bigint'
        ? new Timespan(a.ticks / b)
        : timespanOf(Number(a.ticks) / divisor);
  }
  return onNumbers(a, b, {
    whole: (x, y) => (y === 0n ? null : x / y),
    real: (x, y) => x / y,
    decimal: divideDecimals,
  });
}

/** The remainder is never negative: `-10 % 4` is 2. */
function modulo(a: Value, b: Value): Value {
  if ((a instanceof Datetime || a instanceof Timespan) && b instanceof Timespan)
    return b.ticks === 0n ? null : new Timespan(wholeModulo(a.ticks, b.ticks));
  return onNumbers(a, b, {
    whole: (x, y) => (y === 0n ? null : wholeModulo(x, y)),
    real: (x, y) => (y === 0 ? NaN : ((x % y) + Math.abs(y)) % Math.abs(y)),
    decimal: (x, y) => {
      const [left, right, scale] = align(x, y);
      return right === 0n ? null : new Decimal(wholeModulo(left, right), scale);
    },
  });
}

function wholeModulo(a: bigint, b: bigint): bigint {
  const size = b < 0n ? -b : b;
  return ((a % size) + size) % size;
}

function scaleTimespan(span: Timespan, factor: Value): Value {
  if (typeof factor === 'bigint') return new Timespan(span.ticks * factor);
  const size = toNumber(factor);
  return size === null ? null : timespanOf(Number(span.ticks) * size);
}

function timespanOf(ticks: number): Timespan | null {
  return Number.isFinite(ticks) ? new Timespan(BigInt(Math.trunc(ticks))) : null;
}

interface NumberOperator {
  readonly whole: (a: bigint, b: bigint) => Value;
  readonly real: (a: number, b: number) => Value;
  readonly decimal: (a: Decimal, b: Decimal) => Value;
}

/** Decimals with whole numbers stay decimal, a real makes the result real; values of other types give null. */
function onNumbers(a: Value, b: Value, operator: NumberOperator): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint') return operator.whole(a, b);
  if (a instanceof Decimal || b instanceof Decimal) {
    const [left, right] = [toDecimal(a), toDecimal(b)];
    if (left && right) return operator.decimal(left, right);
  }
  const [left, right] = [toNumber(a), toNumber(b)];
  return left === null || right === null ? null : operator.real(left, right);
}

function toDecimal(value: Value): Decimal | null {
  if (value instanceof Decimal) return value;
  if (typeof value === 'bigint') return new Decimal(value, 0);
  return typeof value === 'number' ? parseDecimal(String(value)) : null;
}
