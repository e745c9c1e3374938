import type { QueryNode } from '../kql/query-node.ts';
import { compileScalar } from './compile-scalar.ts';
import { compileTable, isTabular } from './compile-table.ts';
import { markConstant } from './constant-scalar.ts';
import { evaluateConstant, oncePerRun, placeInQuery, refuse } from './scope.ts';
import type { Binding, CodePlace, FunctionParameter, Run, Scope, Table } from './scope.ts';
import { noteReader, within } from './trace.ts';

/** Compiles statements and then the expression whose value they give; undefined if there is none. */
export function compileStatements(
  statements: readonly QueryNode[],
  expression: QueryNode | undefined,
  scope: Scope,
): Binding | undefined {
  const bindings = new Map(scope.bindings);
  const inner = { ...scope, bindings };
  let result = expression;
  for (const statement of statements) {
    if (statement.kind === 'ExpressionStatement') result ??= statement.part('Expression');
    else if (statement.kind === 'LetStatement') declare(statement, inner, bindings);
    else if (statement.kind === 'QueryParametersStatement') declareParameters(statement, inner, bindings);
    else if (isReadOption(statement)) declareOption(statement, inner, bindings);
    else if (statement.kind !== 'SetOptionStatement' || !harmlessOptions.test(statement.name ?? ''))
      refuse(scope, statement, `the statement "${statement.text}"`);
  }
  return result && compileExpression(result, inner);
}

/** Options that limit or speed up a query, and never change its rows. */
const harmlessOptions =
  /^(notruncation|truncationmaxsize|norequesttimeout|servertimeout|max_?memory_?consumption\w*|query_(fanout|distribution|parallel|weak|force|bin_auto_size_hint)\w*|queryconsistency|perftrace|materialized_view_shuffle|results_?progressive\w*|request_\w+)$/i;

function isReadOption({ kind, name = '' }: QueryNode): boolean {
  return kind === 'SetOptionStatement' && /^query_bin_auto_(size|at)$/.test(name);
}

/** An option that functions read: a name that no query can give. */
function declareOption(statement: QueryNode, scope: Scope, bindings: Map<string, Binding>): void {
  const value = statement.part('ValueClause')?.part('Expression');
  if (!value) return refuse(scope, statement, statement.text);
  bindings.set(`set ${statement.name ?? ''}`, { kind: 'scalar', scalar: compileScalar(value, scope) });
}

/** `declare query_parameters(…)`: nobody gives them, so each has its default. */
function declareParameters(statement: QueryNode, scope: Scope, bindings: Map<string, Binding>): void {
  for (const parameter of statement.list('Parameters')) {
    const name = parameter.part('NameAndType')?.name;
    const fallback = parameter.part('DefaultValue')?.part('Value');
    if (name === undefined || !fallback)
      refuse(scope, parameter, `the parameter "${parameter.text}" without a default`);
    else bindings.set(name, computeOnce(compileExpression(fallback, { ...scope, bindings: new Map() })));
  }
}

function declare(statement: QueryNode, scope: Scope, bindings: Map<string, Binding>): void {
  const { name } = statement;
  const value = statement.part('Expression');
  if (name === undefined || value === undefined) return refuse(scope, statement, statement.text);
  if (value.kind === 'FunctionDeclaration') {
    bindings.set(`${name}()`, compileDeclaration(value, { ...scope, bindings: new Map(bindings) }));
    return;
  }
  const { compilation } = scope;
  const { randomParts } = compilation;
  const binding = compileExpression(value, scope);
  if (binding.kind === 'table' && compilation.randomParts > randomParts)
    return void bindings.set(name, { ...binding, isRandom: true });
  const isOfQuery = scope.callSite === undefined && scope.columns.length === 0;
  bindings.set(name, isOfQuery ? computeOnce(binding) : binding);
}

function placeOfBody(body: QueryNode, scope: Scope): CodePlace {
  const isFixed = scope.place !== undefined && 'length' in scope.place;
  return isFixed ? scope.place : { offset: placeInQuery(scope, body).start };
}

function compileDeclaration(declaration: QueryNode, scope: Scope): Binding {
  const parameters = parametersOf(declaration);
  const { bindings } = scope;
  const body = declaration.part('Body');
  const place = placeOfBody(body ?? declaration, scope);
  const isView = /^view\b/.test(declaration.text) && parameters.length === 0;
  if (!isView || !body) return { kind: 'function', parameters, bindings, place };
  const view = (): Table => {
    const value = compileStatements(body.list('Statements'), body.part('Expression'), scope);
    return value?.kind === 'table' ? value.table : refuse(scope, declaration, 'a view that is no table');
  };
  return { kind: 'function', parameters, bindings, place, view };
}

function parametersOf(declaration: QueryNode): readonly FunctionParameter[] {
  const list = declaration.part('Parameters')?.list('Parameters') ?? [];
  return list.map((parameter) => {
    const name = parameter.part('NameAndType')?.name ?? '';
    const fallback = parameter.part('DefaultValue')?.part('Value');
    return { name, ...(fallback ? { fallback } : {}) };
  });
}

/** A table or a value by what the expression is. */
export function compileExpression(node: QueryNode, scope: Scope): Binding {
  return isTabular(node)
    ? { kind: 'table', table: compileTable(node, { ...scope, columns: [] }) }
    : { kind: 'scalar', scalar: compileScalar(node, scope) };
}

/** Names of a query stand for one value, however often they are used. */
function computeOnce(binding: Binding): Binding {
  if (binding.kind === 'table') return { kind: 'table', table: materialize(binding.table) };
  if (binding.kind === 'function') return binding;
  const { scalar } = binding;
  const once = oncePerRun((run) => evaluateConstant(scalar, run));
  return { kind: 'scalar', scalar: markConstant((_row, frame) => once(frame.run)) };
}

/** A table whose rows are computed once a run. */
export function materialize(table: Table): Table {
  const { columns, late } = table;
  if (late) {
    const once = oncePerRun((run) => within(run, table, () => late(run)));
    return {
      columns,
      rows: (run) => readOnce(run, table, once).rows,
      late: (run) => readOnce(run, table, once),
    };
  }
  const once = oncePerRun((run) => within(run, table, () => table.rows(run)));
  return { columns, rows: (run) => readOnce(run, table, once) };
}

function readOnce<Result>(run: Run, table: Table, once: (run: Run) => Result): Result {
  if (run.trace) noteReader(run.trace, table);
  return once(run);
}
