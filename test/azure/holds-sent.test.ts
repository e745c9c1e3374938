import { holdsSent } from '../../src/azure/holds-sent.ts';
import type { JsonValue } from '../../src/core/json.ts';

const cases: readonly (readonly [expected: boolean, live: JsonValue, sent: JsonValue])[] = [
  [true, { a: 1, added: 2 }, { a: 1 }],
  [true, { a: { b: [1, { c: 'x', added: null }] } }, { a: { b: [1, { c: 'x' }] } }],
  [true, {}, { a: null }],
  [true, { a: null }, {}],
  [false, {}, { a: 1 }],
  [false, { a: 2 }, { a: 1 }],
  [false, { a: [1, 2] }, { a: [1] }],
  [false, { a: [2, 1] }, { a: [1, 2] }],
  [false, { a: null }, { a: [] }],
  [false, { a: 1 }, { a: null }],
  [false, 'x', {}],
];

test.each(cases)('%s: live %j against sent %j', (expected, live, sent) => {
  expect(holdsSent(live, sent)).toBe(expected);
});
