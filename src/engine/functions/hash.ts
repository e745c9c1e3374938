import { createHash } from 'node:crypto';
import { scalarFunction } from '../scalar-function.ts';
import type { CallInfo, ScalarFunction } from '../scalar-function.ts';
import { valueToText } from '../value-text.ts';
import { Datetime, Timespan } from '../value.ts';
import type { Value } from '../value.ts';
import { xxhash64 } from '../xxhash64.ts';

/** What Kusto hashes of a value: the bytes of a text, the 64 bits of a number or of ticks. Of other types it is not known. */
function bytesOf(value: Value, info: CallInfo): Uint8Array {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  const isLong = typeof value === 'bigint' && info.argumentTypes[0] === 'long';
  const whole = isLong ? value : value instanceof Datetime || value instanceof Timespan ? value.ticks : null;
  if (whole === null) return info.refuse(`hash() of a value of type ${info.argumentTypes[0] ?? 'unknown'}`);
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, whole, true);
  return bytes;
}

/** `hash(value)` is signed; with a modulus it is from 0 to the modulus. */
function hash(values: readonly Value[], info: CallInfo): Value {
  const [value = null, modulus] = values;
  const unsigned = xxhash64(bytesOf(value, info));
  if (modulus === undefined) return BigInt.asIntN(64, unsigned);
  return typeof modulus === 'bigint' && modulus > 0n ? unsigned % modulus : null;
}

function digest(signature: string, algorithm: string): ScalarFunction {
  return scalarFunction(signature, ([value = null]) =>
    createHash(algorithm).update(valueToText(value)).digest('hex'),
  );
}

const limits = 'of a string, long, datetime or timespan';

/** Hashes. https://learn.microsoft.com/kusto/query/hash-function */
export const hashFunctions: readonly ScalarFunction[] = [
  scalarFunction('hash(source, mod?)', hash, { limits }),
  scalarFunction('hash_xxhash64(source, mod?)', hash, { limits }),
  digest('hash_md5(source)', 'md5'),
  digest('hash_sha1(source)', 'sha1'),
  digest('hash_sha256(source)', 'sha256'),
];
