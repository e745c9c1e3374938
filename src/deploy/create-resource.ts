import { ToolError } from '../core/tool-error.ts';
import { deriveName } from '../plan/derive-name.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import { metadataName, toResourceId } from '../sentinel/metadata.ts';
import type { WriteResult } from './write-change.ts';
import { writeResource, type ResourceWrite } from './write-resource.ts';

/** Names that are tried. A detection that was deleted more often within a day is left for the next one. */
const mostNames = 5;

/**
 * Makes a resource that the workspace does not have. The service has no conditional create: a look just before the write
 * keeps what another made since the plan from being overwritten, but for a moment; what is overwritten in that moment is told. Where the service keeps a name back, since
 * an alert rule of that name was deleted lately, the next name is derived from it; the metadata keeps the detection's identity.
 */
export async function createResource(planned: ResourceWrite, store: ContentStore): Promise<WriteResult> {
  for (let write = planned, tried = 1; ; tried++) {
    const isPlanned = write === planned;
    if ((await store.get(write.kind, write.name)) !== undefined) {
      if (isPlanned || tried === mostNames) throw takenSince(write);
    } else {
      try {
        const result = await writeResource(write, store);
        return isPlanned ? result : { ...result, renamedTo: write.name };
      } catch (error) {
        if (!isHeldBack(error) || tried === mostNames) throw error;
        // Of a name that is kept back, nothing shall remain: its metadata would mark no resource.
        await store.delete('metadata', write.metadata.name);
      }
    }
    write = renameTo(deriveName(write.name), write, store);
  }
}

function takenSince({ kind, name }: ResourceWrite): ToolError {
  const what = kind === 'alertRule' ? 'alert rule' : 'saved search';
  return new ToolError('service-conflict', `${what} "${name}" was made since the plan`);
}

function isHeldBack(error: unknown): boolean {
  return error instanceof ToolError && error.code === 'name-held-back';
}

function renameTo(name: string, { kind, body, metadata }: ResourceWrite, store: ContentStore): ResourceWrite {
  const { properties } = metadata.body;
  const parentId = toResourceId(store.workspaceId, kind, name);
  return {
    kind,
    name,
    body,
    metadata: {
      name: metadataName(kind, name),
      body: { properties: { ...properties, parentId } },
      isThere: false,
    },
  };
}
