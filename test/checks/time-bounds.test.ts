/** @jest-environment ./test/support/kusto-environment.js */
import { findTimeBounds } from '../../src/checks/time-bounds.ts';
import { analyseQuery } from '../../src/kql/bind-query.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';

const schema = await loadBuiltinSchema();

/** `subject seconds`, in brackets where the subject is not the time of the records. */
function boundsOf(query: string, prefix = ''): string[] {
  const { tree } = analyseQuery(query, schema, prefix);
  if (tree === undefined) throw new Error('the query has no tree');
  return findTimeBounds(tree).map(({ subject, seconds, isRecordTime }) => {
    return isRecordTime ? `${subject.text} ${seconds}` : `[${subject.text}] ${seconds}`;
  });
}

test.each([
  ['TimeGenerated > ago(1d)', 'TimeGenerated 86400'],
  ['TimeGenerated >= ago(90m)', 'TimeGenerated 5400'],
  ['ago(1d) < TimeGenerated', 'TimeGenerated 86400'],
  ['now() - 2h <= TimeGenerated', 'TimeGenerated 7200'],
  ['TimeGenerated > now(-1d)', 'TimeGenerated 86400'],
  ['TimeGenerated > now() + -1h', 'TimeGenerated 3600'],
  ['TimeGenerated > (now() - (1d + 1h))', 'TimeGenerated 90000'],
  ['TimeGenerated > ago(2 * 1h)', 'TimeGenerated 7200'],
  ['TimeGenerated > ago(1h * 3)', 'TimeGenerated 10800'],
  ['TimeGenerated > ago(3h - 1h)', 'TimeGenerated 7200'],
  ['TimeGenerated > ago(totimespan("1.00:00:00"))', 'TimeGenerated 86400'],
  ['TimeGenerated > ago(time(1.00:00:00))', 'TimeGenerated 86400'],
  ['TimeGenerated > startofday(ago(7d))', 'TimeGenerated 604800'],
  ['TimeGenerated > bin(ago(7d), 1h)', 'TimeGenerated 604800'],
  ['TimeGenerated > datetime_add("day", -2, now())', 'TimeGenerated 172800'],
  ['TimeGenerated between (ago(7d) .. ago(1d))', 'TimeGenerated 604800'],
  ['TimeGenerated between (ago(7d) .. 1h)', 'TimeGenerated 604800'],
  ['ingestion_time() > ago(10m)', 'ingestion_time() 600'],
  ['max_of(TimeGenerated, TimeGenerated) > ago(10m)', '[max_of(TimeGenerated, TimeGenerated)] 600'],
  ['todatetime(CreatedDateTime) > ago(30d)', '[todatetime(CreatedDateTime)] 2592000'],
])('SigninLogs | where %s', (condition, expected) => {
  expect(boundsOf(`SigninLogs | where ${condition}`)).toEqual([expected]);
});

test.each([
  'TimeGenerated < ago(1d)',
  'ago(1d) > TimeGenerated',
  'TimeGenerated !between (ago(7d) .. now())',
  'TimeGenerated > datetime(2024-01-01)',
  'TimeGenerated > ago(totimespan(ResultType))',
  'TimeGenerated > CreatedDateTime',
  'now() > ago(1d)',
  'datetime_add("month", -1, now()) < TimeGenerated',
  'datetime_add("day", toint(ResultType), now()) < TimeGenerated',
  'TimeGenerated == ago(1d)',
])('nothing is known of: SigninLogs | where %s', (condition) => {
  expect(boundsOf(`SigninLogs | where ${condition}`)).toEqual([]);
});

test('bounds are followed through lets, also those in front of the query', () => {
  const query =
    'let start = ago(window); SigninLogs | where TimeGenerated > start and TimeGenerated > ago(limit)';
  expect(boundsOf(query, 'let window = 6h; let limit = 1h;')).toEqual([
    'TimeGenerated 21600',
    'TimeGenerated 3600',
  ]);
});

test('the value of a parameter of a function is not known', () => {
  const query = 'let f = (t: timespan) { SigninLogs | where TimeGenerated > ago(t) }; f(1d)';
  expect(boundsOf(query)).toEqual([]);
});

test('bounds come in the order of the text, whatever their operator', () => {
  const query =
    'SigninLogs | where TimeGenerated between (ago(3d) .. now()) | where ago(2d) < TimeGenerated | where TimeGenerated > ago(1d)';
  expect(boundsOf(query)).toEqual(['TimeGenerated 259200', 'TimeGenerated 172800', 'TimeGenerated 86400']);
});
