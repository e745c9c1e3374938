import type { HttpClient } from '@azure/core-rest-pipeline';
import { isJsonObject } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';
import type { Cloud } from '../detection/config.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import type { LiveResource, ReadKind } from '../sentinel/resource.ts';
import { createArmClient, type ArmClient, type ArmResponse } from './arm-client.ts';
import { cloudEndpoints } from './clouds.ts';
import type { Credential } from './credential.ts';
import { holdsSent } from './holds-sent.ts';
import { toJsonObject, toLiveResource, toPage } from './live-resource.ts';
import {
  actionsUrl,
  resourceUrl,
  workspaceResourceId,
  workspaceUrl,
  type WorkspaceAddress,
} from './resource-routes.ts';
import { defaultRetryOptions, systemTimer, type RetryOptions, type Timer } from './retry-policy.ts';
import { describeAttempt, serviceError, type Attempt, type ResourceAttempt } from './service-error.ts';
import { readServiceFailure } from './service-failure.ts';

export interface ContentStoreOptions {
  readonly cloud: Cloud;
  readonly address: WorkspaceAddress;
  /** api-version of the SecurityInsights provider. */
  readonly apiVersion: string;
  readonly credential: Credential;
  /** Version of Kustodian, for the user agent. */
  readonly version: string;
  /** Instead of the cloud's own endpoint: an emulator's server. */
  readonly endpoint?: string;
  /** Instead of sockets: the emulator in this process. */
  readonly httpClient?: HttpClient;
  readonly retry?: Partial<RetryOptions>;
  readonly timer?: Timer;
}

/** More pages than any workspace has: a service that never ends a list is broken. */
const maxPages = 1_000;

/** The port to a workspace over Azure Resource Manager. Nothing is loaded or sent before the first call. */
export function createContentStore(options: ContentStoreOptions): ContentStore {
  const { address, apiVersion, cloud } = options;
  const endpoint = options.endpoint ?? cloudEndpoints[cloud].resourceManager;
  const workspaceId = workspaceResourceId(address);
  const target = { workspaceId, signedInWith: options.credential.description };
  const client = createArmClient({
    subscriptionId: address.subscriptionId,
    endpoint,
    scope: cloudEndpoints[cloud].scope,
    credential: options.credential,
    version: options.version,
    retry: { ...defaultRetryOptions, ...options.retry },
    timer: options.timer ?? systemTimer,
    httpClient: options.httpClient,
  });
  const urlOf = (kind: ReadKind, name?: string): string => resourceUrl(address, kind, apiVersion, name);

  const get = async (
    kind: ReadKind,
    name: string,
    signal: AbortSignal | undefined,
  ): Promise<LiveResource | undefined> => {
    const attempt: ResourceAttempt = { verb: 'read', kind, name, ...target };
    const response = await client.send({ method: 'GET', url: urlOf(kind, name), signal });
    if (response.status === 404) return undefined;
    return toLiveResource(kind, toJsonObject(succeeded(response, attempt), attempt), attempt, name);
  };

  return {
    workspaceId,

    list: (kind, signal) => listAll(client, { verb: 'list', kind, ...target }, urlOf(kind), endpoint, signal),

    listActions(ruleName, signal) {
      const attempt: ResourceAttempt = { verb: 'list', kind: 'action', name: ruleName, ...target };
      return listAll(client, attempt, actionsUrl(address, ruleName, apiVersion), endpoint, signal);
    },

    get,

    async readWorkspace(signal) {
      const attempt: Attempt = { verb: 'read', kind: 'workspace', name: address.workspace, ...target };
      const response = await client.send({ method: 'GET', url: workspaceUrl(address), signal });
      const { properties } = toJsonObject(succeeded(response, attempt), attempt);
      const customerId = isJsonObject(properties) ? properties['customerId'] : undefined;
      if (typeof customerId === 'string') return { customerId };
      throw new ToolError('protocol-error', `${describeAttempt(attempt)}: the answer has no "customerId"`);
    },

    async put(kind, name, body, { etag, signal } = {}) {
      const attempt: ResourceAttempt = { verb: 'write', kind, name, ...target };
      const sent = etag === undefined ? body : { ...body, etag };
      const response = await client.send({ method: 'PUT', url: urlOf(kind, name), body: sent, signal });
      if (isConflict(response) && response.tries > 1) {
        // The answer to an earlier try may have been lost after the service wrote: then this conflict is with ourselves.
        const live = await get(kind, name, signal);
        if (live !== undefined && holdsSent(live.body, body)) return live;
      }
      return toLiveResource(kind, toJsonObject(succeeded(response, attempt), attempt), attempt, name);
    },

    async delete(kind, name, { etag, signal } = {}) {
      const attempt: ResourceAttempt = { verb: 'delete', kind, name, ...target };
      if (etag !== undefined) {
        // The service has no conditional delete for these; a read just before it closes all but a moment.
        const live = await get(kind, name, signal);
        if (live === undefined) return;
        if (live.etag !== etag) throw changedSinceRead(attempt);
      }
      const response = await client.send({ method: 'DELETE', url: urlOf(kind, name), signal });
      if (response.status !== 404) succeeded(response, attempt);
    },
  };
}

/** @returns nothing for a list below a resource that does not exist: `name` is that resource */
async function listAll(
  client: ArmClient,
  attempt: ResourceAttempt,
  url: string,
  endpoint: string,
  signal: AbortSignal | undefined,
): Promise<readonly LiveResource[]> {
  const resources: LiveResource[] = [];
  const visited = new Set<string>();
  for (let next: string | undefined = url; next !== undefined;) {
    if (visited.has(next) || visited.size === maxPages) {
      throw new ToolError('protocol-error', `${describeAttempt(attempt)}: the pages of the list never end`);
    }
    visited.add(next);
    const answer = await client.send({ method: 'GET', url: next, signal });
    if (answer.status === 404 && attempt.name !== undefined) return [];
    const response = succeeded(answer, attempt);
    const { items, nextLink } = toPage(response, attempt);
    for (const item of items) resources.push(toLiveResource(attempt.kind, item, attempt));
    next = nextLink === undefined ? undefined : sameOrigin(nextLink, endpoint, attempt);
  }
  return resources;
}

/** The token goes along with every request, so it must not follow a link to another host. */
function sameOrigin(nextLink: string, endpoint: string, attempt: Attempt): string {
  const target = URL.canParse(nextLink) ? new URL(nextLink) : undefined;
  if (target?.origin === new URL(endpoint).origin) return target.href;
  throw new ToolError(
    'protocol-error',
    `${describeAttempt(attempt)}: the next page is at "${target?.origin ?? nextLink}", not at ${endpoint}; it is not followed`,
  );
}

/** @throws ToolError that tells what the service answered, unless it is a success */
function succeeded(response: ArmResponse, attempt: Attempt): ArmResponse {
  if (response.status >= 200 && response.status < 300) return response;
  if (response.status >= 300 && response.status < 400) {
    throw new ToolError(
      'protocol-error',
      `${describeAttempt(attempt)}: the answer redirects to "${response.header('location') ?? ''}"; it is not followed`,
      { hint: 'a proxy or a sign-in page may stand between this machine and Azure' },
    );
  }
  throw serviceError(attempt, readServiceFailure(response));
}

function isConflict(response: ArmResponse): boolean {
  return response.status === 409 || response.status === 412;
}

function changedSinceRead(attempt: Attempt): ToolError {
  return new ToolError('service-conflict', `${describeAttempt(attempt)}: it was changed since it was read`, {
    hint: 'plan again',
  });
}
