import { argumentsOf, type QueryNode, type QueryTree } from '../../kql/query-node.ts';
import type { WorkspaceSchema } from '../../kql/schemas/workspace-schema.ts';
import { lookupFunctions } from '../../engine/lookup-functions.ts';
import type { RowSet } from '../../engine/scope.ts';
import { foreignTableKey } from '../foreign-table.ts';
import type { Fixtures } from '../scenario.ts';
import type { QueryWindow } from '../sentinel/query-window.ts';
import { freezeClock } from './freeze-clock.ts';
import { quoteName, type GivenSource } from './given-source.ts';
import { enrichmentKey, readEnrichment } from './read-enrichment.ts';
import type { TextEdit } from './text-edits.ts';

/** What cannot be written without the workspace, where it stands in the text. */
export interface NotEmitted {
  readonly construct: string;
  readonly start: number;
  readonly length: number;
}

/** What a query reads of the workspace, and the changes that make it read the given rows instead. */
export interface FoundSources {
  readonly sources: readonly GivenSource[];
  readonly edits: readonly TextEdit[];
}

interface SourceContext {
  readonly schema: WorkspaceSchema;
  readonly fixtures: Fixtures;
  readonly window: QueryWindow | undefined;
  /** A datetime literal: what `now()` gives. */
  readonly now: string;
}

/** Finds all that a query asks of the workspace and of the clock; what has no counterpart in a query alone is refused. */
export function findSources(
  tree: QueryTree,
  context: SourceContext,
): FoundSources | { readonly refused: NotEmitted } {
  const finder = new SourceFinder(tree, context);
  try {
    finder.visit(tree.root);
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.refused };
    throw error;
  }
  return { sources: [...finder.sources.values()], edits: finder.edits };
}

class Refusal extends Error {
  readonly refused: NotEmitted;
  constructor(node: QueryNode, construct: string) {
    super(construct);
    this.refused = { construct, start: node.start, length: node.length };
  }
}

const empty: RowSet = { columns: [], rows: [] };

class SourceFinder {
  readonly sources = new Map<string, GivenSource>();
  readonly edits: TextEdit[] = [];
  readonly #tree: QueryTree;
  readonly #context: SourceContext;
  readonly #taken: Set<string>;

  constructor(tree: QueryTree, context: SourceContext) {
    this.#tree = tree;
    this.#context = context;
    this.#taken = new Set(tree.nodesOf('NameDeclaration').flatMap(({ name }) => name ?? []));
  }

  visit(node: QueryNode): void {
    if (this.#replace(node)) return;
    for (const child of node.children) this.visit(child);
  }

  /** True if nothing within the node is to be looked at. */
  #replace(node: QueryNode): boolean {
    switch (node.kind) {
      case 'FunctionCallExpression':
        return this.#replaceCall(node);
      case 'NameReference':
        return this.#replaceName(node);
      case 'PathExpression':
        return this.#replaceForeign(node);
      case 'ExternalDataExpression':
        return this.#replaceExternal(node);
      case 'InvokeOperator':
        return this.#replaceInvoke(node);
      case 'SearchOperator':
      case 'FindOperator':
        this.#refuseUnlisted(node);
        return false;
      default:
        return false;
    }
  }

