import { compareText } from '../core/diagnostic.ts';
import type { AnalysedQuery } from './analysed-query.ts';
import type { QueryResult } from './bound-query.ts';
import { guardParser } from './language-service.ts';
import type { LanguageService } from './language-service.ts';
import type { ParserNode, ParserSymbol, ParserType } from './parser-types.ts';
import type {
  CalledParameter,
  NamedNodeKind,
  NodeKind,
  NodeSymbol,
  NodeType,
  QueryNode,
  QueryTree,
} from './query-node.ts';
import { toScalarType } from './schemas/compact-columns.ts';
import type { TableSchema, WorkspaceSchema } from './schemas/workspace-schema.ts';
import { toQueryResult } from './syntax-walk.ts';

/** Elements that only hold a list together. */
const listKinds = new Set(['List', 'SeparatedElement']);

const symbolKinds: ReadonlySet<string> = new Set<NodeSymbol['kind']>([
  'column',
  'function',
  'operator',
  'parameter',
  'table',
  'variable',
]);

/**
 * Gives the syntax of an analysed query in our own terms. The views on the parser's nodes are made when somebody asks for them.
 *
 * @param offset where the query itself starts in the analysed text
 */
export function createQueryTree(
  { service, schema, text, code, nodes }: AnalysedQuery,
  offset: number,
): QueryTree {
  const views = new Map<ParserNode, QueryNode>();
  const rowsOf = cacheRows(service);
  const createContext = (ownText: string, ownOffset: number): ViewContext => {
    const own: ViewContext = {
      service,
      schema,
      text: ownText,
      offset: ownOffset,
      view: (node) => {
        const known = views.get(node) ?? new NodeView(own, node);
        views.set(node, known);
        return known;
      },
      viewBody: (body) => views.get(body) ?? createContext(body.toString(), 0).view(body),
      rowsOf,
    };
    return own;
  };
  const context = createContext(text, offset);

  const lets = new Map<ParserSymbol, ParserNode>();
  for (const statement of nodes.get('LetStatement') ?? []) {
    const declared = statement.Name?.ReferencedSymbol;
    if (declared) lets.set(declared, statement);
  }
  const ownNodes = (kind: NamedNodeKind): readonly ParserNode[] => {
    const all = nodes.get(kind) ?? [];
    return offset === 0 ? all : all.filter(({ TextStart }) => TextStart >= offset);
  };
  let references: ReadonlyMap<ParserSymbol, readonly ParserNode[]> | undefined;

  const symbolOf = (node: QueryNode): ParserSymbol | null | undefined => parserNodeOf(node).ReferencedSymbol;
  const nodesOf = (...kinds: readonly NamedNodeKind[]): readonly QueryNode[] =>
    kinds.flatMap((kind) => ownNodes(kind).map(context.view));
  return {
    root: context.view(code.Syntax),
    nodesOf,
    letOf: (reference) => {
      const symbol = symbolOf(reference);
      const declaration = symbol ? lets.get(symbol) : undefined;
      return declaration && context.view(declaration);
    },
    tablesLike: (pattern) => findTablesLike(schema, pattern),
    hasFunction: (name) => schema.functions.has(name),
    usesOf: (letStatement) => {
      const symbol = parserNodeOf(letStatement).Name?.ReferencedSymbol;
      references ??= groupBySymbol(ownNodes('NameReference'));
      return symbol ? (references.get(symbol) ?? []).map(context.view) : [];
    },
  };
}

function findTablesLike(schema: WorkspaceSchema, pattern: string): readonly TableSchema[] {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const matcher = new RegExp(`^${parts.join('.*')}$`);
  return [...schema.tables.values()]
    .filter(({ name }) => matcher.test(name))
    .sort((a, b) => compareText(a.name, b.name));
}

function groupBySymbol(names: readonly ParserNode[]): ReadonlyMap<ParserSymbol, readonly ParserNode[]> {
  const groups = new Map<ParserSymbol, ParserNode[]>();
  for (const node of names) {
    const { ReferencedSymbol: symbol } = node;
    const group = symbol ? groups.get(symbol) : undefined;
    if (group) group.push(node);
    else if (symbol) groups.set(symbol, [node]);
  }
  return groups;
}

/** The types whose literals the parser reads rightly. */
const constantTypes: ReadonlySet<NodeType | undefined> = new Set([
  'bool',
  'dynamic',
  'int',
  'long',
  'real',
  'string',
]);

/** The parser boxes values, and has a class of its own for `long`. */
function toScalar(value: unknown): string | number | boolean | undefined {
  const isLong = typeof value === 'object' && value !== null && 'toNumber' in value;
  const plain: unknown = isLong ? Number(value) : (value as object | null | undefined)?.valueOf();
  return typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean'
    ? plain
    : undefined;
}

interface ViewContext {
  readonly service: LanguageService;
  readonly schema: WorkspaceSchema;
  readonly text: string;
  readonly offset: number;
  readonly view: (node: ParserNode) => QueryNode;
  /** Views the body of a called function, which is a tree with a text of its own. */
  readonly viewBody: (body: ParserNode) => QueryNode;
  readonly rowsOf: (type: ParserType | null | undefined) => QueryResult | undefined;
}

/** Columns are listed once for each table type: the operators of a pipeline mostly share it. */
function cacheRows(service: LanguageService): ViewContext['rowsOf'] {
  const known = new Map<ParserType, QueryResult | undefined>();
  return (type) => {
    if (!type) return undefined;
    if (!known.has(type)) known.set(type, toQueryResult(service, type));
    return known.get(type);
  };
}

