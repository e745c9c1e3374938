import { isJsonObject } from '../core/json.ts';
import { block, isMaking, type Making } from './preflight.ts';
import type { Change, Plan, PlanWarning } from './plan.ts';

/** What a query reads. */
export interface QuerySources {
  readonly tables: readonly string[];
  /** Aliases. */
  readonly watchlists: readonly string[];
  /** True if the query takes it that a table may be missing: a fuzzy union. */
  readonly isFuzzy: boolean;
}

/** What a workspace has, in lower case; undefined for what it does not tell. */
export interface WorkspaceSources {
  readonly tables: ReadonlySet<string> | undefined;
  readonly watchlists: ReadonlySet<string> | undefined;
}

/** The changes of alert rules whose queries the service is about to run for the first time. Saved searches it does not run. */
export function newQueries(
  plan: Pick<Plan, 'changes'>,
): readonly { readonly change: Making; readonly query: string }[] {
  return plan.changes.flatMap((change) => {
    const query = isMaking(change) && change.kind === 'alertRule' ? queryOf(change) : undefined;
    return query === undefined || !isMaking(change) ? [] : [{ change, query }];
  });
}

/** An update that leaves the query alone is no news to the service. */
function queryOf(change: Making): string | undefined {
  if (change.action === 'update' && !change.fields.some(({ pointer }) => pointer === '/properties/query')) {
    return undefined;
  }
  const properties = isJsonObject(change.body['properties']) ? change.body['properties'] : {};
  return typeof properties['query'] === 'string' ? properties['query'] : undefined;
}

/**
 * Blocks alert rules whose query reads a table that the workspace does not have: the service runs a query before it takes it.
 * A watchlist that is missing is a warning, since the service is not known to refuse it.
 *
 * @param sourcesOf what the new query of a change reads
 */
export function checkSources(
  plan: Plan,
  has: WorkspaceSources,
  sourcesOf: ReadonlyMap<Change, QuerySources>,
): Plan {
  const warnings: PlanWarning[] = [];
  const changes = plan.changes.map((change): Change => {
    const reads = sourcesOf.get(change);
    if (reads === undefined || !isMaking(change)) return change;
    const { file } = change.detection;
    const warn = (message: string): void => {
      warnings.push({ message, ...(file === '' ? {} : { file }) });
    };
    for (const alias of missing(reads.watchlists, has.watchlists)) {
      warn(
        `the query reads the watchlist "${alias}", which the workspace does not have; create it, or correct the alias`,
      );
    }
    const [table] = missing(reads.tables, has.tables);
    if (table === undefined) return change;
    if (reads.isFuzzy) {
      warn(`the query reads the table "${table}", which the workspace does not have`);
      return change;
    }
    return block(
      change,
      `its query reads the table "${table}", which the workspace does not have, and the service refuses such a query; connect its ` +
        'data source or create the table, leave the detection out of the environment, or deploy with --no-preflight',
    );
  });
  return { ...plan, changes, warnings: [...plan.warnings, ...warnings] };
}

function missing(names: readonly string[], has: ReadonlySet<string> | undefined): readonly string[] {
  return has === undefined ? [] : names.filter((name) => !has.has(name.toLowerCase()));
}
