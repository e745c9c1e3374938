import { compileScalar, partOf } from '../compile-scalar.ts';
import { compileTable } from '../compile-table.ts';
import { refuse } from '../scope.ts';
import type { Row } from '../value.ts';
import type { OperatorCompiler } from './operator.ts';
import { groupRows } from './summarize.ts';

/** `partition by`: a subquery over the rows of each value. */
export const compilePartition: OperatorCompiler = (node, input, scope) => {
  const key = compileScalar(partOf(node, 'ByExpression', scope), { ...scope, columns: input.columns });
  const operand = partOf(node, 'Operand', scope);
  const subquery = operand.part('Subquery') ?? refuse(scope, operand, 'partition with a query of its own');
  let current: readonly Row[] = [];
  const inner = compileTable(
    subquery,
    { ...scope, columns: [] },
    { columns: input.columns, rows: () => current },
  );
  if (inner.late) return refuse(scope, node, 'partition with unknown columns');
  return {
    columns: inner.columns,
    rows: (run) =>
      [...groupRows(input.rows(run), [key], run)].flatMap(({ members }) => {
        current = members;
        return inner.rows(run);
      }),
  };
};
