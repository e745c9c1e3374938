import type { Change, Plan, Removal } from '../../src/plan/plan.ts';

/** What a plan says of one resource. */
export type Role =
  /** The resource that the change is about. */
  | { readonly type: 'target'; readonly change: Change }
  /** The resource that a replace takes the place of. */
  | { readonly type: 'replaced'; readonly change: Change; readonly removal: Removal }
  /** A resource that the plan does not name: the next name of one that the service keeps back. */
  | { readonly type: 'renamed'; readonly change: Change };

/**
 * What a plan says of a resource.
 *
 * @param contentId the detection that metadata of ours names for it
 */
export function roleOf(
  plan: Plan | undefined,
  collection: string,
  key: string,
  contentId?: string,
): Role | undefined {
  const changes = (plan?.changes ?? []).filter(({ kind }) => collectionOf(kind) === collection);
  const target = changes.find(({ name }) => name.toLowerCase() === key);
  if (target !== undefined) return { type: 'target', change: target };
  for (const change of changes) {
    if (change.action === 'replace' && change.replaces.name.toLowerCase() === key) {
      return { type: 'replaced', change, removal: change.replaces };
    }
  }
  const made = changes.find(
    (change) =>
      (change.action === 'create' || change.action === 'replace') && change.detection.id === contentId,
  );
  return made === undefined ? undefined : { type: 'renamed', change: made };
}

/** The change of a plan that is about a described detection. */
export function changeFor(plan: Plan, collection: string, detectionId: string): Change | undefined {
  return plan.changes.find(
    (change) =>
      collectionOf(change.kind) === collection &&
      change.detection?.id === detectionId &&
      !['delete', 'disable', 'orphan', 'forget'].includes(change.action),
  );
}

/** The collection that resources of a kind are in. */
export function collectionOf(kind: Change['kind']): 'alertRules' | 'savedSearches' {
  return kind === 'alertRule' ? 'alertRules' : 'savedSearches';
}
