import { ToolError } from '../core/tool-error.ts';
import { checkSources, newQueries, type QuerySources, type WorkspaceSources } from '../plan/check-sources.ts';
import type { Change, Plan } from '../plan/plan.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import type { ReadOnlyKind } from '../sentinel/resource.ts';

/** Says what a query reads; undefined for one that reads nothing that might be missing. `isThere` tells of a table. */
export type InspectQuery = (query: string, isThere: (table: string) => boolean) => QuerySources | undefined;

/** Every Log Analytics workspace has these tables: a list without them does not tell what is missing. */
const always = ['usage', 'operation'];

/**
 * Checks the queries that the service is about to see for the first time against the tables and watchlists of the workspace. A plan
 * without such queries sends no request; where the lists are out of reach, a warning says that nothing was checked.
 */
export async function checkQueries(
  plan: Plan,
  store: ContentStore,
  inspect: InspectQuery,
  signal: AbortSignal | undefined,
): Promise<Plan> {
  const queries = newQueries(plan);
  if (queries.length === 0) return plan;
  const tables = await listNames(store, 'table', signal);
  if ('problem' in tables) return warn(plan, tables.problem);
  const isTelling = always.every((name) => tables.names.has(name));
  const isThere = (table: string): boolean => !isTelling || tables.names.has(table.toLowerCase());
  const sources = new Map<Change, QuerySources>();
  for (const { change, query } of queries) {
    const found = inspect(query, isThere);
    if (found !== undefined) sources.set(change, found);
  }
  const readsWatchlists = [...sources.values()].some(({ watchlists }) => watchlists.length > 0);
  const watchlists = readsWatchlists ? await listNames(store, 'watchlist', signal) : undefined;
  const has: WorkspaceSources = {
    tables: isTelling ? tables.names : undefined,
    watchlists: watchlists !== undefined && 'names' in watchlists ? watchlists.names : undefined,
  };
  const checked = checkSources(plan, has, sources);
  return watchlists !== undefined && 'problem' in watchlists ? warn(checked, watchlists.problem) : checked;
}

/** What must not be read here is no reason to stop: it is only looked at to save a refusal. */
async function listNames(
  store: ContentStore,
  kind: ReadOnlyKind,
  signal: AbortSignal | undefined,
): Promise<{ readonly names: ReadonlySet<string> } | { readonly problem: string }> {
  try {
    const resources = await store.list(kind, signal);
    return { names: new Set(resources.map(({ name }) => name.toLowerCase())) };
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== 'authorization-failed') throw error;
    return { problem: error.message };
  }
}

function warn(plan: Plan, problem: string): Plan {
  const message = `queries were not checked against what the workspace has: ${problem}`;
  return { ...plan, warnings: [...plan.warnings, { message }] };
}
