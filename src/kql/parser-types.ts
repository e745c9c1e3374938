/**
 * The few members of Microsoft's parser that this room uses. The package's own declarations describe its whole
 * C# surface as ambient globals (1.7 MB); these say what is relied on, and language-service.ts asserts it at start-up.
 */

/** A list of the parser: an array or a list of its runtime. LanguageService.toArray reads both. */
export interface ParserList<Item> {
  readonly item?: Item;
}

/** What a name refers to: a table, column, function, variable or type. */
export interface ParserSymbol {
  readonly Name: string;
  /** A member of `SymbolKind`. */
  readonly Kind: number;
  /** Of a deprecated function, what to use instead: a name, or two as in `a' or 'b`. */
  readonly Alternative?: string | null;
  /** Of a function: the ways in which it can be called. */
  readonly Signatures?: ParserList<{ readonly Parameters: ParserList<ParserParameter> }>;
}

/** A parameter of a function. `DefaultValue`: what it is without an argument, as syntax that is bound to nothing. */
export interface ParserParameter extends ParserSymbol {
  readonly DefaultValue?: { toString(): string } | null;
}

/** The type of an expression. */
export type ParserType = ParserSymbol;

/** A column; `Type.Name` is the KQL type, or `unknown` where the parser had to assume the column. */
export interface ParserColumn extends ParserSymbol {
  readonly Type: ParserType;
}

/** The type of rows. `IsOpen`: there may be columns that are not listed. */
export interface ParserTable extends ParserType {
  readonly Columns: ParserList<ParserColumn>;
  readonly IsOpen: boolean;
  WithIsOpen(isOpen: boolean): ParserTable;
}

/** What a wildcard (`Device*`) refers to. */
export interface ParserGroup extends ParserType {
  readonly Members: ParserList<ParserSymbol>;
}

/** A finding of the parser; `Severity` is `Error`, `Warning` or weaker. */
export interface ParserDiagnostic {
  readonly Code: string;
  readonly Severity: string;
  readonly Message: string;
  readonly Start: number;
  readonly Length: number;
}

/** A node of the syntax tree. Members past `Parent` exist on some kinds only. */
export interface ParserNode {
  readonly Kind: number;
  readonly TextStart: number;
  readonly End: number;
  readonly Width: number;
  readonly Parent: ParserNode | null;
  readonly IsToken: boolean;
  /** True where the parser put in what a syntax error left out. */
  readonly IsMissing: boolean;
  readonly ChildCount: number;
  GetChild(index: number): ParserNode | null;
  /** Microsoft's name for a child, such as `Left`. */
  GetName(index: number): string | null;
  GetCalledFunctionBody?(): ParserNode | null;
  /** The text, with all white space and comments. */
  toString(): string;
  readonly ReferencedSymbol?: ParserSymbol | null;
  readonly ResultType?: ParserType | null;
  readonly SimpleName?: string | null;
  readonly IsConstant?: boolean;
  readonly ConstantValue?: unknown;
  readonly Name?: ParserNode | null;
  readonly Expression?: ParserNode | null;
  readonly Operator?: ParserNode | null;
  readonly InClause?: ParserNode | null;
  readonly ArgumentList?: ParserNode | null;
  readonly Expressions?: ParserList<ParserNode>;
  readonly Statements?: ParserList<ParserNode>;
  /** What a SeparatedElement holds. */
  readonly Element$1?: ParserNode | null;
}

/** What a query is bound to: built-in functions and the workspace. */
export interface ParserGlobals {
  readonly Functions: ParserList<ParserSymbol>;
  readonly Aggregates: ParserList<ParserSymbol>;
  WithFunctions(functions: readonly ParserSymbol[]): ParserGlobals;
  WithDatabase(database: ParserSymbol): ParserGlobals;
  IsDatabaseTable(table: ParserSymbol): boolean;
  IsDatabaseFunction(called: ParserSymbol): boolean;
}

/** A query, parsed and analysed. */
export interface ParserCode {
  readonly Syntax: ParserNode;
  /** False where the parser gave up on the meaning (KS245). */
  readonly HasSemantics: boolean;
  readonly ResultType: ParserType | null;
  readonly Globals: ParserGlobals;
  GetDiagnostics(): ParserList<ParserDiagnostic>;
}

/** What a function with a computed result is told about its call. */
export interface ParserCallContext {
  readonly Arguments: ParserList<ParserNode>;
  readonly ArgumentTypes: ParserList<ParserType>;
}

