/** @jest-environment ./test/support/kusto-environment.js */
import { classifyQuery } from '../../src/kql/classify-query.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';

const schema = await loadBuiltinSchema();

test('tells tables, columns, operators, literals and comments apart', () => {
  const query = "SecurityEvent | where Account == 'x' and EventID > 5 // why";
  const tokens = classifyQuery(query, schema).map(
    ({ kind, start, length }) => `${kind} ${query.slice(start, start + length)}`,
  );
  expect(tokens).toEqual([
    'table SecurityEvent',
    'punctuation |',
    'query-operator where',
    'column Account',
    'math-operator ==',
    "string-literal 'x'",
    'scalar-operator and',
    'column EventID',
    'math-operator >',
    'literal 5',
    'comment // why',
  ]);
});

test.each(['', 'SecurityEvent | where (', "'unterminated"])('takes any text: %j', (query) => {
  const tokens = classifyQuery(query, schema);
  for (const { start, length } of tokens) expect(start + length).toBeLessThanOrEqual(query.length);
  expect(tokens.length === 0).toBe(query === '');
});
