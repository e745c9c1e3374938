import type { JsonObject } from '../core/json.ts';
import { buildMetadata, metadataName, toResourceId } from '../sentinel/metadata.ts';
import type { LiveResource, Metadata } from '../sentinel/resource.ts';
import {
  announcedState,
  announceWrite,
  formatAppliedState,
  hashFields,
  type AppliedFields,
  type RememberedHold,
} from './applied-state.ts';
import type { IndexedWorkspace } from './index-workspace.ts';
import { appliedFieldsOf, saysTheSame, sourceIdOf } from './metadata.ts';
import type { DesiredResource, DetectionRef, ManagedKind, MetadataWrite } from './plan.ts';

/** Whose metadata is planned, and where. */
export interface MetadataContext {
  readonly owner: string;
  readonly workspaceId: string;
  readonly commit?: string | undefined;
  /** A hold that the metadata is to remember. */
  readonly remember?: RememberedHold | undefined;
}

/** The metadata to write with a resource, or why it cannot be: somebody else's stands under our name. */
export type MetadataPlan =
  | { readonly type: 'write'; readonly write: MetadataWrite }
  | { readonly type: 'taken'; readonly reason: string };

/**
 * Plans the metadata that is written before a resource gets its desired body.
 *
 * @param live the resource as it is, if it is there
 * @param own the metadata of ours that marks it, if there is any
 */
export function planMetadata(
  { kind, name, detection, body }: DesiredResource,
  live: LiveResource | undefined,
  own: LiveResource | undefined,
  workspace: IndexedWorkspace,
  context: MetadataContext,
): MetadataPlan {
  const ourName = metadataName(kind, name);
  const current = own ?? workspace.metadataByName.get(ourName.toLowerCase());
  if (current !== undefined && sourceIdOf(current) !== context.owner) {
    return { type: 'taken', reason: metadataTakenReason(current, context.owner) };
  }
  const fields = announceWrite(
    own === undefined ? undefined : appliedFieldsOf(own, live),
    live === undefined ? undefined : hashFields(kind, live.body),
    hashFields(kind, { ...body } as JsonObject),
  );
  const { remember: hold } = context;
  const write = toWrite({ kind, name, detection, fields, etag: live?.etag, current, context, hold });
  return { type: 'write', write };
}

/** What a metadata resource is to say. */
export interface MetadataContent {
  readonly kind: ManagedKind;
  /** Name of the resource that it marks. */
  readonly name: string;
  readonly detection: DetectionRef;
  readonly fields: AppliedFields;
  /** The etag of the resource at the time. */
  readonly etag: string | undefined;
  /** The metadata resource as it is, if it is there. */
  readonly current: LiveResource | undefined;
  readonly context: MetadataContext;
  readonly hold?: RememberedHold | undefined;
}

/** The write of a metadata resource, and whether it is needed at all. */
export function toWrite(content: MetadataContent): MetadataWrite {
  const { kind, name, detection, fields, etag, current, hold } = content;
  const { owner, workspaceId, commit } = content.context;
  const parentId = toResourceId(workspaceId, kind, name);
  const { properties } = buildMetadata({ owner, kind, parentId, detection });
  const state = { ...announcedState(fields, { commit, etag }), ...(hold === undefined ? {} : { hold }) };
  const metadata: Metadata = { properties: { ...properties, customVersion: formatAppliedState(state) } };
  const isThere = current !== undefined && saysTheSame(current, metadata);
  return { name: current?.name ?? metadataName(kind, name), body: metadata, isThere };
}

function metadataTakenReason(metadata: LiveResource, owner: string): string {
  const source = sourceIdOf(metadata);
  const whose =
    source === undefined ? 'names no repository as its source' : `belongs to the owner "${source}"`;
  return (
    `the metadata resource "${metadata.name}" ${whose}, not to "${owner}"; deploy from that owner's repository, ` +
    'or delete that metadata resource'
  );
}
