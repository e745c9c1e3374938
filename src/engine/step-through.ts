import { findBinaryOperator } from './binary-operators.ts';
import { compareValues } from './semantics.ts';
import type { Value } from './value.ts';

const limit = 1_048_576;

/** The values from one to another by a step, both ends included; none where the step leads away or is null. */
export function stepThrough(from: Value, to: Value, step: Value): readonly Value[] {
  const add = findBinaryOperator('AddExpression', 'long');
  const values: Value[] = [];
  if (from === null || to === null || step === null || !add) return values;
  const direction = compareValues(add(from, step), from) ?? 0;
  if (direction === 0) return values;
  for (let value: Value = from; value !== null && values.length < limit; value = add(value, step)) {
    const order = compareValues(value, to);
    if (order === null || order * direction > 0) break;
    values.push(value);
  }
  return values;
}
