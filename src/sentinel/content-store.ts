import type { JsonObject } from '../core/json.ts';
import type { LiveResource, ReadOnlyKind, ResourceKind } from './resource.ts';
import type { Traffic } from './traffic.ts';

export interface PutOptions {
  /** The etag that the body was planned against: the service refuses the write if the resource has changed since. */
  readonly etag?: string;
  readonly signal?: AbortSignal;
}

/** What the service answered to a write. */
export interface PutAnswer extends LiveResource {
  /**
   * True if the service says that it wrote over a resource where the caller meant to make one. Left out where it does not say: of
   * saved searches and metadata, of a write with an etag, and of one that had to be repeated.
   */
  readonly wroteOver?: true;
}

/** What a workspace says of itself. */
export interface WorkspaceFacts {
  /** The workspace's own GUID, which queries and `workspaceId` of kustodian.yaml name it by. */
  readonly customerId: string;
}

/**
 * The port to one workspace: all that plan/ and deploy/ know of Azure. Failures are ToolErrors that carry the service's
 * own code, message and correlation id (`authentication-failed`, `authorization-failed`, `service-conflict`, `service-error`, …).
 */
export interface ContentStore {
  /** ARM id of the workspace, for building `parentId`s. */
  readonly workspaceId: string;
  /** Every resource of a kind, all pages. A failure rejects: it is never an empty list. */
  list(kind: ResourceKind | ReadOnlyKind, signal?: AbortSignal): Promise<readonly LiveResource[]>;
  /** The actions of an alert rule; none if there is no such rule. */
  listActions(ruleName: string, signal?: AbortSignal): Promise<readonly LiveResource[]>;
  /** One resource as it is now; undefined if there is none. For single looks: a plan reads lists. */
  get(kind: ResourceKind, name: string, signal?: AbortSignal): Promise<LiveResource | undefined>;
  readWorkspace(signal?: AbortSignal): Promise<WorkspaceFacts>;
  /** Creates or replaces. `body` is sent whole; nothing is dropped or added but the etag. */
  put(kind: ResourceKind, name: string, body: JsonObject, options?: PutOptions): Promise<PutAnswer>;
  /** Deletes; deleting what is not there is no error. */
  delete(kind: ResourceKind, name: string, options?: PutOptions): Promise<void>;
  /** What was sent so far; absent where nothing is counted. */
  readonly traffic?: () => Traffic;
}
