import type { OperatorCase } from './operator-case.ts';

const docs = 'https://learn.microsoft.com/kusto/query/';

/** Operators that reshape rows. */
export const reshapeCases: readonly OperatorCase[] = [
  {
    name: 'scan keeps the state of a step, which starts from the declared defaults',
    source: 'emulator: agent-window-series-scan-0008~2',
    query:
      'datatable(t: long, v: long)[1, 5, 2, 3, 3, 99, 4, 7] | sort by t asc | scan declare (cum: long = 0) with (step s: true => cum = iff(v == 99, 0, s.cum + v);) | project t, cum',
    expected: ['t|cum', '1|5', '2|8', '3|0', '4|7'],
  },
  {
    name: 'in scan, a declared name alone is that of the record and not of the state',
    source: 'emulator: agent-window-series-scan-0014~2',
    query:
      'datatable(t: long, v: long)[1, 5, 2, 7] | sort by t asc | scan declare (cum: long = 0) with (step s: true => cum = cum + v;) | project cum',
    expected: ['cum', '5', '7'],
  },
  {
    name: 'scan matches a sequence of steps, and numbers the sequences',
    source: `${docs}scan-operator`,
    query:
      'datatable(t: long, e: string)[1, "x", 2, "on", 3, "a", 4, "off", 5, "b", 6, "on", 7, "off"] | sort by t asc | scan with_match_id=m with (step s1: e == "on"; step s2: e != "on" and e != "off"; step s3: e == "off";) | project t, m',
    expected: ['t|m', '2|0', '3|0', '4|0', '6|1', '7|0'],
  },
  {
    name: 'a scan step with output=none shows nothing',
    source: `${docs}scan-operator`,
    query:
      'datatable(t: long, e: string)[1, "in", 5, "out"] | sort by t asc | scan declare (d: long) with (step s1 output=none: e == "in"; step s2: e == "out" => d = t - s1.t;) | project t, d',
    expected: ['t|d', '5|4'],
  },
  {
    name: 'scan with output=last is refused',
    source: `${docs}scan-operator`,
    query: 'range t from 1 to 3 step 1 | scan with (step s output=last: true;)',
    expected: { refused: 'scan with output=last' },
  },
  {
    name: 'count of a column counts its nulls, too',
    source: `${docs}summarize-operator#examples`,
    query: 'datatable(y: real)[real(null), 5] | summarize count(y), sum(y), avg(y)',
    expected: ['count_y|sum_y|avg_y', '2|5.0|5.0'],
  },
  {
    name: 'top-nested takes the highest groups, and within them the highest of the next level',
    source: 'emulator: agent-window-series-scan-0040~2',
    query:
      'datatable(c: string, s: string, v: long)["a", "x", 30, "a", "y", 5, "b", "x", 20, "d", "z", 1] | top-nested 2 of c by sum(v), top-nested 1 of s by sum(v)',
    expected: ['c|aggregated_c|s|aggregated_s', 'a|35|x|30', 'b|20|x|20'],
  },
  {
    name: 'top-nested puts the rest into one row',
    source: `${docs}top-nested-operator`,
    query:
      'datatable(c: string, v: long)["a", 30, "b", 20, "d", 1] | top-nested 1 of c with others = "rest" by total = sum(v)',
    expected: ['c|total', 'a|30', 'rest|21'],
  },
  {
    name: 'top-nested gives what is left over at the levels that ask for it, the last level first',
    source: `${docs}top-nested-operator#using-the-with-others-clause, and its example of an earlier edition`,
    query:
      'datatable(c: string, s: string, e: string, v: long)["a", "x", "p", 30, "a", "y", "q", 9, "a", "x", "r", 2, "b", "x", "r", 20, "d", "z", "p", 1] | top-nested 2 of c with others="rest" by sum(v), top-nested 1 of s by sum(v), top-nested 1 of e with others="R" by sum(v)',
    expected: [
      'c|aggregated_c|s|aggregated_s|e|aggregated_e',
      'a|41|x|32|p|30',
      'b|20|x|20|r|20',
      'a|41|x|32|R|2',
      'a|41||null|R|9',
      'rest|1||null|R|1',
    ],
  },
  {
    name: 'top-hitters sums up by a column, the highest last',
    source: 'emulator: agent-window-series-scan-0025',
    query: 'datatable(g: string, v: long)["x", 100, "y", 1, "z", 1, "z", 2] | top-hitters 2 of g by v',
    expected: ['g|approximate_sum_v', 'z|3', 'x|100'],
  },
  {
    name: 'rows_near keeps the rows around those that a condition holds for, each once',
    source: `${docs}rows-near-plugin`,
    query:
      'range n from 1 to 12 step 1 | sort by n asc | evaluate rows_near(n == 4 or n == 5 or n == 12, 1) | summarize near = make_list(n)',
    expected: ['near', '[3,4,5,6,11,12]'],
  },
  {
    name: 'rows_near may keep another number behind than in front',
    source: `${docs}rows-near-plugin`,
    query:
      'range n from 1 to 9 step 1 | sort by n asc | evaluate rows_near(n == 4, 2, 0) | summarize near = make_list(n)',
    expected: ['near', '[2,3,4]'],
  },
  {
    name: 'pivot takes an aggregate, and the columns to group by',
    source: `${docs}pivot-plugin`,
    query:
      'datatable(u: string, k: string, v: long)["a", "x", 1, "a", "y", 2, "b", "x", 5, "a", "x", 7] | evaluate pivot(k, sum(v), u) | sort by u asc',
    expected: ['u|x|y', 'a|8|2', 'b|5|0'],
  },
  {
    name: 'pivot with a declared schema has its columns',
    source: `${docs}pivot-plugin`,
    query:
      'datatable(u: string, k: string)["a", "x", "b", "x"] | evaluate pivot(k): (u: string, x: long) | sort by u asc',
    expected: ['u|x', 'a|1', 'b|1'],
  },
  {
    name: 'bag_unpack puts a prefix in front of the names',
    source: `${docs}bag-unpack-plugin`,
    query: 'print d = dynamic({"b": 1, "a": "x"}) | evaluate bag_unpack(d, "p_")',
    expected: ['p_a|p_b', 'x|1'],
  },
  {
    name: 'bag_unpack replaces or keeps a column of the same name when told',
    source: `${docs}bag-unpack-plugin`,
    query:
      'let T = datatable(a: string, d: dynamic)["old", dynamic({"a": "new"})]; T | evaluate bag_unpack(d, columnsConflict="replace_source") | union (T | evaluate bag_unpack(d, columnsConflict="keep_source"))',
    expected: ['a', 'new', 'old'],
  },
  {
    name: 'bag_unpack over a column of the same name is refused unless told',
    source: `${docs}bag-unpack-plugin`,
    query: 'datatable(a: string, d: dynamic)["old", dynamic({"a": "new"})] | evaluate bag_unpack(d)',
    expected: { refused: 'evaluate bag_unpack over the column "a" that is there already' },
  },
  {
    name: 'ipv4_lookup joins by the range that an address lies in',
    source: `${docs}ipv4-lookup-plugin`,
    query:
      'let L = datatable(net: string, place: string)["10.1.0.0/16", "A", "10.2.0.0/16", "B"]; datatable(ip: string)["10.2.3.4", "10.9.0.1"] | evaluate ipv4_lookup(L, ip, net)',
    expected: ['ip|net|place', '10.2.3.4|10.2.0.0/16|B'],
  },
  {
    name: 'ipv4_lookup keeps addresses without a range when told',
    source: `${docs}ipv4-lookup-plugin`,
    query:
      'let L = datatable(net: string, place: string)["10.1.0.0/16", "A"]; datatable(ip: string)["10.9.0.1"] | evaluate ipv4_lookup(L, ip, net, return_unmatched = true)',
    expected: ['ip|net|place', '10.9.0.1||'],
  },
  {
    name: 'ipv4_lookup refuses to choose between ranges that overlap',
    source: `${docs}ipv4-lookup-plugin, which does not say`,
    query:
      'let L = datatable(net: string, place: string)["10.0.0.0/8", "A", "10.1.0.0/16", "B"]; datatable(ip: string)["10.1.0.1"] | evaluate ipv4_lookup(L, ip, net)',
    expected: { refused: 'ipv4_lookup with ranges that overlap' },
  },
  {
    name: 'mv-expand zips arrays, and a limit holds for each row',
    source: `${docs}mv-expand-operator`,
    query:
      'print a = dynamic([1, 2, 3]), b = dynamic(["x", "y"]) | mv-expand with_itemindex=i a to typeof(long), b to typeof(string) limit 2',
    expected: ['a|b|i', '1|x|0', '2|y|1'],
  },
  {
    name: 'mv-expand takes a bag apart into bags or pairs',
    source: `${docs}mv-expand-operator`,
    query: 'print b = dynamic({"k": 1}) | mv-expand bagexpansion=array b',
    expected: ['b', '["k",1]'],
  },
  {
    name: 'mv-apply keeps the outer columns, and may take several rows',
    source: `${docs}mv-apply-operator`,
    query:
      'datatable(id: string, d: dynamic)["a", dynamic([3, 9, 5]), "b", dynamic([])] | mv-apply x = d to typeof(long) on (top 2 by x | project x) | project id, x',
    expected: ['id|x', 'a|9', 'a|5'],
  },
  {
    name: 'partition runs its subquery for each value',
    source: `${docs}partition-operator`,
    query:
      'datatable(k: string, v: long)["a", 1, "b", 7, "a", 4] | partition hint.strategy=native by k (top 1 by v | project k, v)',
    expected: ['k|v', 'a|4', 'b|7'],
  },
  {
    name: 'partition may name the rows of each value, and compute something from all of them',
    source: `${docs}partition-operator#partition-reference`,
    query:
      'datatable(k: string, v: long)["a", 1, "a", 2, "b", 7] | partition by k (as P | extend t = toscalar(P | summarize sum(v)))',
    expected: ['k|v|t', 'a|1|3', 'a|2|3', 'b|7|7'],
  },
  {
    name: 'mv-apply may name the rows of each array, too',
    source: `${docs}mv-apply-operator, and as-operator`,
    query:
      'datatable(k: string, v: dynamic)["a", dynamic([1, 2]), "b", dynamic([7])] | mv-apply v to typeof(long) on (as P | where v == toscalar(P | summarize max(v)))',
    expected: ['k|v', 'a|2', 'b|7'],
  },
  {
    name: 'extend without a name replaces the column that a conversion is of, and numbers what is none',
    source: "the names that Microsoft's parser gives",
    query: 'print x = 1, y = 2 | extend tostring(x), x + 1, strcat(x, "a"), bin(y, 2)',
    expected: ['x|y|Column1|Column2', '1|2|2|1a'],
  },
  {
    name: 'parse takes a number up to its end, even in front of a star',
    source: `${docs}parse-operator`,
    query: 'print s = "id=27, rest" | parse s with "id=" id: long * | project id',
    expected: ['id', '27'],
  },
  {
    name: 'parse leaves every column empty where one value does not fit; relaxed only that one',
    source: `${docs}parse-operator`,
    query:
      'let T = print s = "a=x;b=2"; union (T | parse s with "a=" a: long ";b=" b: long), (T | parse kind=relaxed s with "a=" a: long ";b=" b: long) | project a, b',
    expected: ['a|b', 'null|null', 'null|2'],
  },
  {
    name: 'parse kind=regex is greedy, and U makes it lazy',
    source: `${docs}parse-operator`,
    query:
      'let T = print s = "x=1,2,3"; union (T | parse kind=regex s with "x=" a "," * | project a), (T | parse kind=regex flags=U s with "x=" a "," * | project a)',
    expected: ['a', '1,2', '1'],
  },
  {
    name: 'parse kind=regex flags=i ignores case, s lets a dot match a line end',
    source: `${docs}parse-operator`,
    query: String.raw`print s = "AB\nc" | parse kind=regex flags=is s with "ab" x "c" | project n = strlen(x)`,
    expected: ['n', '1'],
  },
  {
    name: 'parse-where drops what does not match',
    source: `${docs}parse-where-operator`,
    query: 'datatable(s: string)["n=1", "m=2"] | parse-where s with "n=" n: long | project n',
    expected: ['n', '1'],
  },
  {
    name: 'a date in front of a star is refused: where it ends is not known',
    source: `${docs}parse-operator`,
    query: 'print s = "2026-01-01 x" | parse s with d: datetime *',
    expected: { refused: '"d: datetime" in parse without a text behind it' },
  },
  {
    name: 'parse-kv without delimiters takes the word behind a key',
    source: `${docs}parse-kv-operator`,
    query:
      'print s = "[INFO] Thread:45, Text: up" | parse-kv s as (Text: string, Thread: long) | project Text, Thread',
    expected: ['Text|Thread', 'up|45'],
  },
  {
    name: 'parse-kv greedy=true lets a value go on to the next key',
    source: `${docs}parse-kv-operator`,
    query:
      'print s = "name=John Doe city=New York" | parse-kv s as (name: string, city: string) with (pair_delimiter=" ", kv_delimiter="=", greedy=true) | project name, city',
    expected: ['name|city', 'John Doe|New York'],
  },
  {
    name: 'parse-kv passes over blanks around delimiters',
    source: 'emulator: agent-parse-search-0005',
    query:
      'print s = "  key  =  value  " | parse-kv s as (key: string) with (pair_delimiter=" ", kv_delimiter="=") | project key',
    expected: ['key', 'value'],
  },
  {
    name: 'parse-kv by a pattern takes its two groups',
    source: `${docs}parse-kv-operator`,
    query: String.raw`print s = '<a:1><b:2>' | parse-kv s as (b: long, a: long) with (regex=@'<(\w):(\d)>') | project b, a`,
    expected: ['b|a', '2|1'],
  },
  {
    name: 'make-series in range() takes its end, too',
    source: `${docs}make-series-operator#alternate-syntax`,
    query: 'datatable(t: long)[1, 1, 3] | make-series n = count() on t in range(1, 3, 1)',
    expected: ['n|t', '[2,0,1]|[1,2,3]'],
  },
  {
    name: 'make-series of no rows has none, unless kind=nonempty',
    source: `${docs}make-series-operator`,
    query:
      'let T = datatable(t: long)[]; union (T | make-series n = count() on t from 1 to 3 step 1), (T | make-series kind=nonempty m = count() on t from 1 to 3 step 1) | project n, m',
    expected: ['n|m', 'null|[0,0]'],
  },
  {
    name: 'query parameters have their defaults',
    source: `${docs}query-parameters-statement`,
    query: 'declare query_parameters(least: long = 2); range n from 1 to 3 step 1 | where n >= least | count',
    expected: ['Count', '2'],
  },
  {
    name: 'getschema gives the columns',
    source: `${docs}getschema-operator`,
    query: 'print a = 1, b = "x" | getschema | project ColumnName, ColumnType',
    expected: ['ColumnName|ColumnType', 'a|long', 'b|string'],
  },
  {
    name: 'sort puts nulls last descending and first ascending, and may be told otherwise',
    source: `${docs}sort-operator`,
    query: 'datatable(n: long)[1, long(null), 2] | sort by n asc nulls last',
    expected: ['n', '1', '2', 'null'],
  },
  {
    name: 'sample-distinct takes some values of a column',
    source: `${docs}sample-distinct-operator`,
    query: 'range n from 1 to 20 step 1 | extend m = n % 3 | sample-distinct 2 of m | count',
    expected: ['Count', '2'],
  },
  {
    name: 'externaldata without a fixture is refused',
    source: `${docs}externaldata-operator`,
    query: 'externaldata(a: string)["https://contoso.example/a.csv"] | count',
    expected: { refused: 'the file "https://contoso.example/a.csv"' },
  },
  {
    name: 'table() of a table that no schema has is refused',
    source: `${docs}table-function`,
    query: 'let f = (name: string) { table(name) | count }; f("Nowhere")',
    expected: { refused: 'the table "Nowhere", which no schema has' },
  },
  ...['basket(0.1)', 'autocluster()'].map((plugin) => ({
    name: `evaluate ${plugin} is refused: its answer is an estimate`,
    source: `${docs}evaluate-operator`,
    query: `print a = "x" | evaluate ${plugin}`,
    expected: { refused: `evaluate ${/^\w+/.exec(plugin)?.[0] ?? ''}` },
  })),
  ...['fork (where n > 1) (count)', 'facet by n', 'consume'].map((operator) => ({
    name: `${operator} is refused: it does not give one table`,
    source: `${docs}fork-operator, facet-operator, consume-operator`,
    query: `print n = 1 | ${operator}`,
    expected: { refused: `the operator "${/^\w+/.exec(operator)?.[0] ?? ''}"` },
  })),
  {
    name: 'reduce is refused: its answer is an estimate',
    source: `${docs}reduce-operator`,
    query: 'print a = "x" | reduce by a',
    expected: { refused: 'the operator "reduce"' },
  },
];
