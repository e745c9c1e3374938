import { actions } from './alert-rules/actions.ts';
import { alertRules } from './alert-rules/alert-rules.ts';
import { operationalInsightsVersions, securityInsightsVersions } from './api-versions.ts';
import type { ArmPath } from './arm-path.ts';
import { armError } from './arm-error.ts';
import type { OperationContext, Operations, Reply, WorkspaceContext } from './operation.ts';
import { operationResults, operationStatuses } from './resources/async-operations.ts';
import { automationRules } from './resources/automation-rules.ts';
import { metadata } from './resources/metadata.ts';
import { notOnboarded, onboardingStates } from './resources/onboarding-states.ts';
import { permissions, providerRegistration } from './resources/permissions.ts';
import { resourceGroups, subscriptions } from './resources/resource-groups.ts';
import { savedSearches } from './resources/saved-searches.ts';
import { tables } from './resources/tables.ts';
import { watchlistItems } from './resources/watchlist-items.ts';
import { watchlists, watchlistStatuses } from './resources/watchlists.ts';
import {
  deploymentOperations,
  deployments,
  deploymentStatuses,
  deploymentValidation,
} from './deployments/deployments.ts';
import { findWorkspace, workspaceNotFound, workspaces } from './resources/workspaces.ts';

/** The providers that answer here. They differ in their headers. */
export type Provider =
  | 'Microsoft.SecurityInsights'
  | 'Microsoft.OperationalInsights'
  | 'Microsoft.Resources'
  | 'Microsoft.Authorization';

/** A type of resource: where it is, in which api-versions, and what can be done with it. */
export interface Route {
  readonly provider: Provider;
  /** Types of the provider's stretch of the path, in canonical casing. */
  readonly types: readonly string[];
  /** Undefined if any will do. */
  readonly apiVersions: readonly string[] | undefined;
  readonly operations: Operations<OperationContext>;
  /** The throttle that writes count against; `writes` by default. */
  readonly writeCounter?: 'resource-requests';
  /** The action that a role must allow; named after types and method where it is not given. */
  readonly action?: string;
}

const onSubscription = resources(['subscriptions'], subscriptions);
const onResourceGroup = resources(['subscriptions', 'resourceGroups'], resourceGroups);

/** Every type of resource that the emulator has. */
export const routes: readonly Route[] = Object.freeze([
  resources(['deployments'], deployments),
  resources(['deployments', 'validate'], deploymentValidation),
  resources(['deployments', 'operations'], deploymentOperations),
  resources(['deployments', 'operationStatuses'], deploymentStatuses),
  ...(['Microsoft.SecurityInsights', 'Microsoft.OperationalInsights'] as const).map(registration),
  {
    provider: 'Microsoft.Authorization',
    types: ['permissions'],
    apiVersions: undefined,
    operations: belowWorkspace(permissions),
  },
  operationalInsights(['workspaces'], workspaces),
  operationalInsights(['workspaces', 'savedSearches'], belowWorkspace(savedSearches)),
  operationalInsights(['workspaces', 'tables'], belowWorkspace(tables)),
  operationalInsights(['workspaces', 'tables', 'operationresults'], belowWorkspace(operationResults)),
  operationalInsights(['locations', 'operationstatuses'], operationStatuses),
  {
    ...securityInsights(['onboardingStates'], belowWorkspace(onboardingStates)),
    writeCounter: 'resource-requests',
  },
  securityInsights(['alertRules'], inSentinel(alertRules)),
  { ...securityInsights(['alertRules', 'actions'], inSentinel(actions)), writeCounter: 'resource-requests' },
  securityInsights(['automationRules'], inSentinel(automationRules)),
  securityInsights(['metadata'], inSentinel(metadata)),
  securityInsights(['watchlists'], inSentinel(watchlists)),
  securityInsights(['watchlists', 'watchlistItems'], inSentinel(watchlistItems)),
  securityInsights(['watchlists', 'watchlistStatuses'], inSentinel(watchlistStatuses)),
]);

/** The route of a path; undefined if there is no such type. Namespaces and types compare without case. */
export function findRoute({ providers, resourceGroup, subscriptionId }: ArmPath): Route | undefined {
  const last = providers.at(-1);
  if (last === undefined) {
    if (resourceGroup !== undefined) return onResourceGroup;
    return subscriptionId === undefined ? undefined : onSubscription;
  }
  const wanted = [last.namespace, ...last.types].join('/').toLowerCase();
  return routes.find(({ provider, types }) => [provider, ...types].join('/').toLowerCase() === wanted);
}

/** Answers a request whose api-version is known to fit. */
export function operate(route: Route, method: string, context: OperationContext): Reply | Promise<Reply> {
  const { names = [], types = [] } = context.path.providers.at(-1) ?? {};
  const { get, head = get, list, put, patch, post, delete: remove } = route.operations;
  const isResource = names.length === types.length;
  const operation = isResource
    ? { GET: get, HEAD: head, PUT: put, PATCH: patch, DELETE: remove }[method]
    : { GET: list, POST: post }[method];
  return operation === undefined
    ? armError(405, 'HttpMethodNotSupported', `The HTTP method '${method}' is not supported at this path.`)
    : operation(context);
}

function resources(types: readonly string[], operations: Operations<OperationContext>): Route {
  return { provider: 'Microsoft.Resources', types, apiVersions: undefined, operations };
}

/** The provider itself, below a subscription. */
function registration(provider: Provider): Route {
  return {
    provider,
    types: [],
    apiVersions: undefined,
    operations: providerRegistration(provider),
    action: 'Microsoft.Resources/subscriptions/providers/read',
  };
}

function operationalInsights(types: readonly string[], operations: Operations<OperationContext>): Route {
  return {
    provider: 'Microsoft.OperationalInsights',
    types,
    apiVersions: operationalInsightsVersions,
    operations,
  };
}

function securityInsights(types: readonly string[], operations: Operations<OperationContext>): Route {
  return { provider: 'Microsoft.SecurityInsights', types, apiVersions: securityInsightsVersions, operations };
}

/** Looks the workspace up first: below one that does not exist there is nothing. */
function belowWorkspace(operations: Operations<WorkspaceContext>): Operations<OperationContext> {
  return mapOperations(operations, (operation) => (context) => {
    const [first] = context.path.providers;
    const name = first?.names[0] ?? '';
    const workspace = findWorkspace(context, name);
    return workspace === undefined ? workspaceNotFound(context, name) : operation({ ...context, workspace });
  });
}

/** The same for what needs Microsoft Sentinel on the workspace. */
function inSentinel(operations: Operations<WorkspaceContext>): Operations<OperationContext> {
  return belowWorkspace(
    mapOperations(
      operations,
      (operation) => (context) =>
        context.workspace.onboardedAt === undefined ? notOnboarded(context.workspace) : operation(context),
    ),
  );
}

type OperationOf<Context> = NonNullable<Operations<Context>['get']>;

function mapOperations<From, To>(
  operations: Operations<From>,
  map: (operation: OperationOf<From>) => OperationOf<To>,
): Operations<To> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]: [string, OperationOf<From>]) => [
      name,
      map(operation),
    ]),
  );
}
