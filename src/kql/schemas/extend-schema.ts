import { joinColumns } from './compact-columns.ts';
import type { FunctionSchema, TableSchema, WatchlistSchema, WorkspaceSchema } from './workspace-schema.ts';

/** What a user, or a schema pulled from a workspace, adds to what the tool knows. */
export interface SchemaAdditions {
  readonly tables?: readonly TableSchema[];
  readonly functions?: readonly FunctionSchema[];
  readonly watchlists?: readonly WatchlistSchema[];
}

/**
 * Adds to a schema. What is added replaces a table, function or watchlist of the same name, since it comes from nearer the
 * workspace; of two additions the later wins. A table gets the standard columns that it does not list.
 */
export function extendSchema(base: WorkspaceSchema, additions: SchemaAdditions): WorkspaceSchema {
  const tables = new Map(base.tables);
  const functions = new Map(base.functions);
  const watchlists = new Map(base.watchlists);
  for (const table of additions.tables ?? []) {
    functions.delete(table.name);
    tables.set(table.name, { ...table, columns: joinColumns(table.columns, base.standardColumns) });
  }
  for (const called of additions.functions ?? []) {
    tables.delete(called.name);
    functions.set(called.name, called);
  }
  for (const watchlist of additions.watchlists ?? []) watchlists.set(watchlist.alias, watchlist);
  return { standardColumns: base.standardColumns, tables, functions, watchlists };
}
