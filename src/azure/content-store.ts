import { isJsonObject, type JsonObject } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';
import { diffFields } from '../plan/diff-fields.ts';
import type { ManagedKind } from '../plan/plan.ts';
import type { ContentStore, PutOptions } from '../sentinel/content-store.ts';
import type { LiveResource, ReadKind, ResourceKind } from '../sentinel/resource.ts';
import type { ArmClient, ArmResponse } from './arm-client.ts';
import { toJsonObject, toLiveResource, toPage } from './live-resource.ts';
import { actionsUrl, resourceUrl, workspaceResourceId, workspaceUrl } from './resource-routes.ts';
import { describeAttempt, serviceError, type Attempt, type ResourceAttempt } from './service-error.ts';
import { readServiceFailure } from './service-failure.ts';
import { createWorkspaceClient, type WorkspaceClientOptions } from './workspace-client.ts';

/** What a store is made from. */
export type ContentStoreOptions = WorkspaceClientOptions;

type NamedAttempt = ResourceAttempt & { readonly name: string };

/** More pages than any workspace has: a service that never ends a list is broken. */
const maxPages = 1_000;

/** The port to a workspace over Azure Resource Manager. Nothing is loaded or sent before the first call. */
export function createContentStore(options: ContentStoreOptions): ContentStore {
  const { address, apiVersion } = options;
  const workspaceId = workspaceResourceId(address);
  const target = { workspaceId, signedInWith: options.credential.description };
  const { client, endpoint, meter } = createWorkspaceClient(options);
  const urlOf = (kind: ReadKind, name?: string): string => resourceUrl(address, kind, apiVersion, name);

  const read = (kind: ReadKind, name: string, signal: AbortSignal | undefined): Promise<ArmResponse> =>
    client.send({ method: 'GET', url: urlOf(kind, name), signal });

  const toResource = (response: ArmResponse, attempt: NamedAttempt): LiveResource =>
    toLiveResource(attempt.kind, toJsonObject(succeeded(response, attempt), attempt), attempt, attempt.name);

  const get = async (
    kind: ReadKind,
    name: string,
    signal: AbortSignal | undefined,
  ): Promise<LiveResource | undefined> => {
    const response = await read(kind, name, signal);
    return response.status === 404
      ? undefined
      : toResource(response, { verb: 'read', kind, name, ...target });
  };

  /** Looks at what a write may have left: the answer of the look, if it holds just what was sent. */
  const findSent = async (
    kind: ManagedKind,
    name: string,
    body: JsonObject,
    { etag, signal }: PutOptions,
  ): Promise<'not-written' | 'something-else' | ArmResponse> => {
    const response = await read(kind, name, signal);
    if (response.status === 404) return etag === undefined ? 'not-written' : 'something-else';
    const live = toResource(response, { verb: 'read', kind, name, ...target });
    if (diffFields(kind, live.body, body).length === 0) return response;
    return etag !== undefined && live.etag === etag ? 'not-written' : 'something-else';
  };

  return {
    workspaceId,
    traffic: () => meter.read(),

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

    async put(kind, name, body, put = {}) {
      const { etag, signal } = put;
      const attempt: NamedAttempt = { verb: 'write', kind, name, ...target };
      const course = { isRepeated: false };
      const response = await client.send({
        method: 'PUT',
        url: urlOf(kind, name),
        body: etag === undefined ? body : { ...body, etag },
        signal,
        settle: async () => {
          course.isRepeated = true;
          if (!isManaged(kind)) return undefined;
          const found = await findSent(kind, name, body, put);
          if (found === 'something-else') throw neitherOldNorSent(attempt);
          return found === 'not-written' ? undefined : found;
        },
      });
      if (isConflict(response) && isManaged(kind)) {
        // With ourselves, if the answer to an earlier try was lost, or with somebody who wrote the same.
        const found = await findSent(kind, name, body, put).catch(() => undefined);
        if (typeof found === 'object') return toResource(found, attempt);
      }
      const answer = toResource(response, attempt);
      const wroteOver =
        kind === 'alertRule' && etag === undefined && !course.isRepeated && response.status === 200;
      return wroteOver ? { ...answer, wroteOver } : answer;
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
      // The service answers with nothing or `{}`. A page of a proxy in its place says nothing of what was done.
      if (response.status !== 404 && succeeded(response, attempt).text !== '')
        toJsonObject(response, attempt);
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

/** Metadata is written by us alone, so that it can be sent again as it is; and it has no etag to conflict. */
function isManaged(kind: ResourceKind): kind is ManagedKind {
  return kind !== 'metadata';
}

function isConflict(response: ArmResponse): boolean {
  return response.status === 409 || response.status === 412;
}

function neitherOldNorSent(attempt: Attempt): ToolError {
  return new ToolError(
    'service-conflict',
    `${describeAttempt(attempt)}: its answer was lost, and what is there now is neither what was there nor what was sent`,
    { hint: 'plan again' },
  );
}

function changedSinceRead(attempt: Attempt): ToolError {
  return new ToolError('service-conflict', `${describeAttempt(attempt)}: it was changed since it was read`, {
    hint: 'plan again',
  });
}
