import { createHash } from 'node:crypto';

/** Ours alone, so that a derived name is nobody else's. */
const namespace = '7d1c7a52-4f3e-5b8e-9c55-6b7573746f64';

/**
 * The name that follows a resource name which cannot be used again: a name-based GUID (RFC 9562, version 5), so the same one
 * in every run and on every machine. Case does not count, as it does not for resource names.
 */
export function deriveName(name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name.toLowerCase())
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
