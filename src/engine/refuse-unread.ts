import type { QueryNode } from '../kql/query-node.ts';
import { refuse } from './scope.ts';
import type { Scope } from './scope.ts';

/**
 * What the engine reads of each kind of node: Microsoft's names of its children. A child that is not listed would have no
 * effect on the rows, whatever it asks for; a query that has one is refused. A kind that is not listed is a literal, or an
 * operator on two values.
 */
const readChildren: Readonly<Record<string, string>> = {
  QueryBlock: 'Statements',
  ExpressionStatement: 'Expression',
  LetStatement: 'Name Expression',
  QueryParametersStatement: 'Parameters',
  SetOptionStatement: 'Name ValueClause',
  OptionValueClause: 'Expression',
  FunctionDeclaration: 'Parameters Body',
  FunctionParameters: 'Parameters',
  FunctionParameter: 'NameAndType DefaultValue',
  DefaultValueDeclaration: 'Value',
  FunctionBody: 'Statements Expression',
  NameDeclaration: 'Name',
  NameReference: 'Name',
  BracketedName: 'Name',
  BracedName: 'Name',
  NameAndTypeDeclaration: 'Name Type',
  SchemaTypeExpression: 'Columns',
  RowSchema: 'Columns',
  EvaluateSchemaClause: 'Schema',
  EvaluateRowSchema: 'Columns',
  // Expressions
  PipeExpression: 'Expression Operator',
  ParenthesizedExpression: 'Expression',
  SimpleNamedExpression: 'Name Expression',
  CompoundNamedExpression: 'Names Expression',
  RenameList: 'Names',
  FunctionCallExpression: 'Name ArgumentList',
  ExpressionList: 'Expressions',
  ExpressionCouple: 'First Second',
  PathExpression: 'Expression Selector',
  ElementExpression: 'Expression Selector',
  BracketedExpression: 'Expression',
  UnaryMinusExpression: 'Expression',
  UnaryPlusExpression: 'Expression',
  MaterializeExpression: 'Expression',
  ToScalarExpression: 'Expression',
  ToTableExpression: 'Expression',
  OrderedExpression: 'Expression Ordering',
  OrderingClause: 'NullsClause',
  DynamicExpression: 'Expression',
  JsonArrayExpression: 'Values',
  JsonObjectExpression: 'Pairs',
  JsonPair: 'Name Value',
  TypeOfLiteralExpression: 'Types',
  DataTableExpression: 'Schema Values',
  ExternalDataExpression: 'Schema URIs WithClause',
  ExternalDataWithClause: 'Properties',
  // Operators
  AsOperator: 'Parameters Name',
  CountAsIdentifierClause: 'Identifier Name',
  CountOperator: 'AsIdentifier',
  DistinctOperator: 'Parameters Expressions',
  EvaluateOperator: 'Parameters FunctionCall Schema',
  ExtendOperator: 'Expressions',
  FilterOperator: 'Parameters Condition',
  FindInClause: 'Expressions',
  FindOperator: 'Parameters InClause Condition Project',
  FindProjectClause: 'Columns',
  InvokeOperator: 'Function',
  JoinOperator: 'Parameters Expression ConditionClause',
  JoinOnClause: 'Expressions',
  LookupOperator: 'Parameters Expression LookupClause',
  MakeSeriesOperator: 'Parameters Aggregates OnClause RangeClause ByClause',
  MakeSeriesExpression: 'Expression DefaultExpression',
  DefaultExpressionClause: 'Expression',
  MakeSeriesOnClause: 'Expression',
  MakeSeriesFromToStepClause: 'MakeSeriesFromClause MakeSeriesToClause MakeSeriesStepClause',
  MakeSeriesInRangeClause: 'Arguments',
  MakeSeriesFromClause: 'Expression',
  MakeSeriesToClause: 'Expression',
  MakeSeriesStepClause: 'Expression',
  MakeSeriesByClause: 'Expressions',
  MvApplyOperator: 'Parameters Expressions RowLimitClause Subquery',
  MvApplyExpression: 'Expression ToTypeOf',
  MvApplyRowLimitClause: 'RowLimit',
  MvApplySubqueryExpression: 'Expression',
  MvExpandOperator: 'Parameters Expressions RowLimitClause',
  MvExpandExpression: 'Expression ToTypeOf',
  MvExpandRowLimitClause: 'RowLimit',
  ToTypeOfClause: 'TypeOf',
  ParseKvOperator: 'Expression Keys WithClause',
  ParseKvWithClause: 'Properties',
  ParseOperator: 'Parameters Expression Patterns',
  ParseWhereOperator: 'Parameters Expression Patterns',
  PartitionOperator: 'Parameters ByExpression Operand',
  PartitionSubquery: 'Subquery',
  PrintOperator: 'Expressions',
  ProjectAwayOperator: 'Expressions',
  ProjectByNamesOperator: 'Expressions',
  ProjectKeepOperator: 'Expressions',
  ProjectOperator: 'Expressions',
  ProjectRenameOperator: 'Expressions',
  ProjectReorderOperator: 'Expressions',
  RangeOperator: 'Name From To Step',
  RenderOperator: 'Parameters WithClause',
  RenderWithClause: 'Properties',
  ScanOperator: 'Parameters DeclareClause Steps',
  ScanDeclareClause: 'Declarations',
  ScanStep: 'Name ScanStepOutput Condition ComputationClause',
  ScanComputationClause: 'Assignments',
  ScanAssignment: 'Name Expression',
  TopHittersOperator: 'Expression OfExpression ByClause',
  TopHittersByClause: 'Expression',
  TopNestedOperator: 'Clauses',
  TopNestedClause: 'Expression OfExpression WithOthersClause ByExpression',
  TopNestedWithOthersClause: 'Expression',
  SampleDistinctOperator: 'Parameters Expression OfExpression',
  SampleOperator: 'Parameters Expression',
  SearchOperator: 'Parameters InClause Condition',
  SerializeOperator: 'Parameters Expressions',
  SortOperator: 'Parameters Expressions',
  SummarizeOperator: 'Parameters Aggregates ByClause',
  SummarizeByClause: 'Expressions',
  TakeOperator: 'Parameters Expression',
  TopOperator: 'Parameters Expression ByExpression',
  UnionOperator: 'Parameters Expressions',
  NamedParameter: 'Name Expression',
};

