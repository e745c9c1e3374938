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
 * could not be read must never look like an empty one.
 *
 * @throws ToolError `workspace-mismatch` if it is another workspace than the one that is meant
 */
export async function readWorkspace(
  store: ContentStore,
  { signal, expectedId }: ReadOptions = {},
): Promise<LiveWorkspace> {
  const [alertRules, savedSearches, metadata] = await Promise.all([
    store.list('alertRule', signal),
    store.list('savedSearch', signal),
    store.list('metadata', signal),
    expectedId === undefined ? undefined : checkIdentity(store, expectedId, signal),
  ]);
  return { alertRules, savedSearches, metadata };
}

async function checkIdentity(
  store: ContentStore,
  expectedId: string,
  signal: AbortSignal | undefined,
): Promise<void> {
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
