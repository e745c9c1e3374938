import type { QueryNode } from '../../kql/query-node.ts';
import { compileScalar, partOf } from '../compile-scalar.ts';
import { refuse } from '../scope.ts';
import type { Run, Scalar, Scope } from '../scope.ts';
import { compareForSort } from '../semantics.ts';
import type { Row, Value } from '../value.ts';
import { columnsOf } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';
import { compileLimit } from './rows.ts';
import { compileGroupValue, groupRows } from './summarize.ts';

interface Level {
  readonly key: Scalar;
  readonly limit: (run: Run) => number;
  readonly value: (rows: readonly Row[], run: Run) => Value;
  /** The name of what is left over; only of the last level. */
  readonly others?: Scalar;
  readonly isAscending: boolean;
}

/** `top-nested`: the groups with the highest values, within each of them those of the next level, and so on. */
export const compileTopNested: OperatorCompiler = (node, input, scope) => {
  const clauses = node.list('Clauses');
  const inner = { ...scope, columns: input.columns };
  const levels = clauses.map((clause, index) => compileLevel(clause, inner, index === clauses.length - 1));
  const { rows } = node;
  if (!rows || rows.isOpen || rows.columns.length !== 2 * levels.length)
    return refuse(scope, node, 'top-nested with unknown columns');
  return {
    columns: columnsOf(node, rows.columns),
    rows: (run) => nest(input.rows(run), levels, run),
  };
};

function compileLevel(clause: QueryNode, scope: Scope, isLast: boolean): Level {
  const limitNode = clause.part('Expression');
  const by = partOf(clause, 'ByExpression', scope);
  const isOrdered = by.kind === 'OrderedExpression';
  const othersNode = clause.part('WithOthersClause')?.part('Expression');
  if (othersNode && !isLast) return refuse(scope, clause, 'top-nested with others in front of another level');
  const constant = { ...scope, columns: [] };
  return {
    key: compileScalar(partOf(clause, 'OfExpression', scope), scope),
    limit: limitNode ? compileLimit(limitNode, scope) : (): number => Infinity,
    value: compileGroupValue(isOrdered ? partOf(by, 'Expression', scope) : by, scope),
    isAscending: isOrdered && /\basc\b/.test(by.part('Ordering')?.text ?? ''),
    ...(othersNode ? { others: compileScalar(othersNode, constant) } : {}),
  };
}

function nest(rows: readonly Row[], [level, ...deeper]: readonly Level[], run: Run): readonly Row[] {
  if (!level) return [[]];
  const { key, limit, value, isAscending, others } = level;
  const groups = [...groupRows(rows, [key], run)].map((group) => ({
    ...group,
    value: value(group.members, run),
  }));
  const sign = isAscending ? 1 : -1;
  groups.sort((a, b) => sign * compareForSort(a.value, b.value));
  const count = limit(run);
  const shown = groups
    .slice(0, count)
    .flatMap((group) => nest(group.members, deeper, run).map((row) => [...group.key, group.value, ...row]));
  const rest = groups.slice(count).flatMap(({ members }) => members);
  if (!others || rest.length === 0) return shown;
  return [...shown, [others([], { run, rows, index: 0, state: new Map() }), value(rest, run)]];
}
