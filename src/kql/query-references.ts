import { compareText } from '../core/diagnostic.ts';
import type { LetBinding, QueryReferences } from './bound-query.ts';
import type { AnalysedQuery } from './analysed-query.ts';
import type { ParserGroup, ParserNode, ParserSymbol } from './parser-types.ts';
import { firstArgument, indexNodes, isFirstOperator, type NodeIndex } from './syntax-walk.ts';

/** Collects the tables, functions, watchlists and workspaces of a query and of the stored functions that it calls. */
export function collectReferences({ service, code, nodes }: AnalysedQuery): Omit<QueryReferences, 'unknown'> {
  const { Globals: globals } = code;
  const tables = new Set<string>();
  const wildcards = new Set<string>();
  const functions = new Set<string>();
  const watchlists = new Set<string>();
  const workspaces = new Set<string>();

  const isWorkspaceTable = (symbol: ParserSymbol): boolean =>
    service.symbolKindOf(symbol) === 'table' && globals.IsDatabaseTable(symbol);
  const visitName = (node: ParserNode): void => {
    const symbol = node.ReferencedSymbol;
    if (!symbol) return;
    const kind = service.symbolKindOf(symbol);
    if (kind === 'column' || kind === 'variable') return;
    if (node.SimpleName?.includes('*')) wildcards.add(node.SimpleName);
    if (kind === 'group') {
      const members = service.toArray((symbol as ParserGroup).Members);
      for (const member of members.filter(isWorkspaceTable)) tables.add(member.Name);
    } else if (isWorkspaceTable(symbol)) {
      tables.add(symbol.Name);
    } else if (kind === 'function' && globals.IsDatabaseFunction(symbol)) {
      const isNew = !functions.has(symbol.Name);
      functions.add(symbol.Name);
      const body = isNew ? node.GetCalledFunctionBody?.() : null;
      if (body) visitAll(indexNodes(service, body));
    }
  };
  const visitCall = (node: ParserNode): void => {
    const name = node.Name?.SimpleName;
    if (name !== '_GetWatchlist' && name !== 'workspace') return;
    const value = firstArgument(service, node)?.ConstantValue;
    if (typeof value === 'string') (name === 'workspace' ? workspaces : watchlists).add(value);
  };
  const visitAll = (index: NodeIndex): void => {
    for (const call of index.get('FunctionCallExpression') ?? []) {
      visitCall(call);
      visitName(call);
    }
    for (const name of index.get('NameReference') ?? []) visitName(name);
    for (const kind of ['SearchOperator', 'FindOperator']) {
      for (const operator of index.get(kind) ?? []) {
        if (!operator.InClause && isFirstOperator(operator)) wildcards.add('*');
      }
    }
  };
  visitAll(nodes);
  return {
    tables: sorted(tables),
    wildcards: sorted(wildcards),
    functions: sorted(functions),
    watchlists: sorted(watchlists),
    workspaces: sorted(workspaces),
  };
}

/** The `let` statements of a query, at any depth, in the order of the text. */
export function collectLets({ nodes }: AnalysedQuery): readonly LetBinding[] {
  return (nodes.get('LetStatement') ?? []).flatMap(({ Name: name }) =>
    name?.SimpleName ? [{ name: name.SimpleName, start: name.TextStart, length: name.Width }] : [],
  );
}

function sorted(names: ReadonlySet<string>): readonly string[] {
  return [...names].sort(compareText);
}
