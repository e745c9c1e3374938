import { abortTheRest } from '../core/abort-the-rest.ts';
import { mapBounded } from '../core/map-bounded.ts';
import { compareChanges } from '../plan/compare-changes.ts';
import type { LiveWorkspace } from '../plan/live-workspace.ts';
import { preflight, type EnabledLimits } from '../plan/preflight.ts';
import { addPointings, pointingsAt, removedAlertRules, type PointingSources } from '../plan/pointings.ts';
import type { Change, Plan } from '../plan/plan.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import { checkQueries, type InspectQuery } from './read-sources.ts';

/** What is known of the workspace besides its resources. */
export interface PreflightOptions {
  readonly live: LiveWorkspace;
  readonly limits: EnabledLimits;
  /** Queries are not looked at without it. */
  readonly inspect?: InspectQuery;
}

/** How a plan is completed. */
export interface CompletionOptions {
  /** Take in that automation rules and actions may point at nothing afterwards. */
  readonly allowBrokenAutomation: boolean;
  /** What is checked before the service is asked; nothing, if it is left out. */
  readonly preflight?: PreflightOptions | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Actions that are listed at a time. */
const concurrency = 8;

/**
 * Looks up what a plan that was made from lists alone cannot know: what points at the alert rules that it takes away, and whether the
 * service would refuse what it makes. A plan that does neither sends no request.
 */
export async function completePlan(
  plan: Plan,
  store: ContentStore,
  { allowBrokenAutomation, preflight: checks, signal }: CompletionOptions,
): Promise<Plan> {
  const sources = await readPointings(plan, store, signal);
  const pointed =
    sources === undefined ? plan : addPointings(plan, sources, { allowed: allowBrokenAutomation });
  if (checks === undefined) return inOrder(pointed);
  const { live, limits, inspect } = checks;
  const queried = inspect === undefined ? pointed : await checkQueries(pointed, store, inspect, signal);
  return inOrder(preflight(queried, live, limits));
}

/** A replace that is blocked goes by the name of what it would replace. */
function inOrder(plan: Plan): Plan {
  return { ...plan, changes: [...plan.changes].sort(compareChanges) };
}

/** The changes of a saved plan whose alert rules something points at by now that nobody saw when it was made. */
export async function findNewlyPointedAt(
  plan: Plan,
  store: ContentStore,
  signal?: AbortSignal,
): Promise<readonly Change[]> {
  const sources = await readPointings(plan, store, signal);
  if (sources === undefined) return [];
  return plan.changes.filter((change) => {
    const removal = change.action === 'replace' ? change.replaces : change;
    const seen = 'pointedAtBy' in removal ? (removal.pointedAtBy ?? []) : [];
    const names = new Set(seen.map(({ type, name }) => `${type}/${name}`));
    const isTaken = change.action === 'replace' || change.action === 'delete';
    return (
      isTaken && pointingsAt(removal.name, sources).some(({ type, name }) => !names.has(`${type}/${name}`))
    );
  });
}

async function readPointings(
  plan: Plan,
  store: ContentStore,
  signal: AbortSignal | undefined,
): Promise<PointingSources | undefined> {
  const names = removedAlertRules(plan);
  if (names.length === 0) return undefined;
  const [automationRules, actions] = await abortTheRest(signal, (shared) =>
    Promise.all([
      store.list('automationRule', shared),
      mapBounded(names, concurrency, async (name) => [name, await store.listActions(name, shared)] as const),
    ]),
  );
  return { automationRules, actions: new Map(actions) };
}
