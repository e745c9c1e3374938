/** @jest-environment ./test/support/kusto-environment.js */
import { emptySchema } from '../../src/kql/schemas/workspace-schema.ts';
import { functionCases } from '../cases/engine/function-cases.ts';
import { refusalOf, runOver } from '../support/run-kql.ts';

test.each(functionCases)('$name', ({ query, expected }) => {
  if ('refused' in expected) expect(refusalOf(query, emptySchema)?.construct).toBe(expected.refused);
  else expect(runOver(query, emptySchema)).toEqual(expected);
});

test('every case has a name of its own', () => {
  const names = functionCases.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});
