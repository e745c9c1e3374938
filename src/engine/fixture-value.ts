import { argumentsOf } from '../kql/query-node.ts';
import type { QueryNode } from '../kql/query-node.ts';
import { compileScalar, typeOf } from './compile-scalar.ts';
import { convertTo, emptyOf } from './convert.ts';
import { functionRows } from './fixtures.ts';
import { lookupFunctions } from './lookup-functions.ts';
import type { EngineColumn, RowSet, Scalar, Scope } from './scope.ts';
import { valueToText } from './value-text.ts';
import type { Row, Value } from './value.ts';

/** True of a call whose value a fixture gives: of a function of the workspace without a body, or of one that looks things up. */
export function hasFixtureValue(node: QueryNode, scope: Scope): boolean {
  const { name = '' } = node;
  return lookupFunctions.has(name) || scope.compilation.tree.hasFunction(name);
}

/**
 * The value of such a function: of the first row of its fixture that agrees with the arguments, in columns that are called as
 * the parameters. It is what the column `result` has; without one, a bag of the other columns. Without a row it is empty.
 */
export function compileFixtureValue(node: QueryNode, scope: Scope): Scalar {
  const type = typeOf(node);
  const names = node.calledParameters.map(({ name }) => name);
  const args = argumentsOf(node).map((argument) => compileScalar(argument, scope));
  return (row, frame) => {
    const given = functionRows(node, frame.run.input.functions, scope);
    const texts = args.map((argument) => valueToText(argument(row, frame)));
    const found = given.rows.find((one) => agrees(one, given.columns, names, texts));
    return found ? convertTo(type, resultOf(found, given, names)) : emptyOf(type);
  };
}

function agrees(
  row: Row,
  columns: readonly EngineColumn[],
  names: readonly string[],
  texts: readonly string[],
): boolean {
  return names.every((name, index) => {
    const at = columns.findIndex((column) => column.name === name);
    return at < 0 || valueToText(row[at] ?? null) === (texts[index] ?? '');
  });
}

function resultOf(row: Row, { columns }: RowSet, names: readonly string[]): Value {
  const result = columns.findIndex(({ name }) => name === 'result');
  if (result >= 0) return row[result] ?? null;
  return new Map(
    columns.flatMap(({ name }, index): (readonly [string, Value])[] => {
      const value = row[index] ?? null;
      return names.includes(name) || value === null ? [] : [[name, value]];
    }),
  );
}
