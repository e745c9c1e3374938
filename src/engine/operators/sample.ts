import { compileScalar, partOf } from '../compile-scalar.ts';
import { randomOf } from '../random.ts';
import { flag, mapRows, noteRandom } from '../scope.ts';
import { keyOf } from '../semantics.ts';
import { columnsOf } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';
import { compileLimit } from './rows.ts';

/** `sample`: some of the rows, in their order. */
export const compileSample: OperatorCompiler = (node, input, scope) => {
  flag(scope, node, 'arbitrary', 'the operator "sample"');
  noteRandom(scope);
  const limit = compileLimit(partOf(node, 'Expression', scope), scope);
  return {
    columns: input.columns,
    rows: (run) => choose(input.rows(run), limit(run), randomOf(run)),
  };
};

/** `sample-distinct`: some of the values of a column. */
export const compileSampleDistinct: OperatorCompiler = (node, input, scope) => {
  flag(scope, node, 'arbitrary', 'the operator "sample-distinct"');
  noteRandom(scope);
  const limit = compileLimit(partOf(node, 'Expression', scope), scope);
  const of = partOf(node, 'OfExpression', scope);
  const scalar = compileScalar(of, { ...scope, columns: input.columns });
  return {
    columns: columnsOf(node, [{ name: of.columnName ?? 'Column1', type: of.type ?? 'unknown' }]),
    rows: (run) => {
      const values = mapRows(run, input.rows(run), scalar);
      const distinct = new Map(values.map((value) => [keyOf([value]), [value]]));
      return choose([...distinct.values()], limit(run), randomOf(run));
    },
  };
};

/** Takes each item with the chance that it needs for the right number in the end. */
function choose<Item>(items: readonly Item[], count: number, random: () => number): readonly Item[] {
  let missing = Math.min(count, items.length);
  return items.filter((_item, index) => {
    const isTaken = random() * (items.length - index) < missing;
    if (isTaken) missing--;
    return isTaken;
  });
}
