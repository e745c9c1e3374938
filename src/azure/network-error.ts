import { toMissingPackage } from '../core/missing-package.ts';
import { ToolError } from '../core/tool-error.ts';
import type { LostRequest } from '../sentinel/service-failure.ts';
import { redactSecrets } from './redact-secrets.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name could not be looked up',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  ENETUNREACH: 'the network cannot be reached',
  EHOSTUNREACH: 'the host cannot be reached',
};

/** What to do about any failure of the network. */
export const networkHint =
  'check the network, and HTTPS_PROXY if you are behind a proxy; what was done stays done';

const servingHint =
  'nothing is served there: start it with "kustodian emulator", and the port of the endpoint';

/**
 * The one error of a request that got no answer; where a package was missing to send it with, that is told instead.
 *
 * @param isOwn true for a host that is this machine
 * @param cause the request, where it had a name
 */
export function networkError(
  host: string,
  error: Error,
  { isOwn = false, cause }: { readonly isOwn?: boolean; readonly cause?: LostRequest | undefined } = {},
): ToolError {
  const missing = toMissingPackage(error);
  if (missing !== undefined) return missing;
  const code = codeOf(error);
  const reason = (code !== undefined && reasons[code]) || redactSecrets(error.message);
  const hint = isOwn && code === 'ECONNREFUSED' ? servingHint : networkHint;
  return new ToolError('network-failed', `cannot reach ${host}: ${reason}`, { hint, cause });
}

/** The code of Node or the SDK, such as `ECONNRESET`. */
export function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
