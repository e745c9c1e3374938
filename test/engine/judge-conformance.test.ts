/** @jest-environment ./test/support/kusto-environment.js */
import type { ConformanceCase } from '../../src/engine/conformance.ts';
import { judgeConformance } from '../../src/engine/judge-conformance.ts';

function expecting(id: string, query: string, value: number, flags: readonly string[] = []): ConformanceCase {
  return {
    id,
    query,
    expected: { columns: [{ name: 'x', type: 'long' }], rows: [[value]] },
    ordered: false,
    float_tolerance: 1e-9,
    flags,
  };
}

const right = expecting('right', 'print x = 1', 1);
const wrong = expecting('wrong', 'print x = 1', 2);
const refused = expecting('refused', 'print x = 1 | reduce by x', 1);

test('a file passes if enough cases are right and few are refused', () => {
  const cases = Array.from({ length: 10 }, (_case, index) => ({ ...right, id: `right ${index}` }));
  expect(judgeConformance('docs.json', [...cases, refused], {}).failures).toEqual([]);
});

test('a wrong case fails unless it is listed, and listed it still counts as wrong', () => {
  expect(judgeConformance('docs.json', [right, wrong], {}).failures).toEqual([
    'wrong is wrong, and no listed exception',
    '50.0 % right of supported; 97.0 % are needed',
  ]);
  expect(judgeConformance('docs.json', [right, wrong], { wrong: 'a reason' }).failures).toEqual([
    '50.0 % right of supported; 97.0 % are needed',
  ]);
});

test('a listed case that is right or refused must leave the list', () => {
  const exceptions = { right: 'a reason', refused: 'a reason' };
  expect(judgeConformance('oracle.json', [right, refused], exceptions).failures).toEqual([
    'right is right: it must leave the list of exceptions',
    'refused is refused: it must leave the list of exceptions',
    '50.0 % refused; at most 10.0 % may be',
  ]);
});

test('cases of geometry and of graphs are left out', () => {
  const geo = expecting('geo', 'print x = 1', 2, ['geo']);
  expect(judgeConformance('docs.json', [right, geo], {})).toMatchObject({ cases: 1, failures: [] });
});
