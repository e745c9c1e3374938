import type { Run, Scalar } from './scope.ts';
import type { Value } from './value.ts';

/** Scalars that have one value a run, whatever the row. */
const constants = new WeakSet<Scalar>();
const literals = new WeakMap<Scalar, { readonly value: Value }>();

/** The scalar of a literal. */
export function literalScalar(value: Value): Scalar {
  const scalar: Scalar = () => value;
  literals.set(scalar, { value });
  return markConstant(scalar);
}

/** Notes that a scalar depends on no row, and neither on chance. */
export function markConstant(scalar: Scalar): Scalar {
  constants.add(scalar);
  return scalar;
}

/** True of a scalar that has one value a run. */
export function isConstant(scalar: Scalar): boolean {
  return constants.has(scalar);
}

/** Evaluates a constant scalar when it is first asked for in a run, not for each row; leaves other scalars as they are. */
export function hoist(scalar: Scalar): Scalar {
  if (!constants.has(scalar) || literals.has(scalar)) return scalar;
  const value = prepare(scalar, (constant) => constant);
  return markConstant((_row, frame) => value(frame.run));
}

/** Prepares something from the value of a constant scalar, when it is first asked for in a run. */
export function prepare<Result>(scalar: Scalar, convert: (value: Value) => Result): (run: Run) => Result {
  const literal = literals.get(scalar);
  if (literal) {
    const result = convert(literal.value);
    return () => result;
  }
  let key: object | undefined;
  let result: Result;
  return (run) => {
    if (run.key !== key) {
      result = convert(scalar([], { run, rows: [], index: 0, state: new Map() }));
      ({ key } = run);
    }
    return result;
  };
}
