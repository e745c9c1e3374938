import { dynamicCases } from './dynamic-cases.ts';
import type { OperatorCase } from './operator-case.ts';
import { seriesCases } from './series-cases.ts';
import { statisticsCases } from './statistics-cases.ts';
import { textCases } from './text-cases.ts';

const docs = 'https://learn.microsoft.com/kusto/query/';

/** Functions that choose, convert and tell the time. */
const valueCases: readonly OperatorCase[] = [
  {
    name: 'a real has the digits that the service writes, of which the last is not always the nearest',
    source: 'emulator: agent-type-casts-coercion-0023; tostring(1.0), tostring(0.1 + 0.2)',
    query: 'print tostring(1.0), tostring(0.1 + 0.2), tostring(real(+inf)), tostring(1e300)',
    expected: ['print_0|print_1|print_2|print_3', '1.0|0.30000000000000007|inf|1e+300'],
  },
  {
    name: 'around takes in both ends',
    source: `${docs}around-function`,
    query:
      'print around(5, 4, 1), around(5, 3, 1), around(datetime(2024-01-01 00:30), datetime(2024-01-01), 30m)',
    expected: ['print_0|print_1|print_2', 'True|False|True'],
  },
  {
    name: 'assert stops a query that fails it',
    source: `${docs}assert-function`,
    query: 'print assert(1 > 2, "one is not enough")',
    expected: { refused: 'a query that fails its own assert: one is not enough' },
  },
  {
    name: 'a time zone has its summer time',
    source: `${docs}datetime-utc-to-local-function (Berlin is two hours ahead in July, one in January)`,
    query:
      'print datetime_utc_to_local(datetime(2024-07-01 12:00), "Europe/Berlin"), datetime_local_to_utc(datetime(2024-01-01 12:00), "Europe/Berlin")',
    expected: ['print_0|print_1', '2024-07-01T14:00:00.0000000Z|2024-01-01T11:00:00.0000000Z'],
  },
  {
    name: 'a time zone that does not exist is refused',
    source: `${docs}timezone`,
    query: 'print datetime_utc_to_local(datetime(2024-07-01), "Mars/Base")',
    expected: { refused: 'the time zone "Mars/Base"' },
  },
  {
    name: 'rand of a number is a whole number below it, and new_guid has the form of version 4',
    source: `${docs}rand-function, ${docs}new-guid-function`,
    query:
      'range i from 1 to 50 step 1 | extend r = rand(3), f = rand(), g = tostring(new_guid()) | summarize min(r) >= 0, max(r) <= 2, min(f) >= 0.0, max(f) < 1.0, dcount(g), countif(g matches regex "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$") | project-rename a = Column1, b = Column2, c = Column3, d = Column4',
    expected: ['a|b|c|d|dcount_g|countif_', 'True|True|True|True|50|50'],
  },
  {
    name: 'typeof() says what extract is to give',
    source: `${docs}extract-function`,
    query:
      'print extract("x=([0-9.]+)", 1, "x=45.6|y", typeof(real)) + 1, extract("([0-9]+)", 1, "no", typeof(long))',
    expected: ['print_0|print_1', '46.6|null'],
  },
];

/** Scalar functions and aggregates that the recorded data says little or nothing about. */
export const functionCases: readonly OperatorCase[] = [
  ...valueCases,
  ...textCases,
  ...dynamicCases,
  ...seriesCases,
  ...statisticsCases,
];
