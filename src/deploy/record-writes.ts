import type { ContentStore } from '../sentinel/content-store.ts';
import type { LiveResource, ResourceKind } from '../sentinel/resource.ts';

/** A resource as the service answered the last write to it; `live` is undefined after a delete. */
export interface Written {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly live: LiveResource | undefined;
}

/** The same store, with a memory of what was written through it: for each resource the last write that was answered. */
export function recordWrites(store: ContentStore): {
  readonly store: ContentStore;
  readonly written: () => readonly Written[];
} {
  const written = new Map<string, Written>();
  const remember = (kind: ResourceKind, name: string, live: LiveResource | undefined): void => {
    written.set(`${kind} ${name.toLowerCase()}`, { kind, name, live });
  };
  return {
    written: () => [...written.values()],
    store: {
      workspaceId: store.workspaceId,
      list: (kind, signal) => store.list(kind, signal),
      listActions: (ruleName, signal) => store.listActions(ruleName, signal),
      get: (kind, name, signal) => store.get(kind, name, signal),
      readWorkspace: (signal) => store.readWorkspace(signal),
      async put(kind, name, body, options) {
        const live = await store.put(kind, name, body, options);
        remember(kind, name, live);
        return live;
      },
      async delete(kind, name, options) {
        await store.delete(kind, name, options);
        remember(kind, name, undefined);
      },
    },
  };
}
