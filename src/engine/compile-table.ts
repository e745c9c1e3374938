import { argumentsOf } from '../kql/query-node.ts';
import type { NodeType, QueryNode } from '../kql/query-node.ts';
import { compileFunctionBody } from './compile-function.ts';
import { compileScalar, partOf } from './compile-scalar.ts';
import { materialize } from './compile-statements.ts';
import { convertTo } from './convert.ts';
import { findOperator } from './operators/registry.ts';
import { readExternal, readForeignTable, readFunctionRows, readTable, readWatchlist } from './fixtures.ts';
import { carryIngestion } from './ingestion.ts';
import { buildOver } from './late-table.ts';
import { evaluateConstant, noteRandom, refuse } from './scope.ts';
import type { Binding, Scope, Table } from './scope.ts';
import { traceTable } from './trace.ts';
import type { Value } from './value.ts';

/** True of an expression that gives rows, or several tables of them, as `fork` does. */
export function isTabular(node: QueryNode): boolean {
  return node.rows !== undefined || node.kind === 'PipeExpression';
}

/** A table without columns and one row: what `print` and `range` are operators on. */
const unit: Table = { columns: [], rows: () => [[]] };

/**
 * Compiles a tabular expression. Throws UnsupportedError.
 *
 * @param input the rows that an operator at its start works on, in a subquery of `mv-apply` or `partition`
 */
export function compileTable(node: QueryNode, outer: Scope, input: Table = unit): Table {
  const scope = input === unit ? outer : { ...outer, isRepeated: true };
  switch (node.kind) {
    case 'PipeExpression':
      return compilePipe(node, scope, input);
    case 'ParenthesizedExpression':
    case 'SimpleNamedExpression':
    case 'ToTableExpression':
      return compileTable(partOf(node, 'Expression', scope), scope, input);
    case 'MaterializeExpression':
      return compileMaterialize(node, scope);
    case 'DataTableExpression':
      return traceTable(node, compileDatatable(node, scope), scope, true);
    case 'ExternalDataExpression':
      return traceTable(node, compileExternal(node, scope), scope, true);
    case 'PathExpression':
      return compileForeign(node, scope);
    case 'NameReference':
      return compileTableName(node, scope);
    case 'FunctionCallExpression':
      return compileTableCall(node, scope);
    default: {
      const operator = findOperator(node.kind);
      return operator
        ? traceTable(node, operator(node, input, scope), scope)
        : refuse(scope, node, describeOperator(node));
    }
  }
}

function compilePipe(node: QueryNode, scope: Scope, outer: Table): Table {
  const operatorNode = partOf(node, 'Operator', scope);
  const operator = findOperator(operatorNode.kind);
  const input = compileTable(partOf(node, 'Expression', scope), scope, outer);
  if (!operator) return refuse(scope, operatorNode, describeOperator(operatorNode));
  const output = buildOver([input], ([known = input], isLate) =>
    carryIngestion(operatorNode, known, (source) =>
      operator(operatorNode, source, isLate ? { ...scope, isOpen: true } : scope),
    ),
  );
  return traceTable(operatorNode, output, scope);
}

function describeOperator(node: QueryNode): string {
  return `the operator "${/^[\w-]+/.exec(node.text)?.[0] ?? node.text}"`;
}

function compileDatatable(node: QueryNode, scope: Scope): Table {
  const columns = node.rows?.columns ?? [];
  const values = node.list('Values').map((value) => compileScalar(value, { ...scope, columns: [] }));
  return {
    columns,
    rows: (run) => {
      const flat = values.map((value) => evaluateConstant(value, run));
      const count = columns.length === 0 ? 0 : Math.floor(flat.length / columns.length);
      return Array.from({ length: count }, (_row, index) =>
        columns.map(({ type }, at) => fitTo(type, flat[index * columns.length + at] ?? null)),
      );
    },
  };
}

/** A dynamic column takes a text as it is. */
function fitTo(type: NodeType, value: Value): Value {
  return type === 'dynamic' ? value : convertTo(type, value);
}

