import { compileSchema } from '../../core/json-schema.ts';
import { jsonEquals, type JsonObject } from '../../core/json.ts';
import { checkDataModel } from '../data-model.ts';
import { listPage } from '../list-page.ts';
import { bodyOf, nameOf, propertiesOf, type Operations, type WorkspaceContext } from '../operation.ts';
import { childKey, type StoredResource } from '../state.ts';
import { systemData } from '../system-data.ts';
import { securityInsightsEtag } from '../write-stamp.ts';
import { author, doesNotExist, findWatchlist, withOffset } from './watchlist-parts.ts';

/** Microsoft.SecurityInsights/watchlists/watchlistItems. An item that is written again as it is keeps its etag. */
export const watchlistItems: Operations<WorkspaceContext> = {
  list: (context) => {
    const alias = nameOf(context);
    if (findWatchlist(context, alias) === undefined) return doesNotExist(alias);
    const items = [...context.workspace.collections.watchlistItems].filter(([key]) =>
      key.startsWith(childKey(alias, '')),
    );
    return listPage(
      context,
      `${context.path.scope}/providers/Microsoft.SecurityInsights/watchlists/${alias}/watchlistItems`,
      items.map(([, item]) => show(item)),
    );
  },

  get: (context) => {
    const item = find(context);
    return item === undefined ? doesNotExist(nameOf(context)) : { status: 200, body: show(item) };
  },

  put: (context) => {
    const alias = nameOf(context, 1);
    if (findWatchlist(context, alias) === undefined) return doesNotExist(alias);
    const sent = propertiesOf(bodyOf(context));
    checkDataModel(validate, sent);
    return { status: 200, body: show(addItem(context, alias, nameOf(context), sent)) };
  },

  delete: (context) => {
    const key = childKey(nameOf(context, 1), nameOf(context));
    if (!context.workspace.collections.watchlistItems.delete(key)) return { status: 204 };
    context.stamp();
    return { status: 200, body: {} };
  },
};

/** Creates an item of a watchlist, or replaces it. */
export function addItem(
  { path, principal, stamp: newStamp, workspace }: WorkspaceContext,
  alias: string,
  name: string,
  sent: JsonObject,
): StoredResource {
  const key = childKey(alias, name);
  const existing = workspace.collections.watchlistItems.get(key);
  const properties = {
    itemsKeyValue: sent['itemsKeyValue'] ?? null,
    entityMapping: sent['entityMapping'] ?? {},
  };
  if (existing !== undefined && jsonEquals(existing.properties, properties)) return existing;
  const stamp = newStamp();
  const item: StoredResource = {
    name: existing?.name ?? name,
    id:
      existing?.id ??
      `${path.scope}/providers/Microsoft.SecurityInsights/Watchlists/${alias}/WatchlistItems/${name}`,
    etag: securityInsightsEtag(stamp),
    createdAt: existing?.createdAt ?? stamp.time,
    lastModifiedAt: stamp.time,
    createdBy: existing?.createdBy ?? principal,
    lastModifiedBy: principal,
    properties,
  };
  workspace.collections.watchlistItems.set(key, item);
  return item;
}

function find(context: WorkspaceContext): StoredResource | undefined {
  return context.workspace.collections.watchlistItems.get(childKey(nameOf(context, 1), nameOf(context)));
}

function show(item: StoredResource): JsonObject {
  const { id, name, etag, properties, createdAt, createdBy, lastModifiedAt, lastModifiedBy } = item;
  return {
    id,
    name,
    etag,
    type: 'Microsoft.SecurityInsights/Watchlists/WatchlistItems',
    systemData: systemData(item),
    properties: {
      watchlistItemType: 'watchlist-item',
      watchlistItemId: name,
      tenantId: createdBy.tenantId,
      isDeleted: false,
      created: withOffset(createdAt),
      updated: withOffset(lastModifiedAt),
      createdBy: author(createdBy),
      updatedBy: author(lastModifiedBy),
      ...properties,
    },
  };
}

const validate = compileSchema({
  type: 'object',
  required: ['itemsKeyValue'],
  properties: { itemsKeyValue: { type: 'object' }, entityMapping: { type: ['object', 'null'] } },
});
