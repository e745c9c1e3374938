/** One of the permissions that roles give, as Azure lists them: all that `actions` allow and `notActions` do not take back. */
export interface Permission {
  /** Patterns, in which `*` stands for anything: `Microsoft.SecurityInsights/*`. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** True if any of the permissions allows an action. What one takes back, another may still give. */
export function isAllowed(action: string, permissions: readonly Permission[]): boolean {
  return permissions.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => covers(pattern, action)) &&
      !notActions.some((pattern) => covers(pattern, action)),
  );
}

function covers(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(action);
}
