import type { NodeType } from '../kql/query-node.ts';
import { arithmetic } from './arithmetic.ts';
import { compileRegex } from './regex.ts';
import { compareValues, equalValues, foldCase, negate } from './semantics.ts';
import { findTextTest } from './string-match.ts';
import { valueToText } from './value-text.ts';
import type { Value } from './value.ts';

/** An operator on two values. */
export type BinaryOperator = (a: Value, b: Value) => Value;

const comparisons: Readonly<Record<string, BinaryOperator>> = {
  EqualExpression: equalValues,
  NotEqualExpression: (a, b) => negate(equalValues(a, b)),
  LessThanExpression: ordered((order) => order < 0),
  LessThanOrEqualExpression: ordered((order) => order <= 0),
  GreaterThanExpression: ordered((order) => order > 0),
  GreaterThanOrEqualExpression: ordered((order) => order >= 0),
  EqualTildeExpression: (a, b) => foldCase(valueToText(a)) === foldCase(valueToText(b)),
  BangTildeExpression: (a, b) => foldCase(valueToText(a)) !== foldCase(valueToText(b)),
  MatchesRegexExpression: (a, b) => compileRegex(valueToText(b))?.test(valueToText(a)) ?? null,
  AndExpression: (a, b) => (a === false || b === false ? false : a === null || b === null ? null : true),
  OrExpression: (a, b) => (a === true || b === true ? true : a === null || b === null ? null : false),
};

function ordered(holds: (order: number) => boolean): BinaryOperator {
  return (a, b) => {
    if (a === null || b === null) return null;
    const order = compareValues(a, b);
    return order !== null && holds(order);
  };
}

/** The operator of an expression by the parser's kind; undefined where there is none. */
export function findBinaryOperator(kind: string, type: NodeType | undefined): BinaryOperator | undefined {
  const comparison = comparisons[kind];
  if (comparison) return comparison;
  const calculate = arithmetic[kind];
  if (calculate) {
    const bits = type === 'int' ? 32 : 64;
    return (a, b) => {
      if (a === null || b === null) return null;
      const result = calculate(a, b);
      return typeof result === 'bigint' ? BigInt.asIntN(bits, result) : result;
    };
  }
  const test = findTextTest(kind);
  return test && ((a, b) => test(valueToText(a), valueToText(b)));
}
