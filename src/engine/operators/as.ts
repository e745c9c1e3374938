import { buildOver } from '../late-table.ts';
import { refuse } from '../scope.ts';
import type { OperatorCompiler } from './operator.ts';

/** `as`: the rows get a name, by which the rest of the query may call them. */
export const compileAs: OperatorCompiler = (node, input, scope) => {
  const { name } = node;
  if (name === undefined) return refuse(scope, node, node.text);
  return buildOver([input], ([table = input]) => {
    scope.compilation.named.set(name, table);
    return table;
  });
};
