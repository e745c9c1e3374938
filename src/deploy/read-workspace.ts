import { abortTheRest } from '../core/abort-the-rest.ts';
import { ToolError } from '../core/tool-error.ts';
import type { LiveWorkspace } from '../plan/live-workspace.ts';
import type { ContentStore } from '../sentinel/content-store.ts';

/** How a workspace is read. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** The GUID (`customerId`) that the workspace is to have; any will do if it is not given, and nobody asks. */
  readonly expectedId?: string | undefined;
}

/**
 * Lists everything that a plan compares with, the three kinds at once. A list that fails rejects the whole: a workspace that
 * could not be read must never look like an empty one. The other lists are then given up.
 *
 * @throws ToolError `workspace-mismatch` if it is another workspace than the one that is meant
 */
export async function readWorkspace(
  store: ContentStore,
  { signal, expectedId }: ReadOptions = {},
): Promise<LiveWorkspace> {
  const [alertRules, savedSearches, metadata] = await abortTheRest(signal, (shared) =>
    Promise.all([
      store.list('alertRule', shared),
      store.list('savedSearch', shared),
      store.list('metadata', shared),
      expectedId === undefined ? undefined : checkIdentity(store, expectedId, shared),
    ]),
  );
  return { alertRules, savedSearches, metadata };
}

async function checkIdentity(store: ContentStore, expectedId: string, signal: AbortSignal): Promise<void> {
  const { customerId } = await store.readWorkspace(signal);
  if (customerId.toLowerCase() === expectedId.toLowerCase()) return;
  throw new ToolError(
    'workspace-mismatch',
    `the workspace "${store.workspaceId}" has the id "${customerId}", not "${expectedId}" as kustodian.yaml says; nothing was written`,
    {
      hint: 'it is another workspace than the one that is meant: correct its address, or workspaceId if it was made anew',
    },
  );
}