/** The named parameters that operators read, by what has them. */
const readParameters: Readonly<Record<string, string>> = {
  JoinOperator: 'kind',
  LookupOperator: 'kind',
  MakeSeriesOperator: 'kind',
  MvApplyOperator: 'with_itemindex',
  MvExpandOperator: 'bagexpansion kind with_itemindex',
  ParseKvWithClause: 'pair_delimiter kv_delimiter quote escape greedy regex',
  ParseOperator: 'kind flags',
  ParseWhereOperator: 'kind flags',
  FindOperator: 'withsource',
  ScanOperator: 'with_match_id',
  SearchOperator: 'kind withsource',
  UnionOperator: 'kind withsource with_source isfuzzy',
};

/** The named parameters that an operator reads, by the parser's name for it. */
export function parametersOfOperator(kind: string): readonly string[] {
  return readParameters[kind]?.split(' ') ?? [];
}

/** Where parameters say how something is drawn or how a file is read, which a fixture has behind it. */
const harmlessOwners: ReadonlySet<string> = new Set([
  'ExternalDataWithClause',
  'RenderOperator',
  'RenderWithClause',
]);

/** Parameters that say how to compute the rows, never which. https://learn.microsoft.com/kusto/query/join-operator#hints */
function isHint(name: string): boolean {
  return name.startsWith('hint.');
}

/**
 * Refuses what the engine would not read of a query or of a function's body. Bodies of functions that are declared in it
 * are left to their calls.
 */
export function refuseUnread(node: QueryNode, scope: Scope): void {
  const read = readChildren[node.kind]?.split(' ') ?? ['Left', 'Right'];
  for (const { name, node: child } of node.namedChildren) {
    if (!read.includes(name)) refuse(scope, child, `"${shorten(child.text)}" in ${describe(node)}`);
    if (child.kind === 'NamedParameter') refuseUnreadParameter(child, node, scope);
    if (node.kind !== 'FunctionDeclaration' || name !== 'Body') refuseUnread(child, scope);
  }
}

function refuseUnreadParameter(parameter: QueryNode, owner: QueryNode, scope: Scope): void {
  const name = parameter.name ?? '';
  if (harmlessOwners.has(owner.kind) || isHint(name)) return;
  if (readParameters[owner.kind]?.split(' ').includes(name)) return;
  refuse(scope, parameter, `"${shorten(parameter.text)}" in ${describe(owner)}`);
}

/** `the operator "reduce"`, or what the node is written as. */
function describe(node: QueryNode): string {
  const word = /^[\w-]+/.exec(node.text)?.[0];
  return node.kind.endsWith('Operator') && word ? `the operator "${word}"` : `"${shorten(node.text)}"`;
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