type ParameterList = ParserList<ParserSymbol>;

interface FunctionSymbolClass {
  /** name, result, parameters, description */
  $ctor6: new (
    name: string,
    result: ParserType,
    parameters: ParameterList,
    description: null,
  ) => ParserSymbol;
  /** name, result of a call, tabularity, parameters */
  $ctor1: new (
    name: string,
    result: (context: ParserCallContext) => ParserType,
    tabularity: number,
    parameters: ParameterList,
  ) => ParserSymbol;
  /** name, parameter list with parentheses, body with braces, description */
  $ctor16: new (name: string, parameters: string, body: string, description: null) => ParserSymbol;
}

/** The classes of symbols. `$ctorN` are the overloads of a constructor; each says what it takes. */
export interface ParserSymbols {
  readonly ScalarTypes: Readonly<Record<string, ParserType>>;
  readonly Tabularity: { readonly Tabular: number };
  readonly Parameter: { readonly ParseList: (parameters: string) => ParameterList };
  readonly ColumnSymbol: new (name: string, type: ParserType) => ParserColumn;
  readonly TableSymbol: {
    /** name, columns, description */
    $ctor6: new (name: string, columns: readonly ParserColumn[], description: null) => ParserTable;
  };
  readonly GroupSymbol: unknown;
  readonly SymbolKind: Readonly<Record<string, unknown>>;
  readonly FunctionSymbol: FunctionSymbolClass;
  readonly DatabaseSymbol: {
    /** name, members, whether unknown members are allowed */
    $ctor1: new (name: string, members: readonly ParserSymbol[], isOpen: boolean) => ParserType;
  };
}

/** Options of the formatter; immutable. */
export interface ParserFormattingOptions {
  WithIndentationSize(size: number): ParserFormattingOptions;
  WithPipeOperatorStyle(style: number): ParserFormattingOptions;
  WithStatementStyle(style: number): ParserFormattingOptions;
  WithSemicolonStyle(style: number): ParserFormattingOptions;
  WithInsertMissingTokens(insert: boolean): ParserFormattingOptions;
}

/** A stretch of a query for highlighting. */
export interface ParserClassification {
  readonly Kind: number;
  readonly Start: number;
  readonly Length: number;
}

interface CodeService {
  GetFormattedText(options: ParserFormattingOptions, cursor: number): { readonly Text: string };
  GetClassifications(
    start: number,
    length: number,
    clipToRange: boolean,
    waitForAnalysis: boolean,
  ): { readonly Classifications: ParserList<ParserClassification> };
}

/** The services for editors. */
export interface ParserEditor {
  readonly FormattingOptions: { readonly Default: ParserFormattingOptions };
  readonly PlacementStyle: { readonly NewLine: number; readonly None: number };
  readonly ClassificationKind: Readonly<Record<string, unknown>>;
  readonly KustoCodeService: { $ctor1: new (text: string, globals: ParserGlobals) => CodeService };
}

/** `Kusto.Language` of the package. */
export interface ParserLibrary {
  readonly Symbols: ParserSymbols;
  readonly GlobalState: { readonly Default: ParserGlobals };
  readonly KustoFacts: {
    /** expression, name for one that gives none, row scope */
    readonly GetExpressionResultName: (node: ParserNode, fallback: null, rows: null) => string | null;
  };
  readonly KustoCode: {
    readonly Parse: (text: string) => { GetSyntaxDiagnostics(): ParserList<ParserDiagnostic> };
    readonly ParseAndAnalyze: (text: string, globals: ParserGlobals) => ParserCode;
    readonly GetKind: (text: string) => string;
  };
  readonly Syntax: {
    readonly SyntaxKind: Readonly<Record<string, unknown>>;
  };
  readonly Parsing: { readonly QueryGrammar: { From: (globals: unknown) => object } };
  readonly Editor: ParserEditor;
  readonly Functions: ParserNames;
  readonly Aggregates: ParserNames;
  readonly PlugIns: ParserNames;
}

/** All functions of a kind. */
export interface ParserNames {
  readonly All: ParserList<ParserSymbol>;
}

/** The runtime of the C#-to-JavaScript translation. */
export interface BridgeRuntime {
  toArray<Item>(list: ParserList<Item>): Item[];
  is(value: unknown, type: unknown): boolean;
}
