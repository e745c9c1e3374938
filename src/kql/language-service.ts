import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { ToolError } from '../core/tool-error.ts';
import type { BridgeRuntime, ParserLibrary, ParserList, ParserNode, ParserSymbol } from './parser-types.ts';

/** The release that this room was written against: constructor numbers (`$ctor6`) change between releases. */
const supportedVersion = '12.4.1';
const packageName = '@kusto/language-service-next';
const patchMark = Symbol.for('kustodian.grammar-patch');

/** Microsoft's Kusto parser, loaded and checked. Only files of this room may hold one. */
export interface LanguageService {
  readonly library: ParserLibrary;
  /** Reads a list of the parser, or its null. */
  toArray<Item>(list: ParserList<Item> | null | undefined): readonly Item[];
  /** True if the value is an instance of a class of the parser. */
  isA(value: unknown, type: unknown): boolean;
  /** The name of a node's kind, such as `FunctionCallExpression`. */
  kindOf(node: ParserNode): string;
  /** The name of the column that an expression gives; null where columns are numbered. */
  columnNameOf(node: ParserNode): string | null;
  /** The name of a symbol's kind in lower case, such as `column`. */
  symbolKindOf(symbol: ParserSymbol): string;
}

interface ParserRealm {
  readonly Bridge?: BridgeRuntime;
  readonly Kusto?: { readonly Language?: ParserLibrary };
}

let loaded: LanguageService | undefined;

/**
 * Loads the parser once a process (0.7 s; nothing else in the tool takes so long, so call it late). The package defines
 * the globals `Bridge`, `System` and `Kusto`; where they exist already, they are used. Throws ToolError `internal` if the
 * package is missing or is not the release that was tested.
 */
export function loadLanguageService(): LanguageService {
  loaded ??= guardParser('load', () => createService(loadRealm()));
  return loaded;
}

/** Runs a call into the parser; what it throws becomes a ToolError `internal` with a message of sane length. */
export function guardParser<Result>(action: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    if (error instanceof ToolError) throw error;
    throw new ToolError('internal', `the KQL parser failed to ${action}: ${describeFailure(error)}`, {
      cause: error,
    });
  }
}

/** The first line of what the parser threw; its own text may be the whole minified source. */
export function describeFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : messageOf(error);
  return (message.split('\n', 1)[0] ?? '').slice(0, 200);
}

/** Errors of the translated C# code are plain objects with a message. */
function messageOf(error: unknown): string {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined;
  return typeof message === 'string' ? message : 'unknown failure';
}

function loadRealm(): ParserRealm {
  const require = createRequire(import.meta.url);
  const { version } = require(`${packageName}/package.json`) as { version: string };
  if (version !== supportedVersion) {
    throw new ToolError(
      'internal',
      `${packageName} is ${version}, not the tested ${supportedVersion}; install the dependencies with "npm ci"`,
    );
  }
  const realm = globalThis as ParserRealm;
  if (realm.Kusto === undefined) {
    // A larger young generation saves about 20 % of the time of binding; it must be set before the heap grows.
    setFlagsFromString('--max-semi-space-size=64');
    require(`${packageName}/bridge.min.js`);
    require(`${packageName}/Kusto.Language.Bridge.min.js`);
  }
  return realm;
}

function createService(realm: ParserRealm): LanguageService {
  const bridge = realm.Bridge;
  const library = realm.Kusto?.Language;
  if (bridge === undefined || library === undefined) {
    throw new ToolError('internal', `${packageName} did not define its globals; reinstall it with "npm ci"`);
  }
  assertShape(library);
  skipCompletionGrammar(library);
  const kindNames = namesByValue(library.Syntax.SyntaxKind);
  const symbolKindNames = namesByValue(library.Symbols.SymbolKind, (name) => name.toLowerCase());
  return {
    library,
    toArray: (list) => (list === null || list === undefined ? [] : Array.from(bridge.toArray(list))),
    isA: (value, type) => bridge.is(value, type),
    kindOf: (node) => kindNames.get(node.Kind) ?? 'Unknown',
    columnNameOf: (node) => library.KustoFacts.GetExpressionResultName(node, null, null),
    symbolKindOf: (symbol) => symbolKindNames.get(symbol.Kind) ?? 'unknown',
  };
}

/** Reads an enumeration of the parser backwards; it has members that are not values, too. */
function namesByValue(
  enumeration: Readonly<Record<string, unknown>>,
  spell = (name: string) => name,
): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const [name, value] of Object.entries(enumeration)) {
    if (typeof value === 'number') names.set(value, spell(name));
  }
  return names;
}

function assertShape(library: ParserLibrary): void {
  const { Symbols: symbols, Editor: editor } = library;
  const members: Readonly<Record<string, unknown>> = {
    'TableSymbol.$ctor6': symbols.TableSymbol.$ctor6,
    'FunctionSymbol.$ctor1': symbols.FunctionSymbol.$ctor1,
    'FunctionSymbol.$ctor6': symbols.FunctionSymbol.$ctor6,
    'FunctionSymbol.$ctor16': symbols.FunctionSymbol.$ctor16,
    'DatabaseSymbol.$ctor1': symbols.DatabaseSymbol.$ctor1,
    'Parameter.ParseList': symbols.Parameter.ParseList,
    'KustoCode.ParseAndAnalyze': library.KustoCode.ParseAndAnalyze,
    'KustoCode.GetKind': library.KustoCode.GetKind,
    'KustoFacts.GetExpressionResultName': library.KustoFacts.GetExpressionResultName,
    'QueryGrammar.From': library.Parsing.QueryGrammar.From,
    'KustoCodeService.$ctor1': editor.KustoCodeService.$ctor1,
  };
  for (const [name, member] of Object.entries(members)) {
    if (typeof member !== 'function') {
      throw new ToolError('internal', `${packageName} ${supportedVersion} has no ${name}`);
    }
  }
}

/**
 * The first parse builds a grammar (0.8 s) that only completion and `.commands` read; queries have a hand-written parser.
 * Hiding `QueryBlock` until something else of the grammar is asked for gave identical results on 1,561 queries.
 */
function skipCompletionGrammar(library: ParserLibrary): void {
  const grammar = library.Parsing.QueryGrammar as typeof library.Parsing.QueryGrammar & {
    [patchMark]?: true;
  };
  if (grammar[patchMark] === true) return;
  const build = grammar.From;
  grammar.From = (globals) =>
    new Proxy(
      {},
      {
        get: (_target, property): unknown =>
          property === 'QueryBlock' ? null : Reflect.get(build.call(grammar, globals), property),
      },
    );
  grammar[patchMark] = true;
}
