import { diffFields } from '../plan/diff-fields.ts';
import { saysTheSame } from '../plan/metadata.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import type { LiveResource, Metadata, ResourceKind } from '../sentinel/resource.ts';
import type { Written } from './record-writes.ts';

/** Why what was written to a resource is not what the workspace shows; undefined if it is. */
export type Doubt = (written: Written) => string | undefined;

const nouns: Readonly<Record<ResourceKind, string>> = {
  alertRule: 'the alert rule',
  savedSearch: 'the hunting query',
  metadata: 'its metadata',
};

/**
 * Looks once more at everything that was written, with one list a kind, and compares it with what the service answered to the
 * writes. Where they differ, it looks a second time after a pause, since a list may lag behind. No single resource is read.
 *
 * @param pause between the two looks
 */
export async function verifyWrites(
  written: readonly Written[],
  store: ContentStore,
  pause: () => Promise<void>,
): Promise<Doubt> {
  const first = await look(written, store);
  const doubtful = written.filter((one) => first(one) !== undefined);
  if (doubtful.length === 0) return first;
  await pause();
  const second = await look(doubtful, store);
  return (one) => (doubtful.includes(one) ? second(one) : undefined);
}

async function look(written: readonly Written[], store: ContentStore): Promise<Doubt> {
  const kinds = [...new Set(written.map(({ kind }) => kind))];
  const lists = new Map(
    await Promise.all(kinds.map(async (kind) => [kind, await list(kind, store)] as const)),
  );
  return (one) => {
    const found = lists.get(one.kind);
    if (found === undefined || typeof found === 'string') return found;
    return compare(one, found.get(one.name.toLowerCase()));
  };
}

/** The resources of a kind by name in lower case, or why they could not be had. */
async function list(
  kind: ResourceKind,
  store: ContentStore,
): Promise<ReadonlyMap<string, LiveResource> | string> {
  try {
    const resources = await store.list(kind);
    return new Map(resources.map((resource) => [resource.name.toLowerCase(), resource]));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `written, but the look at the end failed: ${reason}`;
  }
}

function compare({ kind, live: answered }: Written, now: LiveResource | undefined): string | undefined {
  const noun = nouns[kind];
  if (answered === undefined)
    return now === undefined ? undefined : `${noun} was deleted, and is there again`;
  if (now === undefined) return `${noun} was written, and is not there any more`;
  if (answered.etag !== undefined && answered.etag === now.etag) return undefined;
  if (kind === 'metadata') {
    const wanted = answered.body as unknown as Metadata;
    return saysTheSame(now, wanted) ? undefined : 'its metadata was changed again since it was written';
  }
  const fields = diffFields(kind, now.body, answered.body).map(({ pointer }) => pointer);
  return fields.length === 0
    ? undefined
    : `${noun} was changed again since it was written: ${fields.join(', ')}; plan again`;
}
