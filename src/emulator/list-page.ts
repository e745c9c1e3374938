import type { JsonObject } from '../core/json.ts';
import { refuse } from './arm-error.ts';
import { escapePath } from './arm-path.ts';
import type { OperationContext, Reply } from './operation.ts';

/**
 * A page of a list. `nextLink` is there only if more follows; it is opaque, absolute, and carries the api-version of
 * the request. The token counts items, so a page is stable while nothing before it is deleted.
 */
export function listPage(context: OperationContext, url: string, items: readonly JsonObject[]): Reply {
  const { settings, query, origin, apiVersion } = context;
  const start = readToken(query.get('$skipToken'));
  const end = start + settings.pageSize;
  const value = items.slice(start, end);
  if (end >= items.length) return { status: 200, body: { value } };
  const search = new URLSearchParams({ 'api-version': apiVersion, $skipToken: writeToken(end) });
  return { status: 200, body: { value, nextLink: `${origin}${escapePath(url)}?${search.toString()}` } };
}

function writeToken(position: number): string {
  return Buffer.from(String(position)).toString('base64url');
}

function readToken(token: string | null): number {
  if (token === null) return 0;
  const position = Buffer.from(token, 'base64url').toString();
  return /^\d{1,9}$/.test(position)
    ? Number(position)
    : refuse(400, 'BadRequest', `The skip token '${token}' is invalid.`);
}
