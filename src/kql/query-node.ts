import type { QueryResult } from './bound-query.ts';
import type { ScalarType, TableSchema } from './schemas/workspace-schema.ts';

/** The kinds of node that the tool names. Others of Microsoft's `SyntaxKind` occur too. */
export type NamedNodeKind =
  | 'AddExpression'
  | 'AndExpression'
  | 'AsOperator'
  | 'BetweenExpression'
  | 'ContainsCsExpression'
  | 'ContainsExpression'
  | 'DataTableExpression'
  | 'DateTimeLiteralExpression'
  | 'DynamicExpression'
  | 'EqualExpression'
  | 'EqualTildeExpression'
  | 'BangTildeExpression'
  | 'ExpressionCouple'
  | 'ExpressionStatement'
  | 'ExternalDataExpression'
  | 'FilterOperator'
  | 'FindOperator'
  | 'FunctionCallExpression'
  | 'FunctionDeclaration'
  | 'GreaterThanExpression'
  | 'GreaterThanOrEqualExpression'
  | 'HasAnyExpression'
  | 'HasExpression'
  // Microsoft's names for `in~` and `in`, in this order.
  | 'InCsExpression'
  | 'InExpression'
  | 'JoinOperator'
  | 'LessThanExpression'
  | 'LessThanOrEqualExpression'
  | 'LetStatement'
  | 'LongLiteralExpression'
  | 'LookupOperator'
  | 'MatchesRegexExpression'
  | 'MultiplyExpression'
  | 'MvApplyOperator'
  | 'MvExpandOperator'
  | 'NameAndTypeDeclaration'
  | 'NameDeclaration'
  | 'NameReference'
  | 'NamedParameter'
  | 'NotContainsCsExpression'
  | 'NotContainsExpression'
  | 'NotEqualExpression'
  | 'NotInCsExpression'
  | 'NotInExpression'
  | 'OrExpression'
  | 'ParenthesizedExpression'
  | 'PathExpression'
  | 'PipeExpression'
  | 'RangeOperator'
  | 'SearchOperator'
  | 'SimpleNamedExpression'
  | 'SortOperator'
  | 'StringLiteralExpression'
  | 'SubtractExpression'
  | 'SummarizeOperator'
  | 'TimespanLiteralExpression'
  | 'UnaryMinusExpression'
  | 'UnionOperator';

/** The kind of a node, in Microsoft's word for it. */
export type NodeKind = NamedNodeKind | (string & Record<never, never>);

/** What a name or an operator refers to. */
export interface NodeSymbol {
  readonly kind: 'column' | 'function' | 'operator' | 'parameter' | 'table' | 'variable' | 'other';
  readonly name: string;
  /** What to use instead, if Kusto keeps it for old queries only. */
  readonly successor?: string;
}

/** The type of a scalar expression; `unknown` where it comes from something whose columns are not listed. */
export type NodeType = ScalarType | 'unknown';

/** A parameter of a called function. `fallback`: what it is without an argument, in KQL. */
export interface CalledParameter {
  readonly name: string;
  readonly fallback?: string;
}

/**
 * A node of a query's syntax tree. Members are read from the parser when asked for, and kept. Tokens are no nodes, and
 * lists are no nodes either: their elements are children of the node that has the list.
 */
export interface QueryNode {
  readonly kind: NodeKind;
  /** The text without the white space around it. */
  readonly text: string;
  /** UTF-16 units from the query's start; negative in a statement that stands in front of the query. */
  readonly start: number;
  readonly length: number;
  readonly parent: QueryNode | undefined;
  readonly children: readonly QueryNode[];
  /** What the node declares, refers to or calls: of `x`, `x(…)`, `x = …`, `let x = …` it is `x`. */
  readonly name: string | undefined;
  readonly symbol: NodeSymbol | undefined;
  /** Of a scalar expression. */
  readonly type: NodeType | undefined;
  /**
   * The name that a column gets from this expression: `x` of `tostring(x)` and of `x = 1`, `d_k` of `d.k`, `sum_x` of `sum(x)`.
   * undefined where columns are numbered instead.
   */
  readonly columnName: string | undefined;
  /** The rows that a tabular expression or operator gives. */
  readonly rows: QueryResult | undefined;
  /**
   * The value of a constant expression, also of a `let`'s name: a string, a number or a truth value. undefined for other
   * types: the parser reads some literals of time wrongly. A dynamic literal is its JSON text.
   */
  readonly constant: string | number | boolean | undefined;
  /**
   * Of a call of a function given in KQL: its body, bound for this call. Places in it are those of the body's own text.
   * undefined where the schema knows no more of the body than the columns that it gives.
   */
  readonly calledBody: QueryNode | undefined;
  /** Of a call: the parameters of the function; none of another node. */
  readonly calledParameters: readonly CalledParameter[];
  /** The children with Microsoft's names for them; the elements of a list all have the list's. */
  readonly namedChildren: readonly { readonly name: string; readonly node: QueryNode }[];
  /** The part with Microsoft's name for it, such as `Left`, `Condition`, `ByClause`. */
  part(name: string): QueryNode | undefined;
  /** The elements of the list with Microsoft's name for it, such as `Expressions`, `Parameters`. */
  list(name: string): readonly QueryNode[];
}

/** The syntax tree of a query that was bound. It holds on to the parser's own: 0.2 MB a query. */
export interface QueryTree {
  readonly root: QueryNode;
  /** The nodes of some kinds, kind by kind, in the order of the text; without the statements in front of the query. */
  readonly nodesOf: (...kinds: readonly NamedNodeKind[]) => readonly QueryNode[];
  /** The `let` statement whose name is referred to; it may stand in front of the query. */
  readonly letOf: (reference: QueryNode) => QueryNode | undefined;
  /** The tables of the workspace whose names match a pattern such as `Device*`, sorted by name. */
  readonly tablesLike: (pattern: string) => readonly TableSchema[];
  /** True of the name of a function of the workspace. */
  readonly hasFunction: (name: string) => boolean;
  /** Where the name of a `let` statement is used. */
  readonly usesOf: (letStatement: QueryNode) => readonly QueryNode[];
}

/** The arguments of a call, in order; of another node none. */
export function argumentsOf(call: QueryNode): readonly QueryNode[] {
  return call.part('ArgumentList')?.list('Expressions') ?? [];
}

/** True if the node is, or lies in, the other. */
export function isWithin(node: QueryNode, other: QueryNode): boolean {
  return node.start >= other.start && node.start + node.length <= other.start + other.length;
}
