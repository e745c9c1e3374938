/** @jest-environment ./test/support/kusto-environment.js */
import { parseDatetime } from '../../src/engine/datetime-text.ts';
import { compileQuery, runQuery } from '../../src/engine/compile-query.ts';
import { valueToText } from '../../src/engine/value-text.ts';
import { analyseQuery } from '../../src/kql/bind-query.ts';
import type { WorkspaceSchema } from '../../src/kql/schemas/workspace-schema.ts';

const columns = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Account', type: 'string' },
  { name: 'Hits', type: 'long' },
] as const;
const schema: WorkspaceSchema = {
  standardColumns: [],
  tables: new Map([['Logons', { name: 'Logons', source: 'test', columns, isOpen: false }]]),
  functions: new Map(),
  watchlists: new Map(),
};
const now = parseDatetime('2026-01-02T00:00:00Z')!;
const tables = new Map([
  [
    'Logons',
    {
      columns,
      rows: [
        [parseDatetime('2026-01-01T23:00:00Z'), 'root', 3n],
        [parseDatetime('2026-01-01T22:59:59Z'), 'guest', 4n],
        [null, '', null],
      ],
    },
  ],
]);

function compile(query: string): ReturnType<typeof compileQuery> {
  const { tree } = analyseQuery(query, schema);
  if (tree === undefined) throw new Error('the query has no tree');
  return compileQuery(tree);
}

/** The rows as texts, with the names of the columns first. */
function rowsOf(query: string): readonly string[] {
  const compiled = compile(query);
  if ('unsupported' in compiled) throw new Error(compiled.unsupported[0]?.message);
  const result = runQuery(compiled.plan, { tables, now });
  return [
    result.columns.map(({ name }) => name).join('|'),
    ...result.rows.map((row) => row.map((value) => (value === null ? 'null' : valueToText(value))).join('|')),
  ];
}

test.each([
  ['the clock is frozen', 'Logons | where TimeGenerated >= ago(1h) | project Account', ['Account', 'root']],
  ['a null is in no order', 'Logons | where not(Hits > 3) | project Account', ['Account', 'root']],
  ['equality with null is false', 'Logons | where Hits != 3 | project Hits', ['Hits', '4', 'null']],
  [
    'sort is descending and nulls come last',
    'Logons | sort by Hits | project Hits',
    ['Hits', '4', '3', 'null'],
  ],
  [
    'summarize names its columns and groups in order of appearance',
    'Logons | summarize count(), max(Hits) by empty = isempty(Account)',
    ['empty|count_|max_Hits', 'False|2|4', 'True|1|null'],
  ],
  [
    'an outer join pads strings with the empty string',
    'print Hits = 9 | join kind=leftouter Logons on Hits | project Account, Hits1',
    ['Account|Hits1', '|null'],
  ],
  ['long arithmetic wraps', 'print a = 9223372036854775807 + 1', ['a', '-9223372036854775808']],
  ['a remainder is not negative', 'print a = -10 % 4', ['a', '2']],
  [
    'a function is called with its arguments and defaults',
    'let f = (T: (Hits: long), least: long = 4) { T | where Hits >= least | project Hits }; f(Logons)',
    ['Hits', '4'],
  ],
  ['toscalar gives one value', 'print a = toscalar(Logons | summarize sum(Hits))', ['a', '7']],
  [
    'in takes the first column of a table',
    'Logons | where Account in ((Logons | where Hits == 4 | project Account)) | project Account',
    ['Account', 'guest'],
  ],
  ['underscore separates terms', 'print a = "ab_cd" has "cd", b = "abcd" has "cd"', ['a|b', 'True|False']],
  ['a path into a dynamic', 'print a = dynamic({"k":[1,2]}).k[-1]', ['a', '2']],
  [
    'mv-expand gives a row for each item, none for an empty array and one for null',
    'datatable(n: long, d: dynamic)[1, dynamic(["a", "b"]), 2, dynamic([]), 3, dynamic(null)] | mv-expand d to typeof(string)',
    ['n|d', '1|a', '1|b', '3|'],
  ],
  [
    'mv-apply runs its subquery for each row',
    'datatable(n: long, d: dynamic)[1, dynamic([3, 4]), 2, dynamic([5])] | mv-apply x = d to typeof(long) on (summarize s = sum(x))',
    ['n|d|s', '1|[3,4]|7', '2|[5]|5'],
  ],
  [
    'parse reads typed columns, and leaves them empty where the text does not match',
    'datatable(s: string)["id=7;x", "none"] | parse s with "id=" id: long ";" rest',
    ['s|id|rest', 'id=7;x|7|x', 'none|null|'],
  ],
  [
    'parse-kv keeps delimiters within quotes',
    `print s = "a='1;2';b=3" | parse-kv s as (b: long, a: string) with (pair_delimiter=';', kv_delimiter='=', quote="'")`,
    ['s|b|a', "a='1;2';b=3|3|1;2"],
  ],
  [
    'make-series leaves out its end and fills empty bins',
    'datatable(t: long, v: long)[1, 10, 2, 20, 9, 90] | make-series s = sum(v) default = 0 on t from 1 to 7 step 2',
    ['s|t', '[30,0,0]|[1,3,5]'],
  ],
  [
    'columns of bag_unpack are known to the operators after it',
    'print d = dynamic({"k": "x", "v": 2}) | evaluate bag_unpack(d) | where v > 1 | project k',
    ['k', 'x'],
  ],
  [
    'pivot makes a column of each value',
    'datatable(k: string, v: string)["a", "x", "b", "y", "a", "y"] | evaluate pivot(v)',
    ['k|x|y', 'a|1|1', 'b|0|1'],
  ],
  [
    'prev looks at the row before, and is empty at the first',
    'range n from 1 to 3 step 1 | serialize | extend p = prev(n), c = row_cumsum(n)',
    ['n|p|c', '1|null|1', '2|1|3', '3|2|6'],
  ],
  [
    'digits of a regular expression are those of Unicode',
    "print a = '１2' matches regex @'^\\d+$'",
    ['a', 'True'],
  ],
])('%s', (_sentence, query, expected) => {
  expect(rowsOf(query)).toEqual(expected);
});

test.each([
  ['Logons | reduce by Account', 'the operator "reduce"', 9, 17],
  ['print geo_point_to_s2cell(1.0, 2.0)', 'the function geo_point_to_s2cell()', 6, 29],
])('what the engine does not know is refused with its place: %s', (query, construct, start, length) => {
  const compiled = compile(query);
  expect('unsupported' in compiled && compiled.unsupported).toEqual([
    {
      code: 'kql/unsupported',
      severity: 'error',
      message: `the engine does not support ${construct}`,
      construct,
      start,
      length,
    },
  ]);
});
