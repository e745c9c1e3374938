import type { QueryNode } from '../../kql/query-node.ts';
import { compileScalar, partOf } from '../compile-scalar.ts';
import { mapRows, refuse } from '../scope.ts';
import type { Scalar, Scope } from '../scope.ts';
import { foldCase } from '../semantics.ts';
import { hasTerm } from '../string-match.ts';
import { valueToText } from '../value-text.ts';
import type { Value } from '../value.ts';
import { columnsOf, parameterText } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';

/** `T | search …`; a search that names its tables itself is not supported. */
export const compileSearch: OperatorCompiler = (node, input, scope) => {
  const isFirst = node.parent?.kind !== 'PipeExpression' || node.parent.part('Operator') !== node;
  if (isFirst || node.part('InClause'))
    return refuse(scope, node, 'search over tables that are not piped into it');
  const fold = parameterText(node, 'kind') === 'case_sensitive' ? (text: string): string => text : foldCase;
  const condition = compileCondition(
    partOf(node, 'Condition', scope),
    { ...scope, columns: input.columns },
    fold,
  );
  return {
    columns: columnsOf(node, [{ name: '$table', type: 'string' }, ...input.columns]),
    rows: (run) => {
      const rows = input.rows(run);
      const holds = mapRows(run, rows, condition);
      return rows.filter((_row, index) => holds[index] === true).map((row) => ['search_arg0', ...row]);
    },
  };
};

type Fold = (text: string) => string;

function compileCondition(node: QueryNode, scope: Scope, fold: Fold): Scalar {
  const [left, right] = [node.part('Left'), node.part('Right')];
  const inner = node.part('Expression');
  if (node.kind === 'ParenthesizedExpression' && inner) return compileCondition(inner, scope, fold);
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
  return (row) => row.some((value) => matchesTerm(value, constant, fold));
}

/** `a*` is a prefix of a term, `*a` a suffix, `*a*` a part; else it is a term. */
function matchesTerm(value: Value, pattern: string, fold: Fold): boolean {
  const text = fold(valueToText(value));
  const sought = fold(pattern);
  const [opensLeft, opensRight] = [sought.startsWith('*'), sought.endsWith('*')];
  const term = sought.slice(opensLeft ? 1 : 0, opensRight && sought.length > 1 ? -1 : undefined);
  return term.includes('*')
    ? term.split('*').every((part) => text.includes(part))
    : hasTerm(text, term, { left: !opensLeft, right: !opensRight });
}
