import type { QueryTree } from '../kql/query-node.ts';
import { compileStatements } from './compile-statements.ts';
import { runTable } from './compile-table.ts';
import { evaluateConstant, UnsupportedError } from './scope.ts';
import type { Binding, RowSet, Run, RunInput, UnsupportedConstruct } from './scope.ts';

/** A query, ready to be run over any rows. */
export interface QueryPlan {
  readonly result: Binding;
}

/** A plan, or what of the query the engine does not know. */
export type CompiledQuery =
  { readonly plan: QueryPlan } | { readonly unsupported: readonly UnsupportedConstruct[] };

/** Compiles a bound query to closures. What the engine does not know is returned; it never guesses. */
export function compileQuery(tree: QueryTree): CompiledQuery {
  try {
    const result = compileStatements(tree.root.list('Statements'), undefined, {
      columns: [],
      bindings: new Map(),
    });
    return { plan: { result: result ?? { kind: 'table', table: { columns: [], rows: () => [] } } } };
  } catch (error) {
    if (error instanceof UnsupportedError) return { unsupported: [error.unsupported] };
    throw error;
  }
}

/**
 * Runs a plan. Throws UnsupportedError where an operator that the engine does not know works on columns that were not known
 * beforehand.
 */
export function runQuery(plan: QueryPlan, input: RunInput): RowSet {
  const run: Run = { input, memo: new Map() };
  const { result } = plan;
  if (result.kind === 'table') return runTable(result.table, run);
  const value = result.kind === 'scalar' ? evaluateConstant(result.scalar, run) : null;
  return { columns: [{ name: 'print_0', type: 'unknown' }], rows: [[value]] };
}