function compileTableName(node: QueryNode, scope: Scope): Table {
  const name = node.name ?? '';
  const binding = scope.bindings.get(name);
  if (binding?.kind === 'table') return readBinding(binding, scope);
  const named = scope.compilation.named.get(name);
  if (named && node.symbol?.kind === 'variable') {
    if (scope.isRepeated) noteRandom(scope);
    return named;
  }
  if (node.calledBody) return compileCalled(node, node.calledBody, scope);
  if (node.symbol?.kind === 'table') return traceTable(node, readTable(name, node.rows), scope, true);
  return node.symbol?.kind === 'function' && node.rows
    ? traceTable(node, readFunctionRows(node, scope), scope, true)
    : refuse(scope, node, `the table "${name}"`);
}

function readBinding({ table, isRandom }: TableBinding, scope: Scope): Table {
  if (isRandom) noteRandom(scope);
  return table;
}

type TableBinding = Extract<Binding, { readonly kind: 'table' }>;

/** What is drawn at random is drawn once here. */
function compileMaterialize(node: QueryNode, scope: Scope): Table {
  const { compilation } = scope;
  const { randomParts } = compilation;
  const table = materialize(compileTable(partOf(node, 'Expression', scope), scope));
  compilation.randomParts = randomParts;
  return table;
}

function compileTableCall(node: QueryNode, scope: Scope): Table {
  if (node.calledBody) return compileCalled(node, node.calledBody, scope);
  const [argument] = argumentsOf(node);
  const constant = { ...scope, columns: [] };
  if (node.name === 'table' && argument) return compileTableFunction(node, argument, scope);
  if (node.name === '_GetWatchlist' && argument)
    return traceTable(
      node,
      readWatchlist(node, compileScalar(valueOf(argument), constant), scope),
      scope,
      true,
    );
  return scope.compilation.tree.hasFunction(node.name ?? '') && node.rows
    ? traceTable(node, readFunctionRows(node, scope), scope, true)
    : refuse(scope, node, `the function ${node.name ?? node.text}()`);
}

/** `table("Heartbeat")`, also of a name that a `let` gives. */
function compileTableFunction(node: QueryNode, argument: QueryNode, scope: Scope): Table {
  const name = argument.constant;
  if (typeof name !== 'string') return refuse(scope, node, `the table "${node.text}"`);
  const binding = scope.bindings.get(name);
  const isKnown = binding?.kind === 'table' || scope.compilation.tree.tablesLike(name).length > 0;
  if (!isKnown) return refuse(scope, node, `the table "${name}", which no schema has`);
  return binding?.kind === 'table'
    ? readBinding(binding, scope)
    : traceTable(node, readTable(name, node.rows), scope, true);
}

/** `workspace("contoso").Heartbeat` */
function compileForeign(node: QueryNode, scope: Scope): Table {
  const call = partOf(node, 'Expression', scope);
  const selector = partOf(node, 'Selector', scope);
  const database = foreignDatabases.has(call.name ?? '') ? argumentsOf(call)[0] : undefined;
  if (call.kind !== 'FunctionCallExpression' || !database) return refuse(scope, node, `"${node.text}"`);
  const isOwn = call.name === 'database' && database.constant === 'workspace';
  if (isOwn) return compileTable(selector, scope);
  return traceTable(
    node,
    readForeignTable(selector, call, compileScalar(database, { ...scope, columns: [] }), scope),
    scope,
    true,
  );
}

const foreignDatabases: ReadonlySet<string> = new Set([
  'adx',
  'app',
  'arg',
  'database',
  'resource',
  'workspace',
]);

function compileExternal(node: QueryNode, scope: Scope): Table {
  const addresses = node.list('URIs').map((uri) => compileScalar(uri, { ...scope, columns: [] }));
  return readExternal(node, addresses, scope);
}

function valueOf(argument: QueryNode): QueryNode {
  return argument.kind === 'SimpleNamedExpression' ? (argument.part('Expression') ?? argument) : argument;
}

function compileCalled(node: QueryNode, body: QueryNode, scope: Scope): Table {
  const binding = compileFunctionBody(node, body, { ...scope, columns: [] });
  return binding.kind === 'table' ? binding.table : refuse(scope, node, `"${node.text}" as a table`);
}
