import { compileSchema } from '../../core/json-schema.ts';
import { isJsonArray, type JsonObject } from '../../core/json.ts';
import { escapePath } from '../arm-path.ts';
import { checkDataModel } from '../data-model.ts';
import { listPage } from '../list-page.ts';
import {
  bodyOf,
  nameOf,
  propertiesOf,
  type Operations,
  type Reply,
  type WorkspaceContext,
} from '../operation.ts';
import { childKey, type StoredResource } from '../state.ts';
import { systemData } from '../system-data.ts';
import { securityInsightsEtag } from '../write-stamp.ts';
import { readCsv } from '../../core/read-csv.ts';
import { addItem } from './watchlist-items.ts';
import { author, doesNotExist, findWatchlist, withOffset } from './watchlist-parts.ts';

/** Microsoft.SecurityInsights/watchlists. Its ids and types are written with a capital W, whatever the URL says. */
export const watchlists: Operations<WorkspaceContext> = {
  list: (context) =>
    listPage(
      context,
      `${context.path.scope}/providers/Microsoft.SecurityInsights/watchlists`,
      [...context.workspace.collections.watchlists.values()].map((watchlist) => ({
        ...show(watchlist, context.apiVersion),
        etag: undefined,
      })),
    ),

  get: (context) => {
    const watchlist = findWatchlist(context, nameOf(context));
    return watchlist === undefined
      ? doesNotExist(nameOf(context))
      : { status: 200, body: show(watchlist, context.apiVersion) };
  },

  put: putWatchlist,

  delete: (context) => {
    const { apiVersion, newGuid, origin, path, workspace } = context;
    const key = nameOf(context).toLowerCase();
    if (!workspace.collections.watchlists.delete(key)) return { status: 204 };
    for (const item of workspace.collections.watchlistItems.keys()) {
      if (item.startsWith(`${key}/`)) workspace.collections.watchlistItems.delete(item);
    }
    context.stamp();
    if (hasUploadStatus(apiVersion)) return { status: 200, body: {} };
    const id = `${path.scope}/providers/Microsoft.SecurityInsights/Watchlists/${nameOf(context)}`;
    const status = `${origin}${escapePath(id)}/watchlistStatuses/${newGuid()}?api-version=${apiVersion}`;
    return { status: 200, body: {}, headers: { 'azure-asyncoperation': status, location: status } };
  },
};

/** Where a client that waits for a deleted watchlist looks: it is gone at once. */
export const watchlistStatuses: Operations<WorkspaceContext> = {
  get: (context) => ({
    status: 200,
    body: { name: nameOf(context), status: 'Succeeded', properties: {} },
  }),
};

function putWatchlist(context: WorkspaceContext): Reply {
  const { path, principal, workspace } = context;
  const sent = propertiesOf(bodyOf(context));
  checkDataModel(validate, sent);
  const alias = nameOf(context);
  const existing = findWatchlist(context, alias);
  const stamp = context.stamp();
  const watchlist: StoredResource = {
    name: existing?.name ?? alias,
    id: existing?.id ?? `${path.scope}/providers/Microsoft.SecurityInsights/Watchlists/${alias}`,
    etag: securityInsightsEtag(stamp),
    createdAt: existing?.createdAt ?? stamp.time,
    lastModifiedAt: stamp.time,
    createdBy: existing?.createdBy ?? principal,
    lastModifiedBy: principal,
    properties: {
      watchlistId: existing?.properties['watchlistId'] ?? context.newGuid(),
      displayName: sent['displayName'],
      provider: sent['provider'],
      source: sent['source'],
      itemsSearchKey: sent['itemsSearchKey'],
      description: sent['description'],
      watchlistAlias: sent['watchlistAlias'] ?? alias,
      labels: isJsonArray(sent['labels']) ? sent['labels'] : [],
      numberOfLinesToSkip: sent['numberOfLinesToSkip'] ?? 0,
      isNew: existing === undefined,
    },
  };
  workspace.collections.watchlists.set(alias.toLowerCase(), watchlist);
  const { numberOfLinesToSkip: skip, rawContent } = sent;
  if (typeof rawContent === 'string') replaceItems(context, rawContent, typeof skip === 'number' ? skip : 0);
  return { status: 200, body: show(watchlist, context.apiVersion) };
}

/** The rows of an upload become the items. The service takes a while for this; here they are there at once. */
function replaceItems(context: WorkspaceContext, rawContent: string, linesToSkip: number): void {
  const alias = nameOf(context);
  const { watchlistItems } = context.workspace.collections;
  for (const key of watchlistItems.keys()) {
    if (key.startsWith(childKey(alias, ''))) watchlistItems.delete(key);
  }
  for (const itemsKeyValue of readCsv(rawContent, linesToSkip)) {
    addItem(context, alias, context.newGuid(), { itemsKeyValue });
  }
}

/** Stable versions of 2022 tell of uploads in another way than those before and since. */
function hasUploadStatus(apiVersion: string): boolean {
  return !apiVersion.endsWith('-preview') && apiVersion < '2023';
}

function show(watchlist: StoredResource, apiVersion: string): JsonObject {
  const {
    id,
    name,
    etag,
    properties: stored,
    createdAt,
    createdBy,
    lastModifiedAt,
    lastModifiedBy,
  } = watchlist;
  const { isNew, ...properties } = stored;
  const status: JsonObject = hasUploadStatus(apiVersion)
    ? { uploadStatus: isNew === true ? 'New' : undefined }
    : { provisioningState: 'Succeeded', sasUri: '', watchlistCategory: 'General' };
  return {
    id,
    name,
    etag,
    type: 'Microsoft.SecurityInsights/Watchlists',
    systemData: systemData(watchlist),
    properties: {
      watchlistId: properties['watchlistId'],
      displayName: properties['displayName'],
      provider: properties['provider'],
      source: properties['source'] ?? undefined,
      itemsSearchKey: properties['itemsSearchKey'],
      created: withOffset(createdAt),
      updated: withOffset(lastModifiedAt),
      createdBy: author(createdBy),
      updatedBy: author(lastModifiedBy),
      description: properties['description'] ?? undefined,
      watchlistType: 'watchlist',
      watchlistAlias: properties['watchlistAlias'],
      isDeleted: false,
      labels: properties['labels'],
      tenantId: createdBy.tenantId,
      numberOfLinesToSkip: properties['numberOfLinesToSkip'],
      ...status,
    },
  };
}

const text = { type: 'string' } as const;
const optionalText = { type: ['string', 'null'] } as const;

const validate = compileSchema({
  type: 'object',
  required: ['displayName', 'provider', 'itemsSearchKey'],
  properties: {
    displayName: text,
    provider: text,
    itemsSearchKey: text,
    source: optionalText,
    description: optionalText,
    watchlistAlias: optionalText,
    labels: { type: ['array', 'null'], items: text },
    numberOfLinesToSkip: { type: ['integer', 'null'], minimum: 0 },
    rawContent: optionalText,
    contentType: optionalText,
  },
});
