import { strictFunction } from '../scalar-function.ts';
import type { ScalarFunction } from '../scalar-function.ts';

function onBits(signature: string, combine: (a: bigint, b: bigint) => bigint | null): ScalarFunction {
  return strictFunction(signature, ([a, b = 0n]) => {
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
  onBits('binary_and(value1, value2)', (a, b) => a & b),
  onBits('binary_or(value1, value2)', (a, b) => a | b),
  onBits('binary_xor(value1, value2)', (a, b) => a ^ b),
  onBits('binary_not(value)', (a) => ~a),
  onBits('binary_shift_left(value, shift)', (a, b) => (b < 0n ? null : a << (b % 64n))),
  onBits('binary_shift_right(value, shift)', (a, b) => (b < 0n ? null : a >> (b % 64n))),
  onBits('bitset_count_ones(value)', countOnes),
];
