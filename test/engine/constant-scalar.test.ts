import { hoist, isConstant, literalScalar, markConstant, prepare } from '../../src/engine/constant-scalar.ts';
import { createFrame } from '../../src/engine/scope.ts';
import type { Frame, Run } from '../../src/engine/scope.ts';
import { Datetime } from '../../src/engine/value.ts';

function frameOfNewRun(): Frame {
  const run: Run = { input: { tables: new Map(), now: new Datetime(0n) }, memo: new Map(), key: {} };
  return createFrame(run, []);
}

test('a constant is evaluated once a run, however many rows ask for it', () => {
  let count = 0n;
  const hoisted = hoist(markConstant(() => ++count));
  const [first, second] = [frameOfNewRun(), frameOfNewRun()];
  expect([hoisted([], first), hoisted([], first), hoisted([], second)]).toEqual([1n, 1n, 2n]);
});

test('what is not known to be constant is evaluated for each row', () => {
  let count = 0n;
  const scalar = hoist(() => ++count);
  const frame = frameOfNewRun();
  expect([scalar([], frame), scalar([], frame), isConstant(scalar)]).toEqual([1n, 2n, false]);
});

test('what is made of a literal is made once for all runs', () => {
  let count = 0;
  const prepared = prepare(literalScalar('a'), (value) => [value, ++count]);
  expect([prepared(frameOfNewRun().run), prepared(frameOfNewRun().run)]).toEqual([
    ['a', 1],
    ['a', 1],
  ]);
});
