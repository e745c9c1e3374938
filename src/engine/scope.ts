import type { NodeType, QueryNode, QueryTree } from '../kql/query-node.ts';
import type { RunTrace, Trace } from './trace.ts';
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

/** Tables by name. */
export type TableSet = ReadonlyMap<string, RowSet>;

/**
 * What a query is run over: fixtures. Their columns may come in any order, and those that are left out are empty. A table of
 * the workspace that is not there has no rows. Anything else that a query reads and that is not there is refused.
 */
export interface RunInput {
  /** The tables of the workspace. A column `_IngestionTime`, which no query sees, is what `ingestion_time()` gives. */
  readonly tables: TableSet;
  /** What `now()` gives. */
  readonly now: Datetime;
  /** By alias, in any case: what `_GetWatchlist()` gives. */
  readonly watchlists?: TableSet;
  /** By address: what `externaldata` reads there, parsed. Values are converted to the types that the query declares. */
  readonly external?: TableSet;
  /**
   * By name: what functions give of which no body is known (docs/kql-support.md says what the rows mean). A function that
   * filters gives all its rows whatever its arguments.
   */
  readonly functions?: TableSet;
  /** The tables of other databases by what the query calls those: `contoso` for `workspace("contoso").Heartbeat`. */
  readonly databases?: ReadonlyMap<string, TableSet>;
  /** What `rand()` and `sample` start from; 0 unless given. */
  readonly seed?: number;
}

/** One run of a query. `memo` keeps what is computed once a run; `key` stands for the run where it must not be held on to. */
export interface Run {
  readonly input: RunInput;
  readonly memo: Map<object, unknown>;
  readonly key: object;
  /** What the steps give, if somebody wants to know. */
  readonly trace?: RunTrace;
  /** When rows came in; only if the query asks. */
  readonly ingested?: WeakMap<Row, Value>;
}

/** What a reader should know of a result. `arbitrary`: Kusto may give another answer; `approximate`: it estimates. */
export interface PlanFlag {
  readonly construct: string;
  /** UTF-16 units of the query's text. */
  readonly start: number;
  readonly length: number;
  readonly reason: 'approximate' | 'arbitrary';
}

/** How the nodes of a text lie in the query: that many units behind their own start, or all of them at one place. */
export type CodePlace = { readonly offset: number } | { readonly start: number; readonly length: number };

/** What is gathered while a query is compiled. */
export interface Compilation {
  /** Where the steps are gathered, if a trace is wanted. */
  readonly trace?: Trace;
  readonly tree: QueryTree;
  readonly flags: PlanFlag[];
  asksIngestion: boolean;
  /** How often something random was compiled, so that what is made of it is not computed only once. */
  randomParts: number;
  /** What `as` named. */
  readonly named: Map<string, Table>;
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
  | {
      readonly kind: 'table';
      readonly table: Table;
      /** True of a table that is drawn anew wherever its name is used, as a `let` of `sample`. */
      readonly isRandom?: boolean;
    }
  | {
      readonly kind: 'function';
      readonly parameters: readonly FunctionParameter[];
      /** What its body may refer to. */
      readonly bindings: ReadonlyMap<string, Binding>;
      /** Where its body stands. */
      readonly place: CodePlace;
      /** Its rows, if it was declared as a view: patterns of `union` stand for it too. */
      readonly view?: () => Table;
    };

/** A parameter of a function. */
export interface FunctionParameter {
  readonly name: string;
  readonly fallback?: QueryNode;
}

/**
 * Why the engine does not run a query. `kql/unsupported`: it does not know something, and it never guesses;
 * `kql/fixture-missing`: the query reads what no fixture gives; `kql/engine-failure`: the engine itself broke.
 */
export type RefusalCode = 'kql/unsupported' | 'kql/fixture-missing' | 'kql/engine-failure';

/** Something that stops the engine, where it stands in the query. */
export interface UnsupportedConstruct {
  readonly code: RefusalCode;
  readonly severity: 'error';
  readonly message: string;
  /** The operator, function or variant, such as `evaluate basket`. */
  readonly construct: string;
  /** UTF-16 units of the query's text. */
  readonly start: number;
  readonly length: number;
}

/** Thrown while compiling, where compileQuery returns it, and while running. */
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
  readonly compilation: Compilation;
  /** True where the columns come from a fixture or from values: what a query names may be missing there, and is empty. */
  readonly isOpen?: boolean;
  /** The call in the query itself through which a function's body is compiled. */
  readonly callSite?: QueryNode;
  /** How the places of the nodes that are compiled lie in the query; as they say, if left out. */
  readonly place?: CodePlace;
  /** True within a subquery that is run again and again. */
  readonly isRepeated?: boolean;
  /** Within `scan`: the place of a step's column. */
  readonly pathSlot?: (path: QueryNode) => number | undefined;
  /** Within `summarize`: gives the slot in which the value of an aggregate will be. */
  readonly aggregateSlot?: (call: QueryNode) => number | undefined;
}

/** Why the result of a function or an operator is to be read with care. */
export interface Caution {
  readonly reason: PlanFlag['reason'];
  /** For people: starts lower-case, without a full stop. */
  readonly because: string;
}

/** Where a node stands in the query. */
export function placeInQuery({ place }: Scope, { start, length }: QueryNode): Placed {
  if (place === undefined) return { start, length };
  return 'offset' in place ? { start: start + place.offset, length } : place;
}

/** A stretch of the query in UTF-16 units. */
export interface Placed {
  readonly start: number;
  readonly length: number;
}

/** Refuses a construct. */
export function refuse(scope: Scope, node: QueryNode, construct: string): never {
  const { start, length } = scope.callSite ?? node;
  const message = `the engine does not support ${construct}`;
  throw new UnsupportedError({
    code: 'kql/unsupported',
    severity: 'error',
    message,
    construct,
    start,
    length,
  });
}

/** Refuses to run without rows for what a query reads. `construct`: what it reads, such as `the watchlist "vips"`. */
export function refuseMissing(scope: Scope, node: QueryNode, construct: string): never {
  const { start, length } = scope.callSite ?? node;
  const message = `no fixture gives the rows of ${construct}; add one, with an empty list of rows if that is meant`;
  throw new UnsupportedError({
    code: 'kql/fixture-missing',
    severity: 'error',
    message,
    construct,
    start,
    length,
  });
}

/** Tells readers of a result about a construct. */
export function flag(scope: Scope, node: QueryNode, reason: PlanFlag['reason'], construct: string): void {
  const { start, length } = scope.callSite ?? node;
  const { flags } = scope.compilation;
  if (!flags.some((known) => known.start === start && known.construct === construct))
    flags.push({ construct, start, length, reason });
}

/** Notes that what is being compiled gives other rows each time it runs, by chance or since its input changes. */
export function noteRandom({ compilation }: Scope): void {
  compilation.randomParts++;
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
  const results: Result[] = [];
  for (let index = 0; index < rows.length; index++) {
    frame.index = index;
    results.push(convert(rows[index] as Row, frame));
  }
  return results;
}

/** The rows for which a predicate is true, not null. */
export function filterRows(run: Run, rows: readonly Row[], predicate: Scalar): Row[] {
  const frame = createFrame(run, rows);
  const kept: Row[] = [];
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as Row;
    frame.index = index;
    if (predicate(row, frame) === true) kept.push(row);
  }
  return kept;
}

/** Computes something once a run. */
export function oncePerRun<Result>(compute: (run: Run) => Result): (run: Run) => Result {
  const key = {};
  return (run) => {
    if (!run.memo.has(key)) run.memo.set(key, compute(run));
    return run.memo.get(key) as Result;
  };
}
