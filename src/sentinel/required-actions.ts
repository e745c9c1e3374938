/** What an identity is for: `plan` reads (drift too), `deploy` writes as well (rollback and disable too). */
export type Purpose = 'plan' | 'deploy';

/** The purposes, the one that needs less first. */
export const purposes: readonly Purpose[] = Object.freeze(['plan', 'deploy']);

/** An action of Azure's role-based access control that Kustodian takes on a workspace, and what for. */
export interface RequiredAction {
  readonly action: string;
  /** The least purpose that needs it. */
  readonly purpose: Purpose;
  readonly why: string;
}

/**
 * Every action that is taken, and no other: the least that a role must allow. Source: the types of the requests that are sent;
 * Azure names the action of a request after its type and method.
 */
export const requiredActions: readonly RequiredAction[] = Object.freeze([
  read('Microsoft.OperationalInsights/workspaces/read', 'is the workspace the one that is meant'),
  read('Microsoft.OperationalInsights/workspaces/savedSearches/read', 'hunting queries as they are'),
  read('Microsoft.OperationalInsights/workspaces/tables/read', 'does a table exist that a query reads'),
  read('Microsoft.SecurityInsights/alertRules/read', 'alert rules as they are'),
  read('Microsoft.SecurityInsights/alertRules/actions/read', 'what an alert rule starts that is to go'),
  read('Microsoft.SecurityInsights/automationRules/read', 'what points at an alert rule that is to go'),
  read('Microsoft.SecurityInsights/metadata/read', 'whose a resource is, and what was applied'),
  read('Microsoft.SecurityInsights/onboardingStates/read', 'doctor: is Microsoft Sentinel enabled'),
  read('Microsoft.SecurityInsights/watchlists/read', 'does a watchlist exist that a query reads'),
  read('Microsoft.Authorization/permissions/read', 'doctor: what the identity may do'),
  write('Microsoft.OperationalInsights/workspaces/savedSearches/write', 'make and change hunting queries'),
  write(
    'Microsoft.OperationalInsights/workspaces/savedSearches/delete',
    'delete them, with --prune or a rollback',
  ),
  write('Microsoft.SecurityInsights/alertRules/write', 'make, change and disable alert rules'),
  write('Microsoft.SecurityInsights/alertRules/delete', 'delete them, with --prune, a replace or a rollback'),
  write('Microsoft.SecurityInsights/metadata/write', 'remember whose a resource is, and what was applied'),
  write('Microsoft.SecurityInsights/metadata/delete', 'forget a resource that was deleted'),
]);

/** The actions that an identity needs for a purpose. */
export function actionsFor(purpose: Purpose): readonly RequiredAction[] {
  return requiredActions.filter((each) => purpose === 'deploy' || each.purpose === 'plan');
}

function read(action: string, why: string): RequiredAction {
  return { action, purpose: 'plan', why };
}

function write(action: string, why: string): RequiredAction {
  return { action, purpose: 'deploy', why };
}
