import { argumentsOf } from '../kql/query-node.ts';
import type { QueryNode } from '../kql/query-node.ts';
import { compileScalar } from './compile-scalar.ts';
import { compileStatements } from './compile-statements.ts';
import { compileTable, isTabular } from './compile-table.ts';
import { refuse } from './scope.ts';
import type { Binding, Scope } from './scope.ts';

/** What the call of a function given in KQL stands for: its body is compiled for each call, with the arguments as names. */
export function compileFunctionBody(call: QueryNode, body: QueryNode, scope: Scope): Binding {
  const callSite = scope.callSite ?? call;
  const parameters = scope.bindings.get(`${call.name ?? ''}()`);
  const names = declaredParameters(parameters);
  const bindings = new Map(scope.bindings);
  const given = argumentsOf(call);
  names.forEach(({ name, fallback }, index) => {
    const named = given.find(
      (argument) => argument.kind === 'SimpleNamedExpression' && argument.name === name,
    );
    const positional = given[index];
    const argument =
      named ?? (positional?.kind === 'SimpleNamedExpression' ? undefined : positional) ?? fallback;
    if (argument) bindings.set(name, bindArgument(argument, scope));
  });
  const inner: Scope = { columns: scope.columns, bindings, callSite };
  return (
    compileStatements(body.list('Statements'), body.part('Expression'), inner) ??
    refuse(scope, call, call.text)
  );
}

function bindArgument(argument: QueryNode, scope: Scope): Binding {
  const value =
    argument.kind === 'SimpleNamedExpression' ? (argument.part('Expression') ?? argument) : argument;
  return isTabular(value)
    ? { kind: 'table', table: compileTable(value, { ...scope, columns: [] }) }
    : { kind: 'scalar', scalar: compileScalar(value, scope) };
}

interface DeclaredParameter {
  readonly name: string;
  readonly fallback?: QueryNode;
}

function declaredParameters(binding: Binding | undefined): readonly DeclaredParameter[] {
  return binding?.kind === 'function' ? binding.parameters : [];
}
