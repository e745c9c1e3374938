import type { OperatorCase } from './operator-case.ts';
import { reshapeCases } from './reshape-cases.ts';

const docs = 'https://learn.microsoft.com/kusto/query/';
const pairs = 'datatable(k: long, v: string)[1, "a", 2, "b", long(null), "c"]';

/** Names for tables, values and functions. */
const bindings: readonly OperatorCase[] = [
  {
    name: 'let names a value, a table and a function',
    source: `${docs}let-statement`,
    query: `let least = 2; let T = ${pairs}; let f = (n: long) { n + 1 }; T | where k >= least | project x = f(k)`,
    expected: ['x', '3'],
  },
  {
    name: 'a function sees the names at the place where it is declared, not where it is called',
    source: `${docs}functions/user-defined-functions`,
    query: 'let x = 1; let f = () { x }; let g = (x: long) { f() }; print r = g(5)',
    expected: ['r', '1'],
  },
  {
    name: 'an argument may be named, and a default stands in for one that is left out',
    source: `${docs}functions/user-defined-functions`,
    query: 'let f = (a: long, b: long = 10) { a + b }; print x = f(1), y = f(1, 2), z = f(b = 3, a = 4)',
    expected: ['x|y|z', '11|3|7'],
  },
  {
    name: 'a function takes a table with the columns that it names',
    source: `${docs}functions/user-defined-functions`,
    query: `let f = (T: (k: long)) { T | summarize s = sum(k) }; f(${pairs})`,
    expected: ['s', '3'],
  },
  {
    name: 'a function takes a table with any columns',
    source: `${docs}functions/user-defined-functions`,
    query: `let f = (T: (*)) { T | count }; f(${pairs})`,
    expected: ['Count', '3'],
  },
  {
    name: 'a function without parameters is called without parentheses, too',
    source: `${docs}functions/user-defined-functions`,
    query: `let f = () { ${pairs} }; f | count`,
    expected: ['Count', '3'],
  },
  {
    name: 'a function declares names of its own',
    source: `${docs}functions/user-defined-functions`,
    query: 'let f = (a: long) { let b = a * 2; b + 1 }; print x = f(4)',
    expected: ['x', '9'],
  },
  {
    name: 'a view is part of a union over a pattern',
    source: `${docs}let-statement#create-a-view-or-virtual-table`,
    query:
      'let View_1 = view () { print x = 1 }; let View_2 = view () { print x = 2 }; let Other = () { print x = 3 }; union View_*',
    expected: ['x', '1', '2'],
  },
  {
    name: 'search without tables looks into views, and says which',
    source: `${docs}let-statement`,
    query:
      'let A = view () { range n from 1 to 3 step 1 }; let B = view () { range n from 3 to 4 step 1 }; search n == 3',
    expected: ['$table|n', 'A|3', 'B|3'],
  },
  {
    name: 'materialize computes a table once, so that a sample of it stays the same',
    source: `${docs}materialize-function`,
    query: 'let T = materialize(range n from 1 to 50 step 1 | sample 5); T | join kind=inner T on n | count',
    expected: ['Count', '5'],
  },
  {
    name: 'a let binds a calculation, so that a sample is drawn anew wherever its name is used',
    source: `${docs}let-statement`,
    query:
      'let S = range n from 1 to 1000 step 1 | sample 5; let T = S | extend m = n; T | join kind=inner T on n | count',
    expected: ['Count', '0'],
  },
  {
    name: 'toscalar takes the first column of the first row',
    source: `${docs}toscalar-function`,
    query: `print x = toscalar(${pairs} | project v, k | take 1)`,
    expected: ['x', 'a'],
  },
  {
    name: 'toscalar of no rows is null',
    source: `${docs}toscalar-function`,
    query: `print x = isnull(toscalar(${pairs} | where k == 9 | project k))`,
    expected: ['x', 'True'],
  },
  {
    name: 'ago counts from the frozen clock',
    source: `${docs}ago-function`,
    query: 'print a = ago(1d), b = now() - 1d, c = now(-1h)',
    expected: [
      'a|b|c',
      '2026-01-01T00:00:00.0000000Z|2026-01-01T00:00:00.0000000Z|2026-01-01T23:00:00.0000000Z',
    ],
  },
  {
    name: 'as names rows for the rest of the query',
    source: `${docs}as-operator`,
    query: `${pairs} | where k > 0 | as T | join kind=inner (T | project k, w = v) on k | project k, v, w`,
    expected: ['k|v|w', '1|a|a', '2|b|b'],
  },
  {
    name: 'invoke calls a function with the rows that are piped into it',
    source: `${docs}invoke-operator`,
    query: `let f = (T: (k: long), n: long) { T | extend s = k + n }; ${pairs} | where k > 0 | invoke f(10) | project s`,
    expected: ['s', '11', '12'],
  },
  {
    name: 'table() takes the name of a let',
    source: `${docs}table-function`,
    query: `let T = ${pairs}; table("T") | count`,
    expected: ['Count', '3'],
  },
];

