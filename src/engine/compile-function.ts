import { analyseQuery } from '../kql/bind-query.ts';
import { argumentsOf } from '../kql/query-node.ts';
import type { QueryNode } from '../kql/query-node.ts';
import { emptySchema } from '../kql/schemas/workspace-schema.ts';
import { compileExpression, compileStatements } from './compile-statements.ts';
import { refuseUnread } from './refuse-unread.ts';
import { placeInQuery, refuse } from './scope.ts';
import type { Binding, CodePlace, FunctionParameter, Scope } from './scope.ts';

/**
 * What the call of a function given in KQL stands for: its body is compiled for each call, with the arguments as names. It
 * sees what was declared before it, and nothing of the place where it is called.
 *
 * @param leading arguments in front of those that the call writes, as `invoke` gives
 */
export function compileFunctionBody(
  call: QueryNode,
  body: QueryNode,
  scope: Scope,
  leading: readonly Binding[] = [],
): Binding {
  const callSite = scope.callSite ?? call;
  const declared = scope.bindings.get(`${call.name ?? ''}()`);
  const own = declared?.kind === 'function' ? declared : undefined;
  const bindings = new Map(own?.bindings);
  const parameters = own?.parameters ?? storedParameters(call);
  const given = argumentsOf(call);
  parameters.forEach(({ name, fallback }, index) => {
    const at = index - leading.length;
    const lead = leading[index];
    if (lead) return bindings.set(name, lead);
    const named = given.find(
      (argument) => argument.kind === 'SimpleNamedExpression' && argument.name === name,
    );
    const positional = given[at]?.kind === 'SimpleNamedExpression' ? undefined : given[at];
    const argument = named?.part('Expression') ?? positional;
    if (argument) return bindings.set(name, compileExpression(argument, scope));
    if (fallback) return bindings.set(name, compileExpression(fallback, { ...scope, bindings: new Map() }));
    return refuse(scope, call, `${call.text} without ${name}`);
  });
  const { columns, compilation, isRepeated = false } = scope;
  const place = own ? shiftPlace(own.place, -body.start) : placeInQuery(scope, call);
  const inner: Scope = { columns, bindings, compilation, callSite, place, isRepeated };
  const value = compileStatements(body.list('Statements'), body.part('Expression'), inner);
  refuseUnread(body, inner);
  return value ?? refuse(scope, call, call.text);
}

function shiftPlace(place: CodePlace, units: number): CodePlace {
  return 'offset' in place ? { offset: place.offset + units } : place;
}

/** The parameters of a function of the workspace. */
function storedParameters(call: QueryNode): readonly FunctionParameter[] {
  return call.calledParameters.map(({ name, fallback }) => {
    const value = fallback === undefined ? undefined : bindValue(fallback);
    return { name, ...(value ? { fallback: value } : {}) };
  });
}

/** A value that the parser binds to nothing, as the default of a parameter: it refers to no names. */
export function bindValue(text: string): QueryNode | undefined {
  const { tree } = analyseQuery(`print ${text}`, emptySchema);
  return tree?.root.list('Statements')[0]?.part('Expression')?.list('Expressions')[0];
}
