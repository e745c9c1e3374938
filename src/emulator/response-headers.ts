import { operationalInsightsVersions } from './api-versions.ts';
import { parseArmPath } from './arm-path.ts';
import type { EmulatorRequest, EmulatorResponse } from './http.ts';
import type { Reply } from './operation.ts';
import { findRoute, type Route } from './routes.ts';

export interface ResponseMeta {
  readonly request: EmulatorRequest;
  readonly now: Date;
  readonly requestId: string;
  /** For the id in the header of a Log Analytics answer. */
  readonly applicationId: string;
}

/** The bytes of a reply, with the headers of the service as it answers in 2026. */
export function toResponse(reply: Reply, meta: ResponseMeta): EmulatorResponse {
  const path = parseArmPath(new URL(meta.request.url).pathname);
  const route = path === undefined ? undefined : findRoute(path);
  const body = reply.body === undefined ? '' : JSON.stringify(reply.body);
  return {
    status: reply.status,
    headers: {
      ...(body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...commonHeaders(meta),
      ...rateHeaders(meta.request.method, route),
      ...(route?.provider === 'Microsoft.OperationalInsights' ? logAnalyticsHeaders(meta) : {}),
      ...reply.headers,
    },
    body,
  };
}

function commonHeaders({ request, now, requestId }: ResponseMeta): Record<string, string> {
  const clientRequestId = request.headers['x-ms-client-request-id'];
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  return {
    date: now.toUTCString(),
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-cache': 'CONFIG_NOCACHE',
    'x-ms-request-id': requestId,
    'x-ms-correlation-request-id': requestId,
    'x-ms-routing-request-id': `EMULATOR:${stamp}:${requestId}`,
    ...(clientRequestId === undefined ? {} : { 'x-ms-client-request-id': clientRequestId }),
  };
}

function logAnalyticsHeaders({ applicationId }: ResponseMeta): Record<string, string> {
  return {
    'api-supported-versions': operationalInsightsVersions.join(', '),
    'access-control-allow-origin': '*',
    'request-context': `appId=cid-v1:${applicationId}`,
  };
}

/** Counters without a bucket behind them: what a first request sees. */
function rateHeaders(method: string, route: Route | undefined): Record<string, string> {
  const prefix = 'x-ms-ratelimit-remaining-subscription-';
  if (method === 'PUT' && route?.writeCounter !== undefined) return { [prefix + route.writeCounter]: '499' };
  const [kind, remaining, remainingGlobally] = rates[method] ?? ['writes', 799, 11_999];
  return {
    [prefix + kind]: String(remaining),
    [`${prefix}global-${kind}`]: String(remainingGlobally),
  };
}

const rates: Readonly<Record<string, readonly [string, number, number]>> = {
  GET: ['reads', 1_099, 16_499],
  HEAD: ['reads', 1_099, 16_499],
  DELETE: ['deletes', 799, 11_999],
};
