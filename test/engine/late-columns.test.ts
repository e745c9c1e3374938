/** @jest-environment ./test/support/kusto-environment.js */
import { emptySchema } from '../../src/kql/schemas/workspace-schema.ts';
import { refusalOf, runOver } from '../support/run-kql.ts';

const known = 'datatable(a: long, b: string, c: real)[1, "x", 1.5, 2, "y", 2.5, 3, "x", 4.5]';
const late =
  'datatable(d: dynamic)[dynamic({"a": 1, "b": "x", "c": 1.5}), dynamic({"a": 2, "b": "y", "c": 2.5}), dynamic({"a": 3, "b": "x", "c": 4.5})] | evaluate bag_unpack(d)';
const withList = '| summarize l = make_list(a), n = min(c) by b';

test.each([
  'project b, t = a * 2, b == "x"',
  'extend t = iff(a > 1, b, "none"), c / 2',
  'where a > 1 | distinct b',
  'summarize count(), make_set(b), make_list(a), sum(a), sum(a), max(c), avg(c), dcount(b), countif(a > 1), take_any(b)',
  'summarize arg_max(a, *), percentile(c, 50) by b, bin(a, 2)',
  'summarize by b, t = a % 2',
  'make-series n = count(), sum(a), avg(c) default = 7.5 on a from 1 to 5 step 1 by b',
  'make-series count() on a step 1',
  'top-nested 1 of b by sum(a), top-nested t = 1 of a with others = -1 by s = max(c)',
  'top-nested of bin(a, 2) by count()',
  'top 2 by c asc | getschema | project ColumnName, ColumnType',
  'project b | union (print b = "z")',
  'extend t = c | project t | join kind=leftouter (print t = 9.5, w = "z") on t',
  'sort by a asc | serialize r = row_number(), prev(b)',
  `${withList.slice(2)} | mv-expand l to typeof(long)`,
  `${withList.slice(2)} | mv-apply l to typeof(long) on (summarize s = sum(l))`,
  `${withList.slice(2)} | mv-apply with_itemindex=i m = l to typeof(long) on (where m > 1 | extend n = m)`,
  'project-away c | project-rename z = b | project-reorder z',
  'parse b with * "x" rest',
  'partition by b (top 1 by a)',
])('columns that come from values give what declared ones give: %s', (operators) => {
  expect(runOver(`${late} | ${operators}`, emptySchema)).toEqual(
    runOver(`${known} | ${operators}`, emptySchema),
  );
});

test.each([
  ['union (print b = 1)', 'union of the column "b" of unknown type'],
  ['getschema', 'getschema of the column "b" of unknown type'],
])('a column whose type nothing tells is refused: %s', (operator, construct) => {
  const query = `print d = dynamic({"a": [1]}) | evaluate bag_unpack(d) | project b = a[5] | ${operator}`;
  expect(refusalOf(query, emptySchema)?.construct).toBe(construct);
});
