import type { NodeType } from '../kql/query-node.ts';
import type { Frame, Scalar } from './scope.ts';
import type { Row, Value } from './value.ts';

/** What a function is told about its call besides the values. */
export interface CallInfo {
  readonly frame: Frame;
  readonly type: NodeType;
  readonly argumentTypes: readonly NodeType[];
}

/** A function of KQL on values. */
export interface ScalarFunction {
  readonly name: string;
  /** Missing arguments are undefined; a function checks only what may be absent. */
  readonly evaluate: (values: readonly Value[], info: CallInfo) => Value;
}

/** A function that looks at other rows of a serialised table, or at its arguments unevaluated. */
export interface WindowFunction {
  readonly name: string;
  readonly compile: (call: WindowCall) => Scalar;
}

/** The call of a window function. */
export interface WindowCall {
  readonly args: readonly Scalar[];
  readonly type: NodeType;
  readonly rowAt: (frame: Frame, index: number) => Row | undefined;
}

/** A function by its name and what it does. */
export function scalarFunction(name: string, evaluate: ScalarFunction['evaluate']): ScalarFunction {
  return { name, evaluate };
}

/** A function that gives null if one of its arguments is null. */
export function strictFunction(name: string, evaluate: ScalarFunction['evaluate']): ScalarFunction {
  return { name, evaluate: (values, info) => (values.includes(null) ? null : evaluate(values, info)) };
}
