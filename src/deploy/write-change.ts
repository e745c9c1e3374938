import { ToolError } from '../core/tool-error.ts';
import type { Delete, FieldDiff, Forget, Removal, WriteChange } from '../plan/plan.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import { createResource } from './create-resource.ts';
import { writeResource } from './write-resource.ts';

/** What came of a change that was carried out. */
export interface WriteResult {
  /** The fields that the service keeps otherwise than it was sent. */
  readonly rewritten: readonly FieldDiff[];
  /** The name that a new resource got, where the service keeps back the planned one. */
  readonly renamedTo?: string;
  /** True if a resource was made under the name in the moment before it was written, and is overwritten. */
  readonly wroteOver?: boolean;
}

const nothing: WriteResult = { rewritten: [] };

/**
 * Carries one change out: first the metadata, then the resource, so that a run which stops in between leaves a resource that
 * is known as ours in either state. The etag of the plan goes along, so that an edit made since then is never overwritten.
 * Where the service keeps other values than it was sent, the metadata is written once more, to remember that.
 */
export async function writeChange(change: WriteChange, store: ContentStore): Promise<WriteResult> {
  switch (change.action) {
    case 'create':
      return await createResource(change, store);
    case 'update':
      if (change.fields.length > 0) {
        const { rewritten } = await writeResource(change, store);
        return { rewritten };
      }
      await putMetadata(change, store);
      return nothing;
    case 'disable':
      // What the service keeps of the other fields is as it was: it is not to be remembered as ours.
      await putMetadata(change, store);
      if (change.fields.length === 0) return nothing;
      await store.put(change.kind, change.name, change.body, etagOf(change));
      return nothing;
    case 'replace': {
      const result = await createResource(change, store);
      await remove(change.kind, change.replaces, store);
      return result;
    }
    case 'delete':
      await remove(change.kind, change, store);
      return nothing;
    case 'forget':
      await forget(change, store);
      return nothing;
  }
}

/** A look just before keeps what was made since the plan, or fell between two pages of a list, from losing its metadata. */
async function forget({ kind, name, metadata }: Forget, store: ContentStore): Promise<void> {
  if ((await store.get(kind, name)) === undefined) await store.delete('metadata', metadata.name);
  else throw new ToolError('service-conflict', `"${name}" is there by now, so its metadata is kept`);
}

async function putMetadata(
  { metadata }: Extract<WriteChange, { action: 'update' | 'disable' }>,
  store: ContentStore,
): Promise<void> {
  if (!metadata.isThere) await store.put('metadata', metadata.name, { ...metadata.body });
}

/**
 * The service has no conditional delete, so an alert rule is first disabled on the condition that it is as planned. The
 * metadata goes last: a run that stops in between leaves a resource that is still known as ours.
 */
async function remove(kind: Delete['kind'], removal: Removal, store: ContentStore): Promise<void> {
  const etag = removal.disabledBody === undefined ? removal.etag : await disable(removal, store);
  await store.delete(kind, removal.name, etagOf({ etag }));
  await store.delete('metadata', removal.metadata.name);
}

/** @returns the etag that the alert rule has now; the planned one if the service refuses to write it as it is */
async function disable(
  { name, etag, disabledBody }: Removal,
  store: ContentStore,
): Promise<string | undefined> {
  try {
    return (await store.put('alertRule', name, { ...disabledBody }, etagOf({ etag }))).etag;
  } catch (error) {
    if (error instanceof ToolError && error.code === 'service-error') return etag;
    throw error;
  }
}

function etagOf({ etag }: { readonly etag?: string | undefined }): { readonly etag?: string } {
  return etag === undefined ? {} : { etag };
}

/** Says why a change failed, and what to do about it. */
export function describeFailure(change: WriteChange, error: unknown): string {
  if (!(error instanceof ToolError)) return `unexpected error: ${String(error)}`;
  const reason = error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
  if (error.code !== 'service-conflict') return reason;
  return change.action !== 'create'
    ? `changed in the workspace since the plan, so it was left as it is; plan again (${reason})`
    : `the workspace has one of this name by now, which was left as it is; plan again (${reason})`;
}

/** True if every further change would fail in the same way, so that there is no use in trying. */
export function stopsTheRun(error: unknown): boolean {
  return (
    error instanceof ToolError &&
    (error.code === 'authentication-failed' || error.code === 'authorization-failed')
  );
}
