import { argumentsOf } from '../../../kql/query-node.ts';
import type { QueryNode } from '../../../kql/query-node.ts';
import { compileScalar } from '../../compile-scalar.ts';
import { mapRows, refuse } from '../../scope.ts';
import type { Scope, Table } from '../../scope.ts';
import { compileLimit } from '../rows.ts';

/**
 * `rows_near(condition, count, count after)`: the rows for which the condition is true, and so many in front of and behind each.
 * https://learn.microsoft.com/kusto/query/rows-near-plugin
 */
export function keepRowsNear(call: QueryNode, input: Table, scope: Scope): Table {
  const [condition, count, after = count] = argumentsOf(call);
  if (!condition || !count || !after) return refuse(scope, call, call.text);
  const holds = compileScalar(condition, { ...scope, columns: input.columns });
  const [before, behind] = [compileLimit(count, scope), compileLimit(after, scope)];
  return {
    columns: input.columns,
    rows: (run) => {
      const rows = input.rows(run);
      const [reachBefore, reachBehind] = [before(run), behind(run)];
      const centres = mapRows(run, rows, holds).flatMap((value, index) => (value === true ? [index] : []));
      return rows.filter((_row, index) =>
        centres.some((centre) => centre - reachBefore <= index && index <= centre + reachBehind),
      );
    },
  };
}
