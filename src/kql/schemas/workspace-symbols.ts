import type { LanguageService } from '../language-service.ts';
import type { ParserCallContext, ParserGlobals, ParserSymbol, ParserTable } from '../parser-types.ts';
import { joinColumns, parseColumns } from './compact-columns.ts';
import type { FunctionSchema, ScalarType, TabularShape, WorkspaceSchema } from './workspace-schema.ts';

const getWatchlist = '_GetWatchlist';

/** What `_GetWatchlist` puts in front of the columns of a watchlist's own items. */
const watchlistColumns = parseColumns('_DTItemId LastUpdatedTimeUTC:datetime SearchKey');

/** Functions that lead to a database of which nothing is known. */
const foreignFunctions = ['app', 'arg', 'adx', 'resource'];

/** The members of the parser's `ScalarTypes`. */
const typeMembers: Readonly<Record<ScalarType, string>> = {
  bool: 'Bool',
  datetime: 'DateTime',
  decimal: 'Decimal',
  dynamic: 'Dynamic',
  guid: 'Guid',
  int: 'Int',
  long: 'Long',
  real: 'Real',
  string: 'String',
  timespan: 'TimeSpan',
};

/** Gives a query the parser's view of a workspace. */
type GlobalsSource = (query: string) => ParserGlobals;

const sources = new WeakMap<WorkspaceSchema, GlobalsSource>();

/**
 * The parser's view of a workspace for one query. A symbol is made when a query first needs it: all of them take a third
 * of a second, and a query names a few. Symbols are kept as long as the schema object is.
 */
export function globalsFor(service: LanguageService, schema: WorkspaceSchema, query: string): ParserGlobals {
  let source = sources.get(schema);
  if (source === undefined) {
    source = createSource(service, schema);
    sources.set(schema, source);
  }
  return source(query);
}

function createSource(service: LanguageService, schema: WorkspaceSchema): GlobalsSource {
  const { Symbols, GlobalState } = service.library;
  const known = new Map<string, ParserSymbol | undefined>();
  const symbolOf = (name: string): ParserSymbol | undefined => {
    if (!known.has(name)) known.set(name, createSymbol(service, schema, name));
    return known.get(name);
  };
  const remote = (name: string, members: readonly ParserSymbol[]): ParserSymbol =>
    new Symbols.FunctionSymbol.$ctor6(
      name,
      new Symbols.DatabaseSymbol.$ctor1(name, members, true),
      Symbols.Parameter.ParseList('(name:string)'),
      null,
    );
  const base = GlobalState.Default;
  const foreign = foreignFunctions.map((name) => remote(name, []));
  const local = base.WithFunctions([...service.toArray(base.Functions), ...foreign]);
  const withMembers = (globals: ParserGlobals, members: readonly ParserSymbol[]): ParserGlobals =>
    globals.WithDatabase(new Symbols.DatabaseSymbol.$ctor1('workspace', members, false));

  let everything: ParserGlobals | undefined;
  const allGlobals = (): ParserGlobals => {
    const members = toSymbols([...schema.tables.keys(), ...schema.functions.keys(), getWatchlist], symbolOf);
    const functions = [...service.toArray(local.Functions), remote('workspace', members)];
    return withMembers(local.WithFunctions(functions), members);
  };
  return (query) => {
    const { names, isUnbounded } = mentionsOf(query, schema);
    if (!isUnbounded) return withMembers(local, toSymbols(names, symbolOf));
    everything ??= allGlobals();
    return everything;
  };
}

function toSymbols(
  names: Iterable<string>,
  symbolOf: (name: string) => ParserSymbol | undefined,
): readonly ParserSymbol[] {
  return [...names].map(symbolOf).filter((symbol) => symbol !== undefined);
}

/**
 * Every word of a query and of the stored functions that it may call: more than it refers to, never less. `isUnbounded`:
 * it may reach tables that it does not name, by `search`, `find`, a wildcard, or another workspace.
 */
function mentionsOf(
  query: string,
  schema: WorkspaceSchema,
): { readonly names: ReadonlySet<string>; readonly isUnbounded: boolean } {
  const names = new Set<string>();
  let isUnbounded = false;
  const texts = [query];
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    isUnbounded ||= /\b(?:search|find|workspace)\b/.test(text) || /\bunion\b.*\*/s.test(text);
    for (const [name] of text.matchAll(/[A-Za-z_]\w*/g)) {
      if (names.has(name)) continue;
      names.add(name);
      const called = schema.functions.get(name);
      if (called?.kind === 'stored') texts.push(called.body);
    }
  }
  return { names, isUnbounded };
}

function createSymbol(
  service: LanguageService,
  schema: WorkspaceSchema,
  name: string,
): ParserSymbol | undefined {
  const table = schema.tables.get(name);
  if (table !== undefined) return toTableSymbol(service, name, table);
  const called = schema.functions.get(name);
  if (called !== undefined) return toFunctionSymbol(service, called);
  return name === getWatchlist ? toWatchlistFunction(service, schema) : undefined;
}

function toTableSymbol(service: LanguageService, name: string, shape: TabularShape): ParserTable {
  const { ColumnSymbol, ScalarTypes, TableSymbol } = service.library.Symbols;
  const columns = shape.columns.map((column) => {
    const type = ScalarTypes[typeMembers[column.type]];
    if (type === undefined) throw new TypeError(`column "${column.name}" has no KQL type`);
    return new ColumnSymbol(column.name, type);
  });
  const table = new TableSymbol.$ctor6(name, columns, null);
  return shape.isOpen ? table.WithIsOpen(true) : table;
}

function toFunctionSymbol(service: LanguageService, called: FunctionSchema): ParserSymbol {
  const { FunctionSymbol, Parameter } = service.library.Symbols;
  const parameters = `(${called.parameters})`;
  if (called.kind === 'stored') {
    return new FunctionSymbol.$ctor16(called.name, parameters, `{${called.body}\n}`, null);
  }
  const result = toTableSymbol(service, called.name, called);
  return new FunctionSymbol.$ctor6(called.name, result, Parameter.ParseList(parameters), null);
}

/** `_GetWatchlist` returns the columns of the watchlist that it is asked for; of an unknown one, any column. */
function toWatchlistFunction(service: LanguageService, schema: WorkspaceSchema): ParserSymbol {
  const { FunctionSymbol, Parameter, Tabularity } = service.library.Symbols;
  const unknown = toTableSymbol(service, 'watchlist', { columns: watchlistColumns, isOpen: true });
  const known = new Map<string, ParserTable>();
  for (const { alias, columns } of schema.watchlists.values()) {
    const shape = { columns: joinColumns(watchlistColumns, columns), isOpen: false };
    known.set(alias.toLowerCase(), toTableSymbol(service, alias, shape));
  }
  const resultOf = (context: ParserCallContext): ParserTable => {
    const alias = service.toArray(context.Arguments)[0]?.ConstantValue;
    return (typeof alias === 'string' ? known.get(alias.toLowerCase()) : undefined) ?? unknown;
  };
  const parameters = Parameter.ParseList('(watchlistAlias:string, keys:dynamic=dynamic([]))');
  return new FunctionSymbol.$ctor1(getWatchlist, resultOf, Tabularity.Tabular, parameters);
}
