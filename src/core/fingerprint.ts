import { createHash } from 'node:crypto';
import type { Diagnostic } from './diagnostic.ts';

/**
 * Recognises a finding again after lines above it came or went: 16 hex digits of code, file and message, which quotes what is
 * wrong. Equal findings in one file have equal fingerprints; who must tell them apart counts them.
 */
export function fingerprintOf({ code, file, message }: Diagnostic): string {
  return createHash('sha256')
    .update(JSON.stringify([code, file, message]))
    .digest('hex')
    .slice(0, 16);
}
