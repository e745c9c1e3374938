import { argumentsOf } from '../../../kql/query-node.ts';
import type { QueryNode } from '../../../kql/query-node.ts';
import { compileScalar } from '../../compile-scalar.ts';
import { emptyOf } from '../../convert.ts';
import { mapRows, refuse } from '../../scope.ts';
import type { Run, RowSet, Scope, Table } from '../../scope.ts';
import { valueToText } from '../../value-text.ts';
import type { Row, Value } from '../../value.ts';
import { compileGroupValue, groupRows } from '../summarize.ts';

/** `pivot(column, aggregate, rest…)`: a column for each value, sorted; counts where no aggregate is given. */
export function pivot(call: QueryNode, input: Table, scope: Scope): (run: Run) => RowSet {
  const inner = { ...scope, columns: input.columns };
  const [columnNode, aggregateNode, ...others] = argumentsOf(call);
  if (!columnNode) return refuse(scope, call, call.text);
  const heading = compileScalar(columnNode, inner);
  const value = aggregateNode
    ? compileGroupValue(aggregateNode, inner)
    : (rows: readonly Row[]): Value => BigInt(rows.length);
  const type = aggregateNode?.type ?? 'long';
  const used = new Set(
    [columnNode, ...(aggregateNode ? argumentsOf(aggregateNode) : [])].map(({ name }) => name),
  );
  const kept = input.columns.flatMap((column, index) => {
    const isKey =
      others.length > 0 ? others.some(({ name }) => name === column.name) : !used.has(column.name);
    return isKey ? [{ column, index }] : [];
  });
  return (run) => {
    const rows = input.rows(run);
    const headings = [...new Set(mapRows(run, rows, heading).map(valueToText))].sort();
    const groups = groupRows(
      rows,
      kept.map(
        ({ index }) =>
          (row: Row) =>
            row[index] ?? null,
      ),
      run,
    );
    return {
      columns: [...kept.map(({ column }) => column), ...headings.map((name) => ({ name, type }))],
      rows: [...groups].map(({ key, members }) => {
        const texts = mapRows(run, members, heading).map(valueToText);
        return [
          ...key,
          ...headings.map((name) => {
            const matching = members.filter((_row, index) => texts[index] === name);
            return matching.length === 0 && type !== 'long' ? emptyOf(type) : value(matching, run);
          }),
        ];
      }),
    };
  };
}
