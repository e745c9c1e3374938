/** @jest-environment ./test/support/kusto-environment.js */
import { emptySchema } from '../../src/kql/schemas/workspace-schema.ts';
import { refusalOf, runOver } from '../support/run-kql.ts';

const rows = 'datatable(n: long, s: string, d: dynamic)[1, "a", dynamic([1])]';

test.each([
  [`${rows} | summarize count() by bin(n, 1) bin=2`, 'bin=2'],
  [`${rows} | join kind=inner withsource=x (${rows}) on n`, 'withsource=x'],
  [`${rows} | distinct kind=x n`, 'kind=x'],
  [`${rows} | reduce by s`, 'reduce by s'],
  [`set query_now = datetime(2020-01-01); print now()`, 'set query_now = datetime(2020-01-01)'],
  [`let f = () { ${rows} | summarize count() by n bin=2 }; f`, 'f'],
])('what would have no effect is refused at its place: %s', (query, place) => {
  const refusal = refusalOf(query, emptySchema);
  expect(refusal?.code).toBe('kql/unsupported');
  expect(query.slice(refusal?.start, (refusal?.start ?? 0) + (refusal?.length ?? 0))).toBe(place);
});

test.each([
  [`${rows} | join hint.strategy=broadcast kind=inner (${rows}) on n | count`, ['Count', '1']],
  [`set notruncation; ${rows} | count as Rows`, ['Rows', '1']],
  [`let f = () { ${rows} | reduce by s }; ${rows} | count`, ['Count', '1']],
  [`${rows} | project n | render timechart with (title="x")`, ['n', '1']],
])('what never changes rows is passed over: %s', (query, expected) => {
  expect(runOver(query, emptySchema)).toEqual(expected);
});
