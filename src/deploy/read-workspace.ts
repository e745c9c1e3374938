import type { LiveWorkspace } from '../plan/live-workspace.ts';
import type { ContentStore } from '../sentinel/content-store.ts';

/**
 * Lists everything that a plan compares with, the three kinds at once. A list that fails rejects the whole: a workspace that
 * could not be read must never look like an empty one.
 */
export async function readWorkspace(store: ContentStore, signal?: AbortSignal): Promise<LiveWorkspace> {
  const [alertRules, savedSearches, metadata] = await Promise.all([
    store.list('alertRule', signal),
    store.list('savedSearch', signal),
    store.list('metadata', signal),
  ]);
  return { alertRules, savedSearches, metadata };
}
