import type { QueryNode } from '../kql/query-node.ts';
import { placeInQuery } from './scope.ts';
import type { EngineColumn, Run, RowSet, Scope, Table } from './scope.ts';
import type { Row } from './value.ts';

/** An operator of a query, or where its rows come from, wherever it stands: also in a `let`, a leg or a function. */
export interface TraceStep {
  /** Its text, as `where ResultType == 0` or `SigninLogs`. */
  readonly text: string;
  /** UTF-16 units of the query's text; within a function of the workspace, those of its call. */
  readonly start: number;
  readonly length: number;
  /** True of what reads rows from outside: a table, a watchlist, a file. */
  readonly isSource: boolean;
  /** True within a subquery that is run for each row, as of `mv-apply`: its rows are those of all runs. */
  readonly isRepeated: boolean;
}

/** The steps of a query, gathered while it is compiled with a trace. */
export interface Trace {
  readonly steps: Map<string, TraceStep>;
}

/** What one step gave. */
export interface StepRows extends RowSet {
  readonly step: TraceStep;
}

/** What the steps of one run gave, and which of them fed which. */
export interface RunTrace {
  readonly rows: Map<TraceStep, { columns: readonly EngineColumn[]; rows: readonly Row[] }>;
  /** From a step, or a table that is computed once, to what read its rows. */
  readonly readers: Map<object, Set<object>>;
  readonly stack: object[];
}

/** A trace of one run, to be filled. */
export function createRunTrace(): RunTrace {
  return { rows: new Map(), readers: new Map(), stack: [] };
}

/** Makes the table of an operator tell what it gives. Without a trace it stays as it is, so that a trace costs only who asks. */
export function traceTable(node: QueryNode, table: Table, scope: Scope, isSource = false): Table {
  const { trace } = scope.compilation;
  if (trace === undefined) return table;
  const step = stepOf(trace, node, scope, isSource);
  const observe = (run: Run): RowSet => {
    const result = within(
      run,
      step,
      () => table.late?.(run) ?? { columns: table.columns, rows: table.rows(run) },
    );
    if (run.trace) record(run.trace, step, result);
    return result;
  };
  return {
    columns: table.columns,
    rows: (run) => observe(run).rows,
    ...(table.late ? { late: observe } : {}),
  };
}

/** Computes the rows of something that reads the rows of steps, and notes who reads them. */
export function within<Result>({ trace }: Run, reader: object, compute: () => Result): Result {
  if (trace === undefined) return compute();
  noteReader(trace, reader);
  trace.stack.push(reader);
  try {
    return compute();
  } finally {
    trace.stack.pop();
  }
}

/** Notes that whatever is being computed reads the rows of a step, or of a table that is computed once. */
export function noteReader(trace: RunTrace, read: object): void {
  const reader = trace.stack.at(-1);
  if (reader === undefined) return;
  const readers = trace.readers.get(read) ?? new Set();
  trace.readers.set(read, readers.add(reader));
}

/** The compiler may come to a node again, at run time too: it is one step. */
function stepOf({ steps }: Trace, node: QueryNode, scope: Scope, isSource: boolean): TraceStep {
  const place = placeInQuery(scope, node);
  const key = JSON.stringify([scope.callSite?.start, scope.place, node.start, node.length, node.kind]);
  const known = steps.get(key);
  if (known) return known;
  const step: TraceStep = {
    text: node.text,
    ...place,
    isSource,
    isRepeated: scope.isRepeated === true,
  };
  steps.set(key, step);
  return step;
}

function record({ rows: all }: RunTrace, step: TraceStep, { columns, rows }: RowSet): void {
  const before = step.isRepeated ? all.get(step)?.rows : undefined;
  all.set(step, { columns, rows: before ? [...before, ...rows] : rows });
}