  #replaceName(node: QueryNode): boolean {
    const name = node.name ?? node.text;
    const { symbol, parent } = node;
    if (name.includes('*') && node.rows === undefined && parent?.kind === 'UnionOperator')
      return this.#replacePattern(node, name);
    if (symbol?.kind === 'table') {
      this.#refer(node, this.#table(symbol.name));
      return true;
    }
    if (symbol?.kind === 'function' && this.#isDeclared(symbol.name) && node.rows !== undefined) {
      this.#refer(node, this.#functionRows(node, symbol.name));
      return true;
    }
    const isOptional = symbol === undefined && node.rows?.isOpen === true && node.rows.columns.length === 0;
    if (isOptional) this.#refer(node, this.#absent(name));
    return true;
  }

  /** A pattern of tables would find those of the workspace; the names of those that it means do not. */
  #replacePattern(node: QueryNode, pattern: string): true {
    const tables = this.#tree.tablesLike(pattern);
    if (tables.length === 0 || tables.length > 40)
      throw new Refusal(node, `the pattern "${pattern}", which stands for ${tables.length} tables`);
    const names = tables.map(({ name }) => quoteName(this.#table(name)));
    this.edits.push({ start: node.start, length: node.length, text: names.join(', ') });
    return true;
  }

  #replaceCall(node: QueryNode): boolean {
    const { name = '', symbol } = node;
    const [argument] = argumentsOf(node);
    const frozen = freezeClock(node, this.#context.now);
    if (frozen !== undefined) {
      this.edits.push(...frozen);
      for (const inner of argumentsOf(node)) this.visit(inner);
      return true;
    }
    if (name === 'ingestion_time') throw new Refusal(node, 'ingestion_time(), which given rows do not have');
    if (name === '_GetWatchlist' && argument !== undefined) return this.#replaceWatchlist(node, argument);
    if (name === 'table' && argument !== undefined) {
      if (typeof argument.constant !== 'string') throw new Refusal(node, node.text);
      this.#refer(node, this.#table(argument.constant));
      return true;
    }
    const isOfWorkspace = this.#isDeclared(name) && node.calledBody === undefined;
    if (symbol?.kind !== 'function' || !(isOfWorkspace || lookupFunctions.has(name))) {
      for (const inner of argumentsOf(node)) this.visit(inner);
      return true;
    }
    if (node.rows !== undefined) this.#refer(node, this.#functionRows(node, name));
    else this.#replaceScalarCall(node, name);
    return true;
  }

  #replaceScalarCall(node: QueryNode, name: string): void {
    const callee = node.part('Name') ?? node;
    const names = node.calledParameters.map((parameter) => parameter.name);
    const letName = this.#declare(`scalar ${name}`, `${name}_given`, (own) => ({
      kind: 'function',
      letName: own,
      parameters: this.#context.schema.functions.get(name)?.parameters ?? `${names[0] ?? 'x'}:string`,
      parameterNames: names,
      type: node.type ?? 'dynamic',
      rows: this.#given('functions', name),
    }));
    this.edits.push({ start: callee.start, length: callee.length, text: quoteName(letName) });
    for (const argument of argumentsOf(node)) this.visit(argument);
  }

  #replaceWatchlist(node: QueryNode, argument: QueryNode): true {
    const value = argument.kind === 'SimpleNamedExpression' ? argument.part('Expression') : argument;
    const alias = value?.constant;
    if (typeof alias !== 'string') throw new Refusal(node, node.text);
    const { watchlists } = this.#context.fixtures;
    const found = [...watchlists.keys()].find((one) => one.toLowerCase() === alias.toLowerCase()) ?? alias;
    const key = `watchlist ${alias.toLowerCase()}`;
    const letName = this.#declare(key, `Watchlist_${alias}`, (own) =>
      this.#rowsOf(own, node, this.#given('watchlists', found)),
    );
    this.#refer(node, letName);
    return true;
  }

  #replaceExternal(node: QueryNode): true {
    const columns = node.rows?.columns ?? [];
    const rows = node.list('URIs').flatMap((uri) => {
      if (typeof uri.constant !== 'string') throw new Refusal(uri, `the address "${uri.text}"`);
      const address = uri.constant.split(';', 1)[0] ?? '';
      const given = this.#given('external', address);
      const places = columns.map(({ name }) => given.columns.findIndex((column) => column.name === name));
      return given.rows.map((row) => places.map((place) => row[place] ?? null));
    });
    const letName = this.#declare(`external ${node.start}`, 'External', (own) => ({
      kind: 'rows',
      letName: own,
      columns,
      isOpen: false,
      rows: { columns, rows },
    }));
    this.#refer(node, letName);
    return true;
  }

  #replaceForeign(node: QueryNode): boolean {
    const call = node.part('Expression');
    const selector = node.part('Selector');
    if (call?.kind !== 'FunctionCallExpression' || selector?.symbol?.kind !== 'table') return false;
    const [argument] = argumentsOf(call);
    const address = argument?.constant;
    const { name } = selector.symbol;
    if (call.name === 'database' && address === 'workspace') {
      this.#refer(node, this.#table(name));
      return true;
    }
    if (call.name !== 'workspace' || typeof address !== 'string') throw new Refusal(node, node.text);
    const given = this.#given('tables', foreignTableKey(address, name));
    const letName = this.#declare(`foreign ${address} ${name}`, `${name}_of_${address}`, (own) => ({
      ...this.#rowsOf(own, selector, given),
      window: this.#context.window,
    }));
    this.#refer(node, letName);
    return true;
  }

  /** A function that adds columns by a key becomes a lookup in the rows that the scenario gives of it. */
  #replaceInvoke(node: QueryNode): boolean {
    const call = node.part('Function');
    const name = call?.symbol?.name ?? '';
    if (call === undefined || !this.#isDeclared(name) || call.calledBody !== undefined) return false;
    const enrichment = readEnrichment(node, call, this.#given('functions', name));
    if (enrichment === undefined) throw new Refusal(node, `"${node.text}"`);
    const { key, ...rows } = enrichment;
    const letName = this.#declare(`invoke ${node.start}`, name, (own) => {
      return { kind: 'rows', letName: own, columns: rows.columns, isOpen: false, rows };
    });
    const text = `lookup kind=leftouter ${quoteName(letName)} on $left.${quoteName(key)} == $right.${enrichmentKey}`;
    this.edits.push({ start: node.start, length: node.length, text });
    return true;
  }

  #refuseUnlisted(node: QueryNode): void {
    const isPiped = node.parent?.kind === 'PipeExpression' && node.parent.part('Operator') === node;
    const clause = node.part('InClause');
    const isListed = clause?.list('Expressions').every(({ text }) => !text.includes('*'));
    if (!isPiped && isListed !== true) throw new Refusal(node, `"${node.text}", which looks at every table`);
  }

  #isDeclared(name: string): boolean {
    const called = this.#context.schema.functions.get(name);
    return called !== undefined && (called.kind === 'declared' || called.isOutline === true);
  }

  #table(name: string): string {
    const schema = this.#context.schema.tables.get(name);
    return this.#declare(`table ${name}`, name, (letName) => ({
      kind: 'rows',
      letName,
      columns: schema?.columns ?? [],
      isOpen: schema?.isOpen ?? true,
      rows: this.#given('tables', name),
      window: this.#context.window,
    }));
  }

  #functionRows(node: QueryNode, name: string): string {
    return this.#declare(`function ${name}`, name, (own) =>
      this.#rowsOf(own, node, this.#given('functions', name)),
    );
  }

  /** A table that the query can do without: on a workspace that has it, its rows would come in. */
  #absent(name: string): string {
    const columns = [{ name: 'TimeGenerated', type: 'datetime' as const }];
    return this.#declare(`absent ${name}`, name, (letName) => ({
      kind: 'rows',
      letName,
      columns,
      isOpen: false,
      rows: empty,
    }));
  }

  #rowsOf(letName: string, { rows: shape }: QueryNode, rows: RowSet): Extract<GivenSource, { kind: 'rows' }> {
    return { kind: 'rows', letName, columns: shape?.columns ?? [], isOpen: shape?.isOpen ?? true, rows };
  }

  #given(kind: 'tables' | 'watchlists' | 'functions' | 'external', name: string): RowSet {
    return this.#context.fixtures[kind].get(name)?.rows ?? empty;
  }

  /** Declares a source once, under a name that the query does not use itself. */
  #declare(key: string, wanted: string, build: (letName: string) => GivenSource): string {
    const known = this.sources.get(key);
    if (known !== undefined) return known.letName;
    const base = wanted.replaceAll(/\W+/g, '_');
    let letName = base;
    for (let number = 2; this.#taken.has(letName); number++) letName = `${base}_${number}`;
    this.#taken.add(letName);
    this.sources.set(key, build(letName));
    return letName;
  }

  #refer(node: QueryNode, letName: string): void {
    const text = quoteName(letName);
    if (node.text !== text) this.edits.push({ start: node.start, length: node.length, text });
  }
}
