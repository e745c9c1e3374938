import { nearestName } from '../core/nearest-name.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import { lookupFunctions } from '../engine/lookup-functions.ts';
import type { FixtureShape } from './build-fixture.ts';
import { ingestionColumn } from './sentinel/query-window.ts';

/** What the rows of a name may hold, or why there can be none. */
export type ShapeResult =
  { readonly shape: FixtureShape } | { readonly problem: string; readonly hint: string };

/** The columns of a table of the workspace. */
export function tableShape(schema: WorkspaceSchema, name: string): ShapeResult {
  const table = schema.tables.get(name);
  if (table !== undefined) {
    const columns = [...table.columns, { name: ingestionColumn, type: 'datetime' } as const];
    return { shape: { name, columns, isOpen: table.isOpen, isTable: true } };
  }
  if (schema.functions.has(name)) {
    return { problem: `"${name}" is a function, not a table`, hint: 'give its rows under functions' };
  }
  return unknown('table', name, schema.tables.keys());
}

/** The columns that a function returns of which only those are known. */
export function functionShape(schema: WorkspaceSchema, name: string): ShapeResult {
  const called = schema.functions.get(name);
  if (called?.kind === 'declared') {
    return { shape: { name, columns: called.columns, isOpen: called.isOpen, isTable: true } };
  }
  // Microsoft's text for it tells the columns of the result only, or nothing does.
  if (lookupFunctions.has(name) || (called?.kind === 'stored' && called.isOutline === true)) {
    return { shape: { name, columns: [], isOpen: true, isTable: false } };
  }
  if (called?.kind === 'stored') {
    const hint = `give the rows of the tables that it reads (${called.source})`;
    return { problem: `the body of the function "${name}" is known, so it runs`, hint };
  }
  const names = [...schema.functions.values()].filter(({ kind }) => kind === 'declared');
  return unknown(
    'function',
    name,
    names.map((each) => each.name),
  );
}

/** What `_GetWatchlist` returns of an alias: the items' own columns, all of them text, and those that every watchlist has. */
export function watchlistShape(schema: WorkspaceSchema, alias: string): FixtureShape {
  const wanted = alias.toLowerCase();
  const declared = [...schema.watchlists.values()].find((each) => each.alias.toLowerCase() === wanted);
  const common = [
    { name: '_DTItemId', type: 'string' },
    { name: 'LastUpdatedTimeUTC', type: 'datetime' },
    { name: 'SearchKey', type: 'string' },
  ] as const;
  return {
    name: `the watchlist ${alias}`,
    columns: [...common, ...(declared?.columns ?? [])],
    isOpen: declared === undefined,
    isTable: false,
  };
}

/** What externaldata reads: the query names the columns. */
export function externalShape(address: string): FixtureShape {
  return { name: address, columns: [], isOpen: true, isTable: false };
}

function unknown(kind: string, name: string, names: Iterable<string>): ShapeResult {
  const nearest = nearestName(name, names);
  return {
    problem: `there is no ${kind} "${name}"`,
    hint: nearest === undefined ? `describe it under schemas/tables/custom/` : `did you mean "${nearest}"?`,
  };
}