function parserNodeOf(node: QueryNode): ParserNode {
  if (!(node instanceof NodeView)) throw new TypeError(`a ${node.kind} of another tree`);
  return node.parserNode;
}

/** A view on one node of the parser. */
class NodeView implements QueryNode {
  readonly #context: ViewContext;
  readonly #node: ParserNode;
  readonly kind: NodeKind;
  readonly name: string | undefined;
  #children: readonly QueryNode[] | undefined;
  #symbol: NodeSymbol | null | undefined;

  constructor(context: ViewContext, node: ParserNode) {
    this.#context = context;
    this.#node = node;
    this.kind = context.service.kindOf(node);
    const name = node.SimpleName ?? node.Name?.SimpleName;
    this.name = name ? name : undefined;
  }

  get parserNode(): ParserNode {
    return this.#node;
  }

  get start(): number {
    return this.#node.TextStart - this.#context.offset;
  }

  get length(): number {
    return this.#node.Width;
  }

  get text(): string {
    return this.#context.text.slice(this.#node.TextStart, this.#node.End);
  }

  get parent(): QueryNode | undefined {
    let above = this.#node.Parent;
    while (above && this.#isList(above)) above = above.Parent;
    return above ? this.#context.view(above) : undefined;
  }

  get children(): readonly QueryNode[] {
    this.#children ??= this.#elementsOf(this.#node);
    return this.#children;
  }

  get namedChildren(): readonly { readonly name: string; readonly node: QueryNode }[] {
    const named: { readonly name: string; readonly node: QueryNode }[] = [];
    for (let index = 0; index < this.#node.ChildCount; index++) {
      const child = this.#node.GetChild(index);
      if (!child || child.IsToken || child.IsMissing) continue;
      const name = this.#node.GetName(index) ?? '';
      const nodes = this.#isList(child) ? this.#elementsOf(child) : [this.#context.view(child)];
      named.push(...nodes.map((node) => ({ name, node })));
    }
    return named;
  }

  get symbol(): NodeSymbol | undefined {
    this.#symbol ??= this.#readSymbol();
    return this.#symbol ?? undefined;
  }

  get type(): NodeType | undefined {
    const { ResultType: type } = this.#node;
    if (!type) return undefined;
    return type.Name === 'unknown' ? 'unknown' : toScalarType(type.Name);
  }

  get columnName(): string | undefined {
    const { service } = this.#context;
    const name = guardParser('name a column', () => service.columnNameOf(this.#node));
    return name ? name : undefined;
  }

  get rows(): QueryResult | undefined {
    return this.#context.rowsOf(this.#node.ResultType);
  }

  get constant(): string | number | boolean | undefined {
    return this.#node.IsConstant === true && constantTypes.has(this.type)
      ? toScalar(this.#node.ConstantValue)
      : undefined;
  }

  get calledBody(): QueryNode | undefined {
    const body = this.#isCall ? this.#node.GetCalledFunctionBody?.() : undefined;
    return body && !this.#isOutline ? this.#context.viewBody(body) : undefined;
  }

  get calledParameters(): readonly CalledParameter[] {
    const { service } = this.#context;
    const [signature] = this.#isCall ? service.toArray(this.#node.ReferencedSymbol?.Signatures) : [];
    return service.toArray(signature?.Parameters).map(({ Name: name, DefaultValue: fallback }) => ({
      name,
      ...(fallback ? { fallback: fallback.toString().trim() } : {}),
    }));
  }

  get #isCall(): boolean {
    return this.kind === 'FunctionCallExpression' || this.kind === 'NameReference';
  }

  get #isOutline(): boolean {
    const called = this.#context.schema.functions.get(this.#node.ReferencedSymbol?.Name ?? '');
    return called?.kind === 'stored' && called.isOutline === true;
  }

  part(name: string): QueryNode | undefined {
    const child = this.#childNamed(name);
    return child && !child.IsMissing && !this.#isList(child) ? this.#context.view(child) : undefined;
  }

  list(name: string): readonly QueryNode[] {
    const child = this.#childNamed(name);
    return child && this.#isList(child) ? this.#elementsOf(child) : [];
  }

  #readSymbol(): NodeSymbol | null {
    const symbol = this.#node.ReferencedSymbol;
    if (!symbol) return null;
    const kind = this.#context.service.symbolKindOf(symbol);
    const successor = symbol.Alternative?.replaceAll("'", '');
    return {
      kind: symbolKinds.has(kind) ? (kind as NodeSymbol['kind']) : 'other',
      name: symbol.Name,
      ...(successor ? { successor } : {}),
    };
  }

  #childNamed(name: string): ParserNode | undefined {
    for (let index = 0; index < this.#node.ChildCount; index++) {
      if (this.#node.GetName(index) !== name) continue;
      const child = this.#node.GetChild(index);
      return child && !child.IsToken ? child : undefined;
    }
    return undefined;
  }

  #elementsOf(node: ParserNode): readonly QueryNode[] {
    const elements: QueryNode[] = [];
    for (let index = 0; index < node.ChildCount; index++) {
      const child = node.GetChild(index);
      if (!child || child.IsToken || child.IsMissing) continue;
      if (this.#isList(child)) elements.push(...this.#elementsOf(child));
      else elements.push(this.#context.view(child));
    }
    return elements;
  }

  #isList(node: ParserNode): boolean {
    return listKinds.has(this.#context.service.kindOf(node));
  }
}
