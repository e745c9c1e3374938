import { randomOf } from '../random.ts';
import { scalarFunction } from '../scalar-function.ts';
import type { CallInfo, ScalarFunction } from '../scalar-function.ts';
import { Guid } from '../value.ts';
import type { Value } from '../value.ts';

const caution = {
  reason: 'arbitrary',
  because: 'Kusto gives another value each time; here it follows from the seed',
} as const;

/** A real from 0 to 1, or with a whole number n one from 0 to n - 1. */
function rand([end]: readonly Value[], { frame }: CallInfo): Value {
  const random = randomOf(frame.run)();
  return typeof end === 'bigint' && end > 1n ? BigInt(Math.floor(random * Number(end))) : random;
}

function newGuid(_values: readonly Value[], { frame }: CallInfo): Value {
  const digits = Array.from({ length: 32 }, () => Math.floor(randomOf(frame.run)() * 16).toString(16));
  digits[12] = '4';
  digits[16] = '8';
  return new Guid(digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}

/** Functions whose values follow from the seed of a run. */
export const randomFunctions: readonly ScalarFunction[] = [
  scalarFunction('rand(number?)', rand, { caution }),
  scalarFunction('new_guid()', newGuid, { caution }),
];
