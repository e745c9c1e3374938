import type { JsonObject } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';
import { formatAppliedState, hashFields, parseAppliedState, settleWrite } from '../plan/applied-state.ts';
import { diffFields } from '../plan/diff-fields.ts';
import type { Delete, FieldDiff, WriteChange } from '../plan/plan.ts';
import type { ContentStore } from '../sentinel/content-store.ts';

/**
 * Carries one change out: first the metadata, then the resource, so that a run which stops in between leaves a resource that
 * is known as ours in either state. The etag of the plan goes along, so that an edit made since then is never overwritten.
 * Where the service keeps other values than it was sent, the metadata is written once more, to remember that.
 *
 * @returns the fields that the service keeps otherwise
 */
export async function writeChange(change: WriteChange, store: ContentStore): Promise<readonly FieldDiff[]> {
  if (change.action === 'delete') {
    await deleteResource(change, store);
    return [];
  }
  const { kind, name, body, metadata } = change;
  if (!metadata.isThere) await store.put('metadata', metadata.name, { ...metadata.body });
  if (change.action === 'update' && change.fields.length === 0) return [];
  const etag = change.action === 'update' ? change.etag : undefined;
  const answer = await store.put(kind, name, body, etag === undefined ? {} : { etag });

  const announced = parseAppliedState(metadata.body.properties.customVersion);
  const settled = announced === undefined ? undefined : settleWrite(announced, hashFields(kind, answer.body));
  if (settled === undefined) return [];
  const customVersion = formatAppliedState(settled);
  const properties: JsonObject = { ...metadata.body.properties, customVersion };
  await store.put('metadata', metadata.name, { properties });
  return diffFields(kind, answer.body, body);
}

/**
 * The service has no conditional delete, so an alert rule is first disabled on the condition that it is as planned. The
 * metadata goes last: a run that stops in between leaves a resource that is still known as ours.
 */
async function deleteResource(change: Delete, store: ContentStore): Promise<void> {
  const { kind, name, metadata } = change;
  const etag = change.disabledBody === undefined ? change.etag : await disable(change, store);
  await store.delete(kind, name, etag === undefined ? {} : { etag });
  await store.delete('metadata', metadata.name);
}

/** @returns the etag that the alert rule has now; the planned one if the service refuses to write it as it is */
async function disable(
  { name, etag, disabledBody }: Delete,
  store: ContentStore,
): Promise<string | undefined> {
  try {
    const options = etag === undefined ? {} : { etag };
    return (await store.put('alertRule', name, { ...disabledBody }, options)).etag;
  } catch (error) {
    if (error instanceof ToolError && error.code === 'service-error') return etag;
    throw error;
  }
}

/** Says why a change failed, and what to do about it. */
export function describeFailure(change: WriteChange, error: unknown): string {
  if (!(error instanceof ToolError)) return `unexpected error: ${String(error)}`;
  const reason = error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
  if (error.code !== 'service-conflict') return reason;
  return change.action !== 'create'
    ? `changed in the workspace since the plan, so it was left as it is; plan again (${reason})`
    : `the workspace has it by now, or deleted it lately; plan again (${reason})`;
}

/** True if every further change would fail in the same way, so that there is no use in trying. */
export function stopsTheRun(error: unknown): boolean {
  return (
    error instanceof ToolError &&
    (error.code === 'authentication-failed' || error.code === 'authorization-failed')
  );
}
