import type { QueryNode } from '../kql/query-node.ts';
import { compileScalar, partOf } from './compile-scalar.ts';
import { compileTable, isTabular } from './compile-table.ts';
import { equalValues, foldCase } from './semantics.ts';
import { oncePerRun } from './scope.ts';
import type { Frame, Scalar, Scope } from './scope.ts';
import { hasTerm } from './string-match.ts';
import { valueToText } from './value-text.ts';
import { isArray } from './value.ts';
import type { Row, Value } from './value.ts';

type Listed = (row: Row, frame: Frame) => readonly Value[];
type Test = (value: Value, listed: readonly Value[]) => boolean;

const tests: Readonly<Record<string, Test>> = {
  // The parser names `in` InExpression and `in~` InCsExpression.
  InExpression: isListed,
  NotInExpression: (value, listed) => !isListed(value, listed),
  InCsExpression: isListedInAnyCase,
  NotInCsExpression: (value, listed) => !isListedInAnyCase(value, listed),
  HasAnyExpression: (value, listed) => {
    const text = foldCase(valueToText(value));
    return listed.some((item) => hasTerm(text, foldCase(valueToText(item))));
  },
  HasAllExpression: (value, listed) => {
    const text = foldCase(valueToText(value));
    return listed.every((item) => hasTerm(text, foldCase(valueToText(item))));
  },
};

function isListed(value: Value, listed: readonly Value[]): boolean {
  return listed.some((item) => equalValues(value, item) === true);
}

function isListedInAnyCase(value: Value, listed: readonly Value[]): boolean {
  const text = foldCase(valueToText(value));
  return listed.some((item) => foldCase(valueToText(item)) === text);
}

/** Compiles `in`, `in~`, `has_any`, `has_all` and their negations; the list may be values, arrays or a table. */
export function compileIn(node: QueryNode, scope: Scope): Scalar {
  const value = compileScalar(partOf(node, 'Left', scope), scope);
  const listed = compileListed(partOf(node, 'Right', scope), scope);
  const test = tests[node.kind] ?? isListed;
  return (row, frame) => test(value(row, frame), listed(row, frame));
}

function compileListed(list: QueryNode, scope: Scope): Listed {
  const nodes = list.list('Expressions');
  const [only] = nodes;
  if (nodes.length === 1 && only && isTabular(only)) {
    const table = compileTable(only, { ...scope, columns: [] });
    const once = oncePerRun((run) => table.rows(run).map((row) => row[0] ?? null));
    return (_row, frame) => once(frame.run);
  }
  const items = nodes.map((node) => compileScalar(node, scope));
  return (row, frame) =>
    items.flatMap((item) => {
      const value = item(row, frame);
      return isArray(value) ? [...value] : [value];
    });
}
