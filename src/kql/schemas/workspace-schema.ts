/** A scalar type of KQL. */
export type ScalarType =
  'bool' | 'datetime' | 'decimal' | 'dynamic' | 'guid' | 'int' | 'long' | 'real' | 'string' | 'timespan';

/** A column of a table or of a query's result. */
export interface Column {
  readonly name: string;
  readonly type: ScalarType;
}

/** The columns of something tabular. `isOpen`: there may be more than are listed, so an unlisted one is no error. */
export interface TabularShape {
  readonly columns: readonly Column[];
  readonly isOpen: boolean;
}

/** A table that a query may name. `source` says in a diagnostic which schema judged: `Azure Monitor`, a file of the user. */
export interface TableSchema extends TabularShape {
  readonly name: string;
  readonly source: string;
}

interface FunctionBase {
  readonly name: string;
  /** In KQL, without the parentheses: `starttime:datetime=datetime(null), pack:bool=false`. */
  readonly parameters: string;
  readonly source: string;
}

/** A function of which only the columns of its result are known. */
export interface DeclaredFunction extends FunctionBase, TabularShape {
  readonly kind: 'declared';
}

/** A function given by its KQL; its result is bound anew at each call. */
export interface StoredFunction extends FunctionBase {
  readonly kind: 'stored';
  readonly body: string;
  /** True if the body is right about the columns of the result only: what the function does is not known. */
  readonly isOutline?: true;
}

/** A function of the workspace; called with parentheses or without. */
export type FunctionSchema = DeclaredFunction | StoredFunction;

/** The columns of a watchlist's items, without those that `_GetWatchlist` adds to every watchlist. */
export interface WatchlistSchema {
  readonly alias: string;
  readonly columns: readonly Column[];
  readonly source: string;
}

/** All that a query may refer to in a workspace, by name. Names are case-sensitive, as in KQL. */
export interface WorkspaceSchema {
  /** Every table of a workspace has these, whatever else it has. */
  readonly standardColumns: readonly Column[];
  readonly tables: ReadonlyMap<string, TableSchema>;
  readonly functions: ReadonlyMap<string, FunctionSchema>;
  readonly watchlists: ReadonlyMap<string, WatchlistSchema>;
}

/** A workspace without anything in it. */
export const emptySchema: WorkspaceSchema = Object.freeze({
  standardColumns: [],
  tables: new Map(),
  functions: new Map(),
  watchlists: new Map(),
});
