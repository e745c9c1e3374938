import { strictFunction } from '../scalar-function.ts';
import type { ScalarFunction } from '../scalar-function.ts';

function onBits(name: string, combine: (a: bigint, b: bigint) => bigint | null): ScalarFunction {
  return strictFunction(name, ([a, b = 0n]) => {
    if (typeof a !== 'bigint' || typeof b !== 'bigint') return null;
    const bits = combine(a, b);
    return bits === null ? null : BigInt.asIntN(64, bits);
  });
}

function countOnes(value: bigint): bigint {
  return BigInt(BigInt.asUintN(64, value).toString(2).replaceAll('0', '').length);
}

/** Functions on the bits of a long. */
export const bitFunctions: readonly ScalarFunction[] = [
  onBits('binary_and', (a, b) => a & b),
  onBits('binary_or', (a, b) => a | b),
  onBits('binary_xor', (a, b) => a ^ b),
  onBits('binary_not', (a) => ~a),
  onBits('binary_shift_left', (a, b) => (b < 0n ? null : a << (b % 64n))),
  onBits('binary_shift_right', (a, b) => (b < 0n ? null : a >> (b % 64n))),
  onBits('bitset_count_ones', countOnes),
];
