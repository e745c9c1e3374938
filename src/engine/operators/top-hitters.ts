import { compileScalar, partOf } from '../compile-scalar.ts';
import { findAggregate } from '../aggregates/registry.ts';
import { flag, mapRows, refuse } from '../scope.ts';
import { compareForSort } from '../semantics.ts';
import type { Value } from '../value.ts';
import { columnsOf } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';
import { compileLimit } from './rows.ts';
import { groupRows } from './summarize.ts';

/** `top-hitters`: the values with the most rows, or the highest sums. Kusto estimates them; here they are exact. */
export const compileTopHitters: OperatorCompiler = (node, input, scope) => {
  flag(scope, node, 'approximate', 'the operator "top-hitters"');
  const inner = { ...scope, columns: input.columns };
  const of = partOf(node, 'OfExpression', scope);
  const by = node.part('ByClause')?.part('Expression');
  const key = compileScalar(of, inner);
  const weight = by && compileScalar(by, inner);
  const sum = findAggregate('sum') ?? refuse(scope, node, node.text);
  const limit = compileLimit(partOf(node, 'Expression', scope), scope);
  const type = by?.type ?? 'long';
  return {
    columns: columnsOf(node, [
      { name: of.columnName ?? 'Column1', type: of.type ?? 'unknown' },
      { name: by ? `approximate_sum_${by.name ?? ''}` : `approximate_count_${of.name ?? ''}`, type },
    ]),
    rows: (run) => {
      const hitters = [...groupRows(input.rows(run), [key], run)].map(({ key: [value = null], members }) => {
        const total: Value = weight
          ? sum.evaluate([mapRows(run, members, weight)], {
              type,
              argumentTypes: [type],
              count: members.length,
            })
          : BigInt(members.length);
        return { value, total };
      });
      // Of equal ones the engine keeps those that came last, and it lists the highest at the end.
      const sorted = hitters.reverse().sort((a, b) => -compareForSort(a.total, b.total));
      return sorted
        .slice(0, limit(run))
        .sort((a, b) => compareForSort(a.total, b.total))
        .map(({ value, total }) => [value, total]);
    },
  };
};
