import type { QueryTree } from '../kql/query-node.ts';
import { compileQuery, runQuery } from './compile-query.ts';
import type { QueryPlan } from './compile-query.ts';
import type { RowSet, RunInput, UnsupportedConstruct } from './scope.ts';
import { createRunTrace } from './trace.ts';
import type { RunTrace, StepRows, Trace, TraceStep } from './trace.ts';

/** A plan whose runs tell what every operator gives. */
export interface TracedPlan {
  readonly plan: QueryPlan;
  readonly trace: Trace;
}

/** One run, operator by operator. */
export interface QueryTrace {
  readonly result: RowSet;
  /** In the order of the data: an operator comes after what it reads. Operators that were not run are left out. */
  readonly steps: readonly StepRows[];
  /** The operators that read what one gives, through names too. The last one of the query has none. */
  readonly readersOf: (step: TraceStep) => readonly TraceStep[];
}

/** Compiles a bound query so that its runs can be traced. */
export function compileTraced(
  tree: QueryTree,
): { readonly traced: TracedPlan } | { readonly unsupported: readonly UnsupportedConstruct[] } {
  const trace: Trace = { steps: new Map() };
  const compiled = compileQuery(tree, trace);
  return 'plan' in compiled ? { traced: { plan: compiled.plan, trace } } : compiled;
}

/** Runs a plan as runQuery does, and keeps what every operator gave. Throws UnsupportedError. */
export function traceQuery({ plan, trace }: TracedPlan, input: RunInput): QueryTrace {
  const run = createRunTrace();
  const result = runQuery(plan, input, run);
  const steps = [...trace.steps.values()].flatMap((step): StepRows[] => {
    const found = run.rows.get(step);
    return found ? [{ step, ...found }] : [];
  });
  return { result, steps, readersOf: (step) => findReaders(run, step) };
}

function findReaders(run: RunTrace, read: object): readonly TraceStep[] {
  const found = new Set<TraceStep>();
  const seen = new Set<object>();
  const visit = (object: object): void => {
    if (seen.has(object)) return;
    seen.add(object);
    for (const reader of run.readers.get(object) ?? []) {
      if (isStep(run, reader)) found.add(reader);
      else visit(reader);
    }
  };
  visit(read);
  return [...found];
}

function isStep({ rows }: RunTrace, object: object): object is TraceStep {
  return rows.has(object as TraceStep);
}
