import { createHash } from 'node:crypto';
import type { DesiredResource, DetectionRef } from './desired-resource.ts';
import { resourceNameLength } from './names.ts';
import type { Metadata } from './resource.ts';

/** What a metadata resource is built from. */
export interface MetadataSubject {
  /** The owner id of kustodian.yaml. */
  readonly owner: string;
  readonly kind: DesiredResource['kind'];
  /** ARM id of the resource that the metadata describes (see toResourceId), or an expression that gives it. */
  readonly parentId: string;
  readonly detection: DetectionRef;
}

/** The name under which we keep the metadata of a resource. A long name ends in a digest instead. */
export function metadataName(kind: DesiredResource['kind'], resourceName: string): string {
  const name = `kustodian-${kind}-${resourceName}`;
  if (name.length <= resourceNameLength) return name;
  const digest = createHash('sha256').update(name.toLowerCase()).digest('hex').slice(0, 16);
  return `${name.slice(0, resourceNameLength - digest.length - 1)}-${digest}`;
}

/** The body that says: this resource comes from that detection of this repository. */
export function buildMetadata({ owner, kind, parentId, detection }: MetadataSubject): Metadata {
  return {
    properties: {
      contentId: detection.id,
      parentId,
      kind: kind === 'alertRule' ? 'AnalyticsRule' : 'HuntingQuery',
      ...(detection.version === undefined ? {} : { version: detection.version }),
      source: { kind: 'SourceRepository', name: owner, sourceId: owner },
    },
  };
}

/** ARM id of a resource in a workspace. */
export function toResourceId(workspaceId: string, kind: DesiredResource['kind'], name: string): string {
  const route = kind === 'alertRule' ? 'providers/Microsoft.SecurityInsights/alertRules' : 'savedSearches';
  return `${workspaceId}/${route}/${name}`;
}
