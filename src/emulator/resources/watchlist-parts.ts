import type { JsonObject } from '../../core/json.ts';
import { armError } from '../arm-error.ts';
import type { Reply, WorkspaceContext } from '../operation.ts';
import type { Principal, StoredResource } from '../state.ts';

/** Finds a watchlist by its alias. */
export function findWatchlist({ workspace }: WorkspaceContext, alias: string): StoredResource | undefined {
  return workspace.collections.watchlists.get(alias.toLowerCase());
}

/** The 404 of watchlists and their items, whose code is the number. */
export function doesNotExist(name: string): Reply {
  return armError(404, '404', `Resource '${name}' does not exist`);
}

/** Who wrote a watchlist or an item, as their properties say it. */
export function author({ name, objectId, type }: Principal): JsonObject {
  return type === 'User' ? { objectId, email: name, name: objectId } : { objectId, name };
}

/** A time as the properties of watchlists write it. */
export function withOffset(time: string): string {
  return time.replace('Z', '+00:00');
}
