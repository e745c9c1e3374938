import { createHash } from 'node:crypto';
import { stableStringify, type JsonObject } from '../core/json.ts';
import type { LiveResource } from '../sentinel/resource.ts';
import { canonicalForm } from './canonical-form.ts';
import type { LiveWorkspace } from './live-workspace.ts';
import type { Basis, ManagedKind, Plan, Removal, WriteChange } from './plan.ts';
import { isWrite } from './summarise-plan.ts';

/** Gives what a change of a resource relies on, as the workspace holds it. */
export type BasisReader = (kind: ManagedKind, name: string, metadataName: string) => Basis;

/** Reads from one look at a workspace. */
export function createBasisReader(live: LiveWorkspace): BasisReader {
  const resources = {
    alertRule: byName(live.alertRules),
    savedSearch: byName(live.savedSearches),
  };
  const metadata = byName(live.metadata);
  return (kind, name, metadataName) => {
    const resource = resources[kind].get(name.toLowerCase());
    const marker = metadata.get(metadataName.toLowerCase());
    return {
      ...(resource === undefined ? {} : { resource: fingerprintResource(kind, resource) }),
      ...(marker === undefined ? {} : { metadata: fingerprint({ properties: marker.body['properties'] }) }),
    };
  };
}

/**
 * The changes of a plan that were made for another state of the workspace than the one given: the resource or its metadata
 * was written, made or deleted since.
 */
export function findOutdated(plan: Plan, live: LiveWorkspace): readonly WriteChange[] {
  const read = createBasisReader(live);
  return plan.changes.filter(isWrite).filter((change) =>
    claimsOf(change).some(({ name, metadata, basis }) => {
      const now = read(change.kind, name, metadata.name);
      return now.resource !== basis.resource || now.metadata !== basis.metadata;
    }),
  );
}

/** The resources that a change writes to, with what it relies on. */
function claimsOf(change: WriteChange): readonly Pick<Removal, 'name' | 'metadata' | 'basis'>[] {
  return change.action === 'replace' ? [change, change.replaces] : [change];
}

function byName(resources: readonly LiveResource[]): ReadonlyMap<string, LiveResource> {
  return new Map(resources.map((resource) => [resource.name.toLowerCase(), resource]));
}

/** With the etag, which changes at every write; and with the values, for where there is none. */
function fingerprintResource(kind: ManagedKind, { etag, body }: LiveResource): string {
  return fingerprint({ etag, form: canonicalForm(kind, body) });
}

function fingerprint(value: JsonObject): string {
  return createHash('sha256').update(stableStringify(value)).digest('hex').slice(0, 32);
}
