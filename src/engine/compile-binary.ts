import type { QueryNode } from '../kql/query-node.ts';
import { findBinaryOperator } from './binary-operators.ts';
import { hoist, isConstant, markConstant, prepare } from './constant-scalar.ts';
import { prepareComparison } from './prepare-comparison.ts';
import type { Scalar } from './scope.ts';
import { foldCase } from './semantics.ts';
import { prepareTextTest } from './string-match.ts';
import { valueToText } from './value-text.ts';

/** Compiles an operator on two values; undefined where there is none. Constant operands are evaluated once a run. */
export function compileBinary(node: QueryNode, left: Scalar, right: Scalar): Scalar | undefined {
  const operator = findBinaryOperator(node.kind, node.type);
  if (!operator) return undefined;
  if (isConstant(left) && isConstant(right))
    return markConstant((row, frame) => operator(left(row, frame), right(row, frame)));
  const prepared = isConstant(right) ? compileTest(node.kind, left, right) : undefined;
  if (prepared) return prepared;
  const [first, second] = [hoist(left), hoist(right)];
  return (row, frame) => operator(first(row, frame), second(row, frame));
}

/** A test against a value that is the same for all rows: what can be worked out from it is worked out once. */
function compileTest(kind: string, left: Scalar, right: Scalar): Scalar | undefined {
  const compare = prepareComparison(kind);
  if (compare) {
    const testOf = prepare(right, compare);
    return (row, frame) => testOf(frame.run)(left(row, frame));
  }
  const prepareTest = prepareEqual(kind) ?? prepareTextTest(kind);
  if (!prepareTest) return undefined;
  const testOf = prepare(right, (sought) => prepareTest(valueToText(sought)));
  return (row, frame) => {
    const text = left(row, frame);
    return testOf(frame.run)(typeof text === 'string' ? text : valueToText(text));
  };
}

function prepareEqual(kind: string): ((sought: string) => (text: string) => boolean) | undefined {
  if (kind !== 'EqualTildeExpression' && kind !== 'BangTildeExpression') return undefined;
  const isEqual = kind === 'EqualTildeExpression';
  return (sought) => {
    const folded = foldCase(sought);
    return (text) => (text === sought || foldCase(text) === folded) === isEqual;
  };
}
