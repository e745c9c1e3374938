import type { NamedNodeKind, QueryNode, QueryTree } from './query-node.ts';

/** A parameter whose name means something else in its query. The span is where it does, in the query's text. */
export interface ParameterCollision {
  readonly name: string;
  readonly kind: 'let' | 'column' | 'function-or-table';
  readonly start: number;
  readonly length: number;
  /** Completes "the parameter is named like …": `a column of SecurityEvent`. */
  readonly detail: string;
}

type Meaning = Pick<ParameterCollision, 'kind' | 'detail'>;

/** What brings columns into a query, as opposed to what an operator made of them. */
const sourceKinds: readonly NamedNodeKind[] = [
  'NameReference',
  'FunctionCallExpression',
  'DataTableExpression',
  'ExternalDataExpression',
  'UnionOperator',
  'SearchOperator',
  'FindOperator',
  'RangeOperator',
];

/**
 * Finds the parameters of a detection whose name KQL resolves to something else without a word: a `let` or a function
 * parameter of the query, a column in scope (a column wins over a `let`), or a table or workspace function that the query
 * uses (the `let` wins). At most one collision a parameter, in the order of the names. A call (`count()`) is never
 * mistaken for a parameter.
 *
 * @param tree the query with the parameters declared in front of it, but for those named like a table or a function: their
 *   statements would hide its use
 */
export function findParameterCollisions(
  tree: QueryTree,
  parameterNames: readonly string[],
): readonly ParameterCollision[] {
  if (parameterNames.length === 0) return [];
  const named = inOrder(tree.nodesOf('NameDeclaration', 'NameReference'));
  const sources = inOrder(tree.nodesOf(...sourceKinds)).filter(({ rows }) => rows !== undefined);
  return parameterNames.flatMap((name) => findByName(name, named) ?? findInSources(name, sources) ?? []);
}

/** By place; of two at one place the outer one first. */
function inOrder(nodes: readonly QueryNode[]): readonly QueryNode[] {
  return [...nodes].sort((a, b) => a.start - b.start || b.length - a.length);
}

function findByName(name: string, nodes: readonly QueryNode[]): ParameterCollision | undefined {
  for (const node of nodes) {
    const meaning = node.name === name ? meaningOf(node) : undefined;
    if (meaning) return { name, ...meaning, start: node.start, length: node.length };
  }
  return undefined;
}

function findInSources(name: string, sources: readonly QueryNode[]): ParameterCollision | undefined {
  const source = sources.find(({ rows }) => rows?.columns.some((column) => column.name === name));
  if (source === undefined) return undefined;
  const isNamed = source.kind === 'NameReference' || source.kind === 'FunctionCallExpression';
  const detail = `a column of ${(isNamed ? source.name : undefined) ?? 'these rows'}`;
  return { name, kind: 'column', detail, start: source.start, length: source.length };
}

/** What a node named like a parameter stands for, if not for the parameter. */
function meaningOf(node: QueryNode): Meaning | undefined {
  const { symbol, parent } = node;
  if (node.kind === 'NameReference') {
    if (symbol?.kind === 'column') return { kind: 'column', detail: 'a column that is in scope here' };
    if (parent?.kind === 'FunctionCallExpression' && parent.part('Name') === node) return undefined;
    return symbol?.kind === 'table' || symbol?.kind === 'function'
      ? { kind: 'function-or-table', detail: 'a table or function that the query uses' }
      : undefined;
  }
  if (symbol?.kind === 'column') return { kind: 'column', detail: 'a column that the query defines' };
  switch (parent?.kind) {
    case 'LetStatement':
      return { kind: 'let', detail: 'a "let" of the query' };
    case 'AsOperator':
      return { kind: 'let', detail: 'a name that the query gives with "as"' };
    case 'NameAndTypeDeclaration':
      return { kind: 'let', detail: 'a parameter of a function in the query' };
    default:
      return undefined;
  }
}