/** Joins and unions. */
const combinations: readonly OperatorCase[] = [
  ...(
    [
      ['inner', '1|a|1|x', '1|a|1|y', 'null|c|null|z'],
      ['leftouter', '1|a|1|x', '1|a|1|y', '2|b|null|', 'null|c|null|z'],
      ['rightouter', '1|a|1|x', '1|a|1|y', 'null|c|null|z', 'null||3|w'],
      ['fullouter', '1|a|1|x', '1|a|1|y', '2|b|null|', 'null|c|null|z', 'null||3|w'],
    ] as const
  ).map(([kind, ...rows]) => ({
    name: `join kind=${kind} matches null keys, and pads strings with the empty one`,
    source: 'emulator: null == null matches as a join key; a string is never null',
    query: `${pairs} | join kind=${kind} datatable(k: long, w: string)[1, "x", 1, "y", long(null), "z", 3, "w"] on k | sort by k asc nulls last, k1 asc nulls first, w asc`,
    expected: ['k|v|k1|w', ...(kind === 'rightouter' || kind === 'fullouter' ? rows.toSorted(byKey) : rows)],
  })),
  ...(
    [
      ['leftsemi', 'k|v', '1|a', 'null|c'],
      ['leftanti', 'k|v', '2|b'],
      ['anti', 'k|v', '2|b'],
      ['rightsemi', 'k|w', '1|x', '1|y', 'null|z'],
      ['rightanti', 'k|w', '3|w'],
    ] as const
  ).map(([kind, ...expected]) => ({
    name: `join kind=${kind} keeps the columns of one side`,
    source: `${docs}join-operator#join-flavors`,
    query: `${pairs} | join kind=${kind} datatable(k: long, w: string)[1, "x", 1, "y", long(null), "z", 3, "w"] on k`,
    expected,
  })),
  {
    name: 'join takes one left row of each key unless told',
    source: `${docs}join-innerunique`,
    query:
      'datatable(k: long, v: string)[1, "a", 1, "b"] | join datatable(k: long, w: string)[1, "x", 1, "y"] on k | project v, w',
    expected: ['v|w', 'a|x', 'a|y'],
  },
  {
    name: 'an inner join gives the left rows of a key from the last to the first',
    source: `${docs}join-inner`,
    query:
      'datatable(k: string, v: long)["b", 2, "b", 3, "c", 4] | join kind=inner datatable(k: string, w: long)["b", 10, "c", 20, "c", 30] on k | project v, w',
    expected: ['v|w', '3|10', '2|10', '4|20', '4|30'],
  },
  {
    name: 'a full outer join gives right rows in their order, and at the end the left rows without a partner',
    source: 'emulator: agent-joins-lookup-union-0003',
    query:
      'datatable(k: long, v: string)[1, "a", 2, "b", 3, "c"] | join kind=fullouter datatable(k: long, w: string)[2, "x", 3, "y", 4, "z"] on k | project v, w',
    expected: ['v|w', 'b|x', 'c|y', '|z', 'a|'],
  },
  {
    name: 'a lookup gives the right rows of a key from the last to the first',
    source: 'emulator: agent-joins-lookup-union-0030',
    query:
      'datatable(k: long, v: string)[1, "a", 2, "b"] | lookup datatable(k: long, w: string)[1, "x", 1, "x2"] on k | project v, w',
    expected: ['v|w', 'a|x2', 'a|x', 'b|'],
  },
  {
    name: 'join on columns of two names keeps both',
    source: `${docs}join-operator`,
    query: `${pairs} | join kind=inner datatable(id: long)[2] on $left.k == $right.id`,
    expected: ['k|v|id', '2|b|2'],
  },
  {
    name: 'a join with a table of late columns has them',
    source: `${docs}bag-unpack-plugin`,
    query: `${pairs} | join kind=inner (print d = dynamic({"k": 2, "w": "x"}) | evaluate bag_unpack(d)) on k | project v, w`,
    expected: ['v|w', 'b|x'],
  },
  {
    name: 'lookup keeps the rows of the left table, and the keys once',
    source: `${docs}lookup-operator`,
    query: `${pairs} | lookup (datatable(k: long, w: string)[2, "x"]) on k | sort by v asc`,
    expected: ['k|v|w', '1|a|', '2|b|x', 'null|c|'],
  },
  {
    name: 'lookup kind=inner drops rows without a match',
    source: `${docs}lookup-operator`,
    query: `${pairs} | lookup kind=inner (datatable(k: long, w: string)[2, "x"]) on k`,
    expected: ['k|v|w', '2|b|x'],
  },
  {
    name: 'union isfuzzy passes over what is not there',
    source: `${docs}union-operator`,
    query: `union isfuzzy=true (${pairs}), (NoSuchTable | where k == 1) | count`,
    expected: ['Count', '3'],
  },
  {
    name: 'union splits a column that has two types',
    source: `${docs}union-operator`,
    query: 'union (print x = 1), (print x = "a")',
    expected: ['x_long|x_string', '1|', 'null|a'],
  },
  {
    name: 'union kind=inner keeps the columns that all tables have',
    source: `${docs}union-operator`,
    query: 'union kind=inner (print x = 1, y = 2), (print x = 3, z = 4)',
    expected: ['x', '1', '3'],
  },
  {
    name: 'withsource says which leg a row is from, by the name that as gives',
    source: `${docs}as-operator`,
    query: 'union withsource=S (print x = 1 | as A), (print x = 2)',
    expected: ['S|x', 'A|1', 'union_arg1|2'],
  },
  {
    name: 'search finds a term in any column',
    source: `${docs}search-operator`,
    query:
      'datatable(a: string, b: string)["one two", "x", "y", "TWO", "twofold", "z"] | search "two" | project a',
    expected: ['a', 'one two', 'y'],
  },
  {
    name: 'search kind=case_sensitive minds the case',
    source: `${docs}search-operator`,
    query: 'datatable(a: string)["two", "TWO"] | search kind=case_sensitive "two" | project a',
    expected: ['a', 'two'],
  },
  {
    name: 'search with a star within looks for both parts in order',
    source: `${docs}search-operator`,
    query: 'datatable(a: string)["hello brave world", "world hello"] | search "hello*world" | project a',
    expected: ['a', 'hello brave world'],
  },
  {
    name: 'a test of * is one of any column; a negated one, of every column',
    source: 'emulator: agent-parse-search-0013~3',
    query: 'datatable(a: string, n: long)["x", 1, "y", 2] | where * has "x" or * !contains "y" | project n',
    expected: ['n', '1'],
  },
];

function byKey(a: string, b: string): number {
  const keyOf = (row: string): number => (row.startsWith('null') ? 9 : Number(row.split('|', 1)[0]));
  const rightKeyOf = (row: string): number => (row.split('|')[2] === 'null' ? -1 : Number(row.split('|')[2]));
  return keyOf(a) - keyOf(b) || rightKeyOf(a) - rightKeyOf(b);
}

/** Cases written by hand: what recorded data lacks. */
export const operatorCases: readonly OperatorCase[] = [...bindings, ...combinations, ...reshapeCases];
