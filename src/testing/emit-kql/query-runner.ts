import { compileQuery, runQuery } from '../../engine/compile-query.ts';
import { UnsupportedError, type RowSet } from '../../engine/scope.ts';
import type { Datetime } from '../../engine/value.ts';
import { analyseQuery } from '../../kql/bind-query.ts';
import { emptySchema } from '../../kql/schemas/workspace-schema.ts';

/** The rows of a query, or why there are none. */
export type QueryAnswer = { readonly rows: RowSet } | { readonly problem: QueryProblem };

/** What is wrong with a query. `unknownColumns`: names that nothing in the query declares. */
export interface QueryProblem {
  readonly message: string;
  readonly unknownColumns: readonly string[];
}

/**
 * Something that runs a query which needs no table: the engine of this process, or a workspace. What a scenario is emitted for
 * gives the same rows from any of them.
 */
export interface QueryRunner {
  run(query: string): Promise<QueryAnswer>;
}

/**
 * Runs queries by the engine in a workspace that has nothing: no table, function or watchlist.
 *
 * @param now what its clock shows, which must make no difference
 */
export function createEngineRunner(now: Datetime): QueryRunner {
  return { run: (query) => Promise.resolve(runInEngine(query, now)) };
}

function runInEngine(query: string, now: Datetime): QueryAnswer {
  const { bound, tree } = analyseQuery(query, emptySchema);
  const errors = bound.diagnostics.filter(({ severity }) => severity === 'error');
  const unknownColumns = errors.flatMap(({ code, name }) =>
    code === 'kql/unknown-column' && name !== undefined ? [name] : [],
  );
  if (tree === undefined || errors.length > 0) {
    return { problem: { message: errors[0]?.message ?? 'the query cannot be parsed', unknownColumns } };
  }
  const compiled = compileQuery(tree);
  if ('unsupported' in compiled)
    return { problem: { message: compiled.unsupported[0]?.message ?? 'it is refused', unknownColumns } };
  try {
    return { rows: runQuery(compiled.plan, { tables: new Map(), now }) };
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    return { problem: { message: error.message, unknownColumns } };
  }
}
