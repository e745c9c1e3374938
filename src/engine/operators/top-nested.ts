import type { QueryNode } from '../../kql/query-node.ts';
import { compileScalar, partOf, typeWithin } from '../compile-scalar.ts';
import { emptyOf } from '../convert.ts';
import { evaluateConstant } from '../scope.ts';
import type { EngineColumn, Run, Scalar, Scope } from '../scope.ts';
import { compareForSort } from '../semantics.ts';
import type { Row, Value } from '../value.ts';
import { renameClashes } from './join.ts';
import { columnsOf } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';
import { compileLimit } from './rows.ts';
import { compileGroupValue, groupRows } from './summarize.ts';

interface Level {
  readonly key: Scalar;
  readonly limit: (run: Run) => number;
  readonly value: (rows: readonly Row[], run: Run) => Value;
  /** The name of what is left over. */
  readonly others?: Scalar;
  /** The two columns of a row that has no group here. */
  readonly empty: Row;
  readonly isAscending: boolean;
}

/** `top-nested`: the groups with the highest values, within each of them those of the next level, and so on. */
export const compileTopNested: OperatorCompiler = (node, input, scope) => {
  const clauses = node.list('Clauses');
  const inner = { ...scope, columns: input.columns };
  const levels = clauses.map((clause) => compileLevel(clause, inner));
  return {
    columns: columnsOf(
      node,
      renameClashes(
        [],
        clauses.flatMap((clause) => columnsOfLevel(clause, inner)),
      ),
    ),
    rows: (run) => nestRows(input.rows(run), levels, run),
  };
};

function columnsOfLevel(clause: QueryNode, scope: Scope): readonly EngineColumn[] {
  const [of, by] = [clause.part('OfExpression'), clause.part('ByExpression')];
  const value = by?.kind === 'OrderedExpression' ? by.part('Expression') : by;
  const name = of?.columnName ?? '';
  const given = value?.kind === 'SimpleNamedExpression' ? value.name : undefined;
  return [
    { name, type: of ? typeWithin(of, scope) : 'unknown' },
    { name: given ?? `aggregated_${name}`, type: value ? typeWithin(value, scope) : 'unknown' },
  ];
}

function compileLevel(clause: QueryNode, scope: Scope): Level {
  const limitNode = clause.part('Expression');
  const by = partOf(clause, 'ByExpression', scope);
  const isOrdered = by.kind === 'OrderedExpression';
  const othersNode = clause.part('WithOthersClause')?.part('Expression');
  const constant = { ...scope, columns: [] };
  return {
    key: compileScalar(partOf(clause, 'OfExpression', scope), scope),
    limit: limitNode ? compileLimit(limitNode, scope) : (): number => Infinity,
    value: compileGroupValue(isOrdered ? partOf(by, 'Expression', scope) : by, scope),
    isAscending: isOrdered && /\basc\b/.test(by.part('Ordering')?.text ?? ''),
    empty: columnsOfLevel(clause, scope).map(({ type }) => emptyOf(type)),
    ...(othersNode ? { others: compileScalar(othersNode, constant) } : {}),
  };
}

/** A row, and the level from which on it stands for what is left over; none of the rows of the groups themselves. */
interface Nested {
  readonly row: Row;
  readonly restFrom: number;
}

/**
 * The rows of groups come first, then what is left over at the last level, and so on up to the first.
 * https://learn.microsoft.com/kusto/query/top-nested-operator#using-the-with-others-clause
 */
function nestRows(rows: readonly Row[], levels: readonly Level[], run: Run): readonly Row[] {
  const nested = nest(rows, levels, 0, run);
  return nested.toSorted((a, b) => b.restFrom - a.restFrom).map(({ row }) => row);
}

function nest(rows: readonly Row[], levels: readonly Level[], at: number, run: Run): readonly Nested[] {
  const level = levels[at];
  if (!level) return [{ row: [], restFrom: Infinity }];
  const { key, limit, value, isAscending } = level;
  const groups = [...groupRows(rows, [key], run)].map((group) => ({
    ...group,
    value: value(group.members, run),
  }));
  const sign = isAscending ? 1 : -1;
  groups.sort((a, b) => sign * compareForSort(a.value, b.value));
  const count = limit(run);
  const shown = groups.slice(0, count).flatMap((group) =>
    nest(group.members, levels, at + 1, run).map(({ row, restFrom }) => ({
      row: [...group.key, group.value, ...row],
      restFrom,
    })),
  );
  const rest = groups.slice(count).flatMap(({ members }) => members);
  const deeper = levels.slice(at);
  if (rest.length === 0 || !deeper.some(({ others }) => others)) return shown;
  return [...shown, { row: deeper.flatMap((one) => sumUpRest(one, rest, run)), restFrom: at }];
}

/** The name and the value of what is left over; nothing at a level that does not ask for it. */
function sumUpRest({ others, value, empty }: Level, rest: readonly Row[], run: Run): Row {
  return others ? [evaluateConstant(others, run), value(rest, run)] : empty;
}
