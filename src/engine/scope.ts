import type { NodeType, QueryNode } from '../kql/query-node.ts';
import type { Datetime, Row, Value } from './value.ts';

/** A column of rows. */
export interface EngineColumn {
  readonly name: string;
  readonly type: NodeType;
}

/** Rows with their columns. */
export interface RowSet {
  readonly columns: readonly EngineColumn[];
  readonly rows: readonly Row[];
}

/** What a query is run over. */
export interface RunInput {
  /** The tables by name; a table that is not there has no rows. */
  readonly tables: ReadonlyMap<string, RowSet>;
  /** What `now()` gives. */
  readonly now: Datetime;
}

/** One run of a query. `memo` keeps what is computed once a run. */
export interface Run {
  readonly input: RunInput;
  readonly memo: Map<object, unknown>;
}

/** Where a scalar is evaluated: a row among the rows of an operator. `state` is for functions that look at other rows. */
export interface Frame {
  readonly run: Run;
  readonly rows: readonly Row[];
  index: number;
  readonly state: Map<object, unknown>;
}

/** A compiled scalar expression. */
export type Scalar = (row: Row, frame: Frame) => Value;

/** A compiled tabular expression. `late`: its columns are known only once it has run, as those of `bag_unpack`. */
export interface Table {
  readonly columns: readonly EngineColumn[];
  readonly rows: (run: Run) => readonly Row[];
  readonly late?: (run: Run) => RowSet;
}

/** What a name stands for that is no column. */
export type Binding =
  | { readonly kind: 'scalar'; readonly scalar: Scalar }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'function'; readonly parameters: readonly FunctionParameter[] };

/** A parameter of a function that a query declares. */
export interface FunctionParameter {
  readonly name: string;
  readonly fallback?: QueryNode;
}

/** Something that the engine does not know, where it stands in the query. It never guesses. */
export interface UnsupportedConstruct {
  readonly code: 'kql/unsupported';
  readonly severity: 'error';
  readonly message: string;
  /** The operator, function or variant, such as `evaluate basket`. */
  readonly construct: string;
  /** UTF-16 units of the query's text. */
  readonly start: number;
  readonly length: number;
}

/** Thrown while compiling; compileQuery returns it. */
export class UnsupportedError extends Error {
  readonly unsupported: UnsupportedConstruct;
  constructor(unsupported: UnsupportedConstruct) {
    super(unsupported.message);
    this.unsupported = unsupported;
  }
}

/** What is known where an expression is compiled. */
export interface Scope {
  readonly columns: readonly EngineColumn[];
  readonly bindings: ReadonlyMap<string, Binding>;
  /** The call in the query itself through which a function's body is compiled. */
  readonly callSite?: QueryNode;
  /** Within `summarize`: gives the slot in which the value of an aggregate will be. */
  readonly aggregateSlot?: (call: QueryNode) => number | undefined;
}

/** Refuses a construct. */
export function refuse(scope: Scope, node: QueryNode, construct: string): never {
  const { start, length } = scope.callSite ?? node;
  throw new UnsupportedError({
    code: 'kql/unsupported',
    severity: 'error',
    message: `the engine does not support ${construct}`,
    construct,
    start,
    length,
  });
}

/** Evaluates a scalar that depends on no row. */
export function evaluateConstant(scalar: Scalar, run: Run): Value {
  return scalar([], createFrame(run, []));
}

/** A frame over the rows of an operator. */
export function createFrame(run: Run, rows: readonly Row[]): Frame {
  return { run, rows, index: 0, state: new Map() };
}

/** Maps rows, with the frame at each. */
export function mapRows<Result>(
  run: Run,
  rows: readonly Row[],
  convert: (row: Row, frame: Frame) => Result,
): Result[] {
  const frame = createFrame(run, rows);
  return rows.map((row, index) => {
    frame.index = index;
    return convert(row, frame);
  });
}

/** Computes something once a run. */
export function oncePerRun<Result>(compute: (run: Run) => Result): (run: Run) => Result {
  const key = {};
  return (run) => {
    if (!run.memo.has(key)) run.memo.set(key, compute(run));
    return run.memo.get(key) as Result;
  };
}
