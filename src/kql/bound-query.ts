import type { Severity } from '../core/diagnostic.ts';
import type { ScalarType } from './schemas/workspace-schema.ts';

/** What is wrong with a query. `kql/not-analysed`: the parser gave up, so nothing is known about the meaning. */
export type KqlDiagnosticCode =
  | 'kql/syntax'
  | 'kql/unknown-table'
  | 'kql/unknown-column'
  | 'kql/unknown-function'
  | 'kql/unknown-optional-table'
  | 'kql/unlisted-column'
  | 'kql/argument-count'
  | 'kql/type-mismatch'
  | 'kql/duplicate-name'
  | 'kql/function-body'
  | 'kql/count-argument'
  | 'kql/wildcard-without-match'
  | 'kql/command'
  | 'kql/not-analysed'
  | 'kql/semantics';

/** A finding about a query. `start` and `length` are UTF-16 units of the query's text. */
export interface KqlDiagnostic {
  readonly code: KqlDiagnosticCode;
  /** Microsoft's own code, such as `KS142`; absent where the finding is ours. */
  readonly parserCode?: string;
  readonly severity: Severity;
  readonly message: string;
  readonly start: number;
  readonly length: number;
  /** The table, column or function that is not known. */
  readonly name?: string;
  readonly hint?: string;
}

/** A column of a result. `unknown`: it comes from something whose columns are not listed. */
export interface ResultColumn {
  readonly name: string;
  readonly type: ScalarType | 'unknown';
}

/** What a query returns. `isOpen`: there may be columns that are not listed. */
export interface QueryResult {
  readonly columns: readonly ResultColumn[];
  readonly isOpen: boolean;
}

/** A `let` statement of the query, also inside a function; the span is that of its name. */
export interface LetBinding {
  readonly name: string;
  readonly start: number;
  readonly length: number;
}

/** What a query refers to, also through the stored functions that it calls; each list is sorted, without duplicates. */
export interface QueryReferences {
  readonly tables: readonly string[];
  /** Patterns of table names: `Device*`; `*` also for a `search` or `find` that names no table. */
  readonly wildcards: readonly string[];
  /** Functions of the workspace; not those that KQL has built in. */
  readonly functions: readonly string[];
  /** Tables or functions that no schema has. */
  readonly unknown: readonly string[];
  /** Aliases given to `_GetWatchlist` as a constant. */
  readonly watchlists: readonly string[];
  /** Names or ids given to `workspace()` as a constant. */
  readonly workspaces: readonly string[];
}

/** A query that was parsed and bound to a schema. */
export interface BoundQuery {
  readonly text: string;
  /** A management command (`.show tables`); it is not bound. */
  readonly isCommand: boolean;
  /** Ordered by place. */
  readonly diagnostics: readonly KqlDiagnostic[];
  /** Absent if there is no tabular result: no result statement, a scalar one, or a query that could not be analysed. */
  readonly result?: QueryResult;
  /** How many statements return something. A detection must have one. */
  readonly resultStatements: number;
  readonly references: QueryReferences;
  /** In the order of the text. */
  readonly lets: readonly LetBinding[];
}
