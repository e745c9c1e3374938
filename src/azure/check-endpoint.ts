import { isLoopback } from '../core/loopback.ts';
import { ToolError } from '../core/tool-error.ts';

/**
 * The URL of an endpoint that a token may be sent to: https, or plain http on the loopback.
 *
 * @throws ToolError `usage` for any other text
 */
export function checkEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return url;
  throw new ToolError('usage', `"${text}" is no endpoint that a token may be sent to`, {
    hint: 'give an https URL; plain http is for the loopback only',
  });
}
