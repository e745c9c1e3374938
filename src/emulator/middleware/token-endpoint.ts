import { toPlainResponse, type EmulatorRequest, type EmulatorResponse, type Middleware } from '../http.ts';
import type { JsonObject } from '../../core/json.ts';

export interface TokenEndpointOptions {
  readonly now: () => Date;
  readonly newGuid: () => string;
}

/** How long a token is said to last, in seconds. */
const lifetime = 3_600;

/**
 * What foreign SDKs ask of Microsoft Entra ID and of a cloud before their first request: discovery documents and tokens.
 * Every client gets a token for whatever it asks; the emulator keeps nobody out.
 */
export function answerTokenRequests({ newGuid, now }: TokenEndpointOptions): Middleware {
  return (next) => async (request) => {
    const { origin, pathname } = new URL(request.url);
    const path = pathname.toLowerCase();
    if (/\/oauth2\/(v2\.0\/)?token$/.test(path)) {
      return request.method === 'POST' ? ok(tokenFor(request, now(), newGuid())) : await next(request);
    }
    if (request.method !== 'GET') return await next(request);
    if (path.endsWith('/.well-known/openid-configuration'))
      return ok(openIdConfiguration(origin, tenantOf(pathname)));
    if (path.endsWith('/discovery/instance')) return ok(instanceDiscovery(origin, tenantOf(pathname)));
    if (path === '/metadata/endpoints') return ok(cloudMetadata(origin));
    return await next(request);
  };
}

function ok(body: JsonObject): EmulatorResponse {
  return toPlainResponse({ status: 200, body, headers: { 'cache-control': 'no-store' } });
}

function tenantOf(pathname: string): string {
  return pathname.split('/')[1] ?? 'common';
}

/** An unsigned token: the emulator does not check signatures, and nothing else should take it for a real one. */
function tokenFor(request: EmulatorRequest, now: Date, id: string): JsonObject {
  const form = new URLSearchParams(request.body ?? '');
  const tenant = tenantOf(new URL(request.url).pathname);
  const issuedAt = Math.floor(now.getTime() / 1_000);
  const claims = {
    aud: (form.get('scope') ?? form.get('resource') ?? '').replace(/\/\.default$/, ''),
    iss: `${new URL(request.url).origin}/${tenant}/`,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + lifetime,
    appid: form.get('client_id') ?? '',
    tid: tenant,
    uti: id,
  };
  return {
    token_type: 'Bearer',
    expires_in: lifetime,
    ext_expires_in: lifetime,
    expires_on: issuedAt + lifetime,
    access_token: `${encode({ typ: 'JWT', alg: 'none' })}.${encode(claims)}.`,
  };
}

function encode(part: JsonObject): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function openIdConfiguration(origin: string, tenant: string): JsonObject {
  const base = `${origin}/${tenant}`;
  return {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_types_supported: ['code', 'id_token', 'token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    tenant_region_scope: null,
  };
}

function instanceDiscovery(origin: string, tenant: string): JsonObject {
  const { host } = new URL(origin);
  return {
    tenant_discovery_endpoint: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

/** How a cloud describes itself to tools that take a custom one. */
function cloudMetadata(origin: string): JsonObject {
  return {
    name: 'Emulator',
    portal: origin,
    resourceManager: origin,
    authentication: {
      loginEndpoint: origin,
      audiences: [origin, 'https://management.azure.com/'],
      tenant: 'common',
      identityProvider: 'AAD',
    },
    suffixes: {},
  };
}
