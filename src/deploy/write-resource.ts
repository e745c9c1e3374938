import type { JsonObject } from '../core/json.ts';
import { formatAppliedState, hashFields, parseAppliedState, settleWrite } from '../plan/applied-state.ts';
import { diffFields } from '../plan/diff-fields.ts';
import type { FieldDiff, ManagedKind, MetadataWrite } from '../plan/plan.ts';
import type { ContentStore } from '../sentinel/content-store.ts';

/** A resource that is to have a body, and the metadata that is to mark it. */
export interface ResourceWrite {
  readonly kind: ManagedKind;
  readonly name: string;
  readonly body: JsonObject;
  /** The etag that the body was planned against; absent for a resource that is new. */
  readonly etag?: string;
  readonly metadata: MetadataWrite;
}

/** What came of a resource that was written. */
export interface ResourceResult {
  /** The fields that the service keeps otherwise than it was sent. */
  readonly rewritten: readonly FieldDiff[];
  /** True if there was another resource of that name, though there was none a moment before. */
  readonly wroteOver: boolean;
}

/**
 * Writes the metadata, then the resource, then, where the service keeps other values than it was sent, the metadata again.
 */
export async function writeResource(
  { kind, name, body, etag, metadata }: ResourceWrite,
  store: ContentStore,
): Promise<ResourceResult> {
  if (!metadata.isThere) await store.put('metadata', metadata.name, { ...metadata.body });
  const answer = await store.put(kind, name, body, etag === undefined ? {} : { etag });
  const wroteOver = answer.wroteOver === true;

  const announced = parseAppliedState(metadata.body.properties.customVersion);
  const settled = announced === undefined ? undefined : settleWrite(announced, hashFields(kind, answer.body));
  if (settled === undefined) return { rewritten: [], wroteOver };
  const customVersion = formatAppliedState(settled);
  const properties: JsonObject = { ...metadata.body.properties, customVersion };
  await store.put('metadata', metadata.name, { properties });
  return { rewritten: diffFields(kind, answer.body, body), wroteOver };
}
