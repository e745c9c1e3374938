import { compareRows } from '../../src/engine/compare-rows.ts';
import type { ConformanceCase } from '../../src/engine/conformance.ts';
import type { Value } from '../../src/engine/value.ts';

interface Expectation extends Partial<ConformanceCase> {
  readonly type?: string;
  readonly given: readonly Value[];
  readonly wanted: readonly unknown[];
  readonly isRandom?: boolean;
}

/** True if the rows of one column are as they are expected to be. */
function passes({ type = 'string', given, wanted, isRandom = false, ...item }: Expectation): boolean {
  const rows = given.map((value) => [value]);
  const expected = { columns: [{ name: 'x', type }], rows: wanted.map((value) => [value]) };
  const base = { id: 'case', query: '', ordered: false, float_tolerance: 1e-9, flags: [] };
  const actual = { columns: [{ name: 'x', type: type === 'dynamic' ? 'dynamic' : 'string' } as const], rows };
  return compareRows(actual, { ...base, ...item, expected }, isRandom) === undefined;
}

test.each<[string, Expectation]>([
  ['rows in another order', { given: ['a', 'b'], wanted: ['b', 'a'] }],
  [
    'a sample with values of the same kind',
    { flags: ['arbitrary-pick'], isRandom: true, given: [5n], wanted: [7] },
  ],
  [
    'a cell of a page without the blanks at its end',
    { authority: 'microsoft-docs', given: ['a '], wanted: ['a'] },
  ],
  ['an empty cell for null in a column without a type', { type: 'unknown', given: [null], wanted: [''] }],
  ['a number as its text in a column without a type', { type: 'unknown', given: [20n], wanted: ['20'] }],
  ['a text for what JSON cannot hold', { type: 'real', given: [NaN], wanted: ['NaN'] }],
  ['a set in another order', { type: 'dynamic', flags: ['set-order'], given: [[1n, 2n]], wanted: [[2, 1]] }],
])('passes: %s', (_what, expectation) => {
  expect(passes(expectation)).toBe(true);
});

test.each<[string, Expectation]>([
  ['rows in another order of a sorted query', { ordered: true, given: ['a', 'b'], wanted: ['b', 'a'] }],
  ['another pick that is not random', { flags: ['arbitrary-pick'], given: ['b'], wanted: ['a'] }],
  [
    'a sample with values of another kind',
    { flags: ['arbitrary-pick'], isRandom: true, given: ['5'], wanted: [7] },
  ],
  ['a cell without the blanks of the page', { authority: 'microsoft-docs', given: ['a'], wanted: ['a '] }],
  ['the blanks at the end of a recorded text', { given: ['a '], wanted: ['a'] }],
  ['an empty text for null', { given: [null], wanted: [''] }],
  ['a number for its text', { given: [20n], wanted: ['20'] }],
  ['a number for its text within a dynamic value', { type: 'dynamic', given: [[20n]], wanted: [['20']] }],
  ['a list in another order', { type: 'dynamic', given: [[1n, 2n]], wanted: [[2, 1]] }],
  [
    'a bag with one more key',
    {
      type: 'dynamic',
      given: [
        new Map([
          ['a', 1n],
          ['b', 2n],
        ]),
      ],
      wanted: [{ a: 1 }],
    },
  ],
])('does not pass: %s', (_what, expectation) => {
  expect(passes(expectation)).toBe(false);
});
