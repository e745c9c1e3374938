import type { JsonObject } from '../core/json.ts';
import type { LiveResource, ResourceKind } from './resource.ts';

export interface PutOptions {
  /** The etag that the body was planned against: the service refuses the write if the resource has changed since. */
  readonly etag?: string;
  readonly signal?: AbortSignal;
}

/**
 * The port to one workspace: all that plan/ and deploy/ know of Azure. Failures are ToolErrors that carry the service's
 * own code, message and correlation id (`authentication-failed`, `authorization-failed`, `service-conflict`, `service-error`, …).
 */
export interface ContentStore {
  /** ARM id of the workspace, for building `parentId`s. */
  readonly workspaceId: string;
  /** Every resource of a kind, all pages. A failure rejects: it is never an empty list. */
  list(kind: ResourceKind, signal?: AbortSignal): Promise<readonly LiveResource[]>;
  /** Creates or replaces. `body` is sent whole; nothing is dropped or added but the etag. */
  put(kind: ResourceKind, name: string, body: JsonObject, options?: PutOptions): Promise<LiveResource>;
  /** Deletes; deleting what is not there is no error. */
  delete(kind: ResourceKind, name: string, options?: PutOptions): Promise<void>;
}
