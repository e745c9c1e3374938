import { argumentsOf } from '../../kql/query-node.ts';
import type { QueryNode } from '../../kql/query-node.ts';
import { compileScalar, partOf } from '../compile-scalar.ts';
import { buildOver } from '../late-table.ts';
import { mapRows, refuse } from '../scope.ts';
import type { Scalar, Scope, Table } from '../scope.ts';
import { foldCase } from '../semantics.ts';
import { hasTerm } from '../string-match.ts';
import { valueToText } from '../value-text.ts';
import type { Value } from '../value.ts';
import { isPiped, parameterText } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';
import { compileLegs, legsLike, uniteLegs } from './union.ts';
import type { UnionLeg } from './union.ts';

/** `search`, in what is piped into it, in tables that it names, or in all. */
export const compileSearch: OperatorCompiler = (node, input, scope) => {
  const fold = parameterText(node, 'kind') === 'case_sensitive' ? (text: string): string => text : foldCase;
  const source = parameterText(node, 'withsource') ?? '$table';
  const legs = isPiped(node)
    ? [{ source: 'search_arg0', table: input }]
    : compileSearched(node.part('InClause'), scope);
  const condition = partOf(node, 'Condition', scope);
  return filterUnion(node, legs, source, scope, (inner) => compileCondition(condition, inner, fold));
};

/** The tables of `in (…)`, else all of the workspace. */
export function compileSearched(clause: QueryNode | undefined, scope: Scope): readonly UnionLeg[] {
  if (!clause) return legsLike('*', scope);
  return clause.list('Expressions').flatMap((leg, index) => compileLegs(leg, scope, `search_arg${index}`));
}

/** The rows of tables for which a condition holds, with a column first that says where they are from. */
export function filterUnion(
  node: QueryNode,
  legs: readonly UnionLeg[],
  source: string,
  scope: Scope,
  compile: (scope: Scope) => Scalar,
): Table {
  return buildOver([uniteLegs(node, scope, legs, source)], ([united = nothing], isLate) => {
    const condition = compile({ ...scope, columns: united.columns, ...(isLate ? { isOpen: true } : {}) });
    return {
      columns: united.columns,
      rows: (run) => {
        const rows = united.rows(run);
        const holds = mapRows(run, rows, condition);
        return rows.filter((_row, index) => holds[index] === true);
      },
    };
  });
}

const nothing: Table = { columns: [], rows: () => [] };

type Fold = (text: string) => string;

/** A text stands for a search in every column but the first, which says where the row is from. */
export function compileCondition(node: QueryNode, scope: Scope, fold: Fold): Scalar {
  const [left, right] = [node.part('Left'), node.part('Right')];
  const inner = node.part('Expression');
  if (node.kind === 'ParenthesizedExpression' && inner) return compileCondition(inner, scope, fold);
  if (node.kind === 'StarExpression') return () => true;
  const [negated] = node.name === 'not' ? argumentsOf(node) : [];
  if (negated) {
    const condition = compileCondition(negated, scope, fold);
    return (row, frame) => condition(row, frame) !== true;
  }
  if (node.kind === 'AndExpression' || node.kind === 'OrExpression') {
    if (!left || !right) return refuse(scope, node, node.text);
    const [first, second] = [compileCondition(left, scope, fold), compileCondition(right, scope, fold)];
    return node.kind === 'AndExpression'
      ? (row, frame) => first(row, frame) === true && second(row, frame) === true
      : (row, frame) => first(row, frame) === true || second(row, frame) === true;
  }
  if (node.kind === 'SearchExpression' && left && right) {
    const value = compileScalar(left, scope);
    const { constant } = right;
    if (typeof constant !== 'string') return refuse(scope, node, node.text);
    return (row, frame) => matchesTerm(value(row, frame), constant, fold);
  }
  const { constant } = node;
  if (typeof constant !== 'string' || !node.kind.endsWith('StringLiteralExpression'))
    return compileScalar(node, scope);
  return (row) => row.some((value, index) => index > 0 && matchesTerm(value, constant, fold));
}

/** `a*` is a prefix of a term, `*a` a suffix, `*a*` a part; else it is a term. `a*b` is both, with anything between. */
function matchesTerm(value: Value, pattern: string, fold: Fold): boolean {
  const text = fold(valueToText(value));
  const sought = fold(pattern);
  const [opensLeft, opensRight] = [sought.startsWith('*'), sought.endsWith('*')];
  const term = sought.slice(opensLeft ? 1 : 0, opensRight && sought.length > 1 ? -1 : undefined);
  if (!term.includes('*')) return hasTerm(text, term, { left: !opensLeft, right: !opensRight });
  const parts = term.split('*').map((part) => part.replaceAll(/[\\^$.+?()[\]{}|/]/g, '\\$&'));
  const edges = [opensLeft ? '' : '(?<![\\p{L}\\p{N}])', opensRight ? '' : '(?![\\p{L}\\p{N}])'];
  return new RegExp(edges.join(parts.join('.*')), 'su').test(text);
}
