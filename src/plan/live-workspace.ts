import type { LiveResource } from '../sentinel/resource.ts';

/** All that a plan needs to know of a workspace: every resource of three kinds, as the service listed them. */
export interface LiveWorkspace {
  readonly alertRules: readonly LiveResource[];
  readonly savedSearches: readonly LiveResource[];
  readonly metadata: readonly LiveResource[];
}
