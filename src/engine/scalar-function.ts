import type { NodeType } from '../kql/query-node.ts';
import type { Callable } from './check-call.ts';
import type { Frame, Scalar } from './scope.ts';
import { readSignature } from './signature.ts';
import type { Row, Value } from './value.ts';

/** What a function is told about its call besides the values. */
export interface CallInfo {
  readonly frame: Frame;
  readonly type: NodeType;
  readonly argumentTypes: readonly NodeType[];
  /** Refuses the call because of its values. */
  readonly refuse: (construct: string) => never;
}

/** A function of KQL on values. */
export interface ScalarFunction extends Callable {
  readonly name: string;
  /**
   * How many columns it gives, by the types of its arguments; its value is then an array of theirs. Where one value is asked for,
   * it is the first.
   */
  readonly columns?: (argumentTypes: readonly NodeType[]) => number;
  /** Missing arguments are undefined; a function checks only what may be absent. */
  readonly evaluate: (values: readonly Value[], info: CallInfo) => Value;
}

/** A function that looks at other rows of a serialised table, or at its arguments unevaluated. */
export interface WindowFunction extends Callable {
  readonly name: string;
  readonly compile: (call: WindowCall) => Scalar;
}

/** The call of a window function. */
export interface WindowCall {
  readonly args: readonly Scalar[];
  readonly type: NodeType;
  readonly rowAt: (frame: Frame, index: number) => Row | undefined;
}

/** What a function says about itself besides its signature. */
export type FunctionTraits = Omit<Callable, 'signature'>;

/** A function by its signature, as readSignature takes it, and what it does. */
export function scalarFunction(
  signature: string,
  evaluate: ScalarFunction['evaluate'],
  traits: FunctionTraits = {},
): ScalarFunction {
  const read = readSignature(signature);
  return { name: read.name, signature: read, evaluate, ...traits };
}

/** A function that gives null if one of its arguments is null. */
export function strictFunction(
  signature: string,
  evaluate: ScalarFunction['evaluate'],
  traits: FunctionTraits = {},
): ScalarFunction {
  return scalarFunction(
    signature,
    (values, info) => (values.includes(null) ? null : evaluate(values, info)),
    traits,
  );
}

/** A function that looks at other rows, by its signature. */
export function windowFunction(signature: string, compile: WindowFunction['compile']): WindowFunction {
  const read = readSignature(signature);
  return { name: read.name, signature: read, compile };
}

/** A function that gives several columns; its value is an array of theirs. */
export function severalColumns(
  signature: string,
  columns: number | ((argumentTypes: readonly NodeType[]) => number),
  evaluate: ScalarFunction['evaluate'],
  traits: FunctionTraits = {},
): ScalarFunction {
  const count = typeof columns === 'number' ? (): number => columns : columns;
  return { ...scalarFunction(signature, evaluate, traits), columns: count };
}
