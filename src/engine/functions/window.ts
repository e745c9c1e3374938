import { arithmetic } from '../arithmetic.ts';
import { emptyOf } from '../convert.ts';
import { windowFunction } from '../scalar-function.ts';
import type { WindowCall, WindowFunction } from '../scalar-function.ts';
import type { Frame, Scalar } from '../scope.ts';
import { compareValues, keyOf, toNumber } from '../semantics.ts';
import type { Row, Value } from '../value.ts';

/** The value of an expression some rows before (-1) or after (1). */
function neighbour(signature: string, direction: -1 | 1): WindowFunction {
  return windowFunction(signature, ({ args: [value, offset, fallback], type, rowAt }) => (row, frame) => {
    const distance = offset ? (toNumber(offset(row, frame)) ?? 1) : 1;
    const index = frame.index + direction * distance;
    const other = rowAt(frame, index);
    if (!other || !value) return fallback ? fallback(row, frame) : emptyOf(type);
    return at(frame, index, () => value(other, frame));
  });
}

function at<Result>(frame: Frame, index: number, evaluate: () => Result): Result {
  const { index: own } = frame;
  frame.index = index;
  const result = evaluate();
  frame.index = own;
  return result;
}

/** A value that is carried from row to row; it starts anew where `restart` is true. */
function running(
  step: (state: Value, row: Row, frame: Frame, call: WindowCall) => Value,
  restartAt: number,
  start: (row: Row, frame: Frame, call: WindowCall) => Value,
): WindowFunction['compile'] {
  return (call): Scalar => {
    const key = {};
    return (row, frame) => {
      const restarts = call.args[restartAt]?.(row, frame) === true;
      const isFirst = frame.index === 0 || restarts;
      const state = isFirst
        ? start(row, frame, call)
        : step((frame.state.get(key) ?? null) as Value, row, frame, call);
      frame.state.set(key, state);
      return state;
    };
  };
}

function argument(call: WindowCall, index: number, row: Row, frame: Frame, fallback: Value): Value {
  return call.args[index]?.(row, frame) ?? fallback;
}

function addValues(a: Value, b: Value): Value {
  if (b === null) return a;
  const sum = a === null ? b : (arithmetic['AddExpression']?.(a, b) ?? null);
  return typeof sum === 'bigint' ? BigInt.asIntN(64, sum) : sum;
}

function isSameAsBefore(call: WindowCall, row: Row, frame: Frame): boolean {
  const before = call.rowAt(frame, frame.index - 1);
  const [value] = call.args;
  if (!before || !value) return false;
  return keyOf([value(row, frame)]) === keyOf([at(frame, frame.index - 1, () => value(before, frame))]);
}

/** `row_rank_min` also counts the rows, in a state of its own. */
const rankMin: WindowFunction['compile'] = (call) => {
  const key = {};
  return (row, frame) => {
    const restarts = frame.index === 0 || call.args[1]?.(row, frame) === true;
    const [rank, count] = restarts ? [1n, 1n] : ((frame.state.get(key) ?? [1n, 0n]) as [bigint, bigint]);
    const next: [bigint, bigint] = restarts
      ? [rank, count]
      : [isSameAsBefore(call, row, frame) ? rank : count + 1n, count + 1n];
    frame.state.set(key, next);
    return next[0];
  };
};

interface Session {
  readonly first: Value;
  readonly last: Value;
}

/**
 * `row_window_session(expr, from first, between neighbours, restart)`: the first value of the session that a row is in. A new
 * one starts where a value is that far from the first or from the one before, where there is none before, and on restart.
 * https://learn.microsoft.com/kusto/query/row-window-session-function
 */
const session: WindowFunction['compile'] = (call) => {
  const key = {};
  return (row, frame) => {
    const [value, fromFirst, between] = [0, 1, 2].map((index) => call.args[index]?.(row, frame) ?? null);
    const before = frame.index === 0 ? undefined : (frame.state.get(key) as Session | undefined);
    const restarts = call.args[3]?.(row, frame) === true;
    const isNew =
      restarts ||
      before === undefined ||
      isFar(value ?? null, before.first, fromFirst ?? null) ||
      isFar(value ?? null, before.last, between ?? null);
    const first = isNew ? (value ?? null) : before.first;
    frame.state.set(key, { first, last: value ?? null } satisfies Session);
    return value === null ? null : first;
  };
};

/** True if a value is at least so far after another, or if there is no telling. */
function isFar(value: Value, other: Value, distance: Value): boolean {
  const limit = addValues(other, distance);
  if (value === null || other === null || limit === null) return true;
  return (compareValues(value, limit) ?? 0) >= 0;
}

/** Functions over the rows of a serialised table. */
export const windowFunctions: readonly WindowFunction[] = [
  neighbour('prev(column, offset?, default?)', -1),
  neighbour('next(column, offset?, default?)', 1),
  windowFunction(
    'row_number(start?, restart?)',
    running(
      (state) => (typeof state === 'bigint' ? state + 1n : null),
      1,
      (row, frame, call) => argument(call, 0, row, frame, 1n),
    ),
  ),
  windowFunction(
    'row_cumsum(term, restart?)',
    running(
      (state, row, frame, call) => addValues(state, argument(call, 0, row, frame, null)),
      1,
      (row, frame, call) => argument(call, 0, row, frame, null),
    ),
  ),
  ...['row_rank_dense(term, restart?)', 'row_rank(term, restart?)'].map((signature) =>
    windowFunction(
      signature,
      running(
        (state, row, frame, call) =>
          isSameAsBefore(call, row, frame) || typeof state !== 'bigint' ? state : state + 1n,
        1,
        () => 1n,
      ),
    ),
  ),
  windowFunction('row_rank_min(term, restart?)', rankMin),
  windowFunction(
    'row_window_session(value, maxDistanceFromFirst, maxDistanceBetweenNeighbors, restart?)',
    session,
  ),
];
