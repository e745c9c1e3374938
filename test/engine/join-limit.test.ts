/** @jest-environment ./test/support/kusto-environment.js */
import { emptySchema } from '../../src/kql/schemas/workspace-schema.ts';
import { refusalOf, runOver } from '../support/run-kql.ts';

const joined = (count: number): string =>
  `let T = range a from 1 to ${count} step 1 | extend k = 1; T | join kind=inner T on k | summarize n = count()`;

test('a join of more pairs of rows than memory holds is refused at its place', () => {
  const query = joined(2049);
  const refusal = refusalOf(query, emptySchema);
  expect(refusal?.message).toBe('the engine does not support a join of more than 4194304 pairs of rows');
  expect(query.slice(refusal?.start, (refusal?.start ?? 0) + (refusal?.length ?? 0))).toBe(
    'join kind=inner T on k',
  );
});

test('a join of a hundred thousand pairs is none of those', () => {
  expect(runOver(joined(320), emptySchema)).toEqual(['n', '102400']);
});
