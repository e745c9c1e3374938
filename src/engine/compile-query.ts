import type { QueryTree } from '../kql/query-node.ts';
import { compileStatements } from './compile-statements.ts';
import { runTable } from './late-table.ts';
import { refuseUnread } from './refuse-unread.ts';
import { evaluateConstant, UnsupportedError } from './scope.ts';
import type { RunTrace, Trace } from './trace.ts';
import type {
  Binding,
  Compilation,
  PlanFlag,
  RowSet,
  Run,
  RunInput,
  Scope,
  UnsupportedConstruct,
} from './scope.ts';

/** A query, ready to be run over any rows. */
export interface QueryPlan {
  readonly result: Binding;
  /** What readers of the rows should know. */
  readonly flags: readonly PlanFlag[];
  /** True if rows must remember when they came in. */
  readonly asksIngestion: boolean;
  /** Of the query's text, in UTF-16 units. */
  readonly length: number;
}

/** A plan, or what of the query the engine does not know. */
export type CompiledQuery =
  { readonly plan: QueryPlan } | { readonly unsupported: readonly UnsupportedConstruct[] };

/**
 * Compiles a bound query to closures. What the engine does not know is returned; it never guesses.
 *
 * @param trace gathers the steps, for traceQuery; without it a plan has nothing to tell
 */
export function compileQuery(tree: QueryTree, trace?: Trace): CompiledQuery {
  const compilation: Compilation = {
    tree,
    flags: [],
    asksIngestion: false,
    randomParts: 0,
    named: new Map(),
    ...(trace ? { trace } : {}),
  };
  const scope: Scope = { columns: [], bindings: new Map(), compilation };
  const { length } = tree.root;
  try {
    const result = compileStatements(tree.root.list('Statements'), undefined, scope);
    refuseUnread(tree.root, scope);
    const { flags, asksIngestion } = compilation;
    const nothing: Binding = { kind: 'table', table: { columns: [], rows: () => [] } };
    return { plan: { result: result ?? nothing, flags, asksIngestion, length } };
  } catch (error) {
    return { unsupported: [toRefusal(error, length).unsupported] };
  }
}

/**
 * Runs a plan. Throws UnsupportedError where a fixture is missing, where columns turn out at this point only and something on
 * them is not known, and where the engine itself breaks.
 */
export function runQuery(plan: QueryPlan, input: RunInput, trace?: RunTrace): RowSet {
  const ingested = plan.asksIngestion ? { ingested: new WeakMap() } : {};
  const run: Run = { input, memo: new Map(), key: {}, ...ingested, ...(trace ? { trace } : {}) };
  const { result } = plan;
  try {
    if (result.kind === 'table') return runTable(result.table, run);
    const value = result.kind === 'scalar' ? evaluateConstant(result.scalar, run) : null;
    return { columns: [{ name: 'print_0', type: 'unknown' }], rows: [[value]] };
  } catch (error) {
    throw toRefusal(error, plan.length);
  }
}

/** A failure of the engine is no reason to stop the tool: it is a finding about the query. */
function toRefusal(error: unknown, length: number): UnsupportedError {
  if (error instanceof UnsupportedError) return error;
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new UnsupportedError({
    code: 'kql/engine-failure',
    severity: 'error',
    message: `the engine broke over this query: ${reason.split('\n', 1)[0] ?? ''}`,
    construct: 'the query',
    start: 0,
    length,
  });
}
