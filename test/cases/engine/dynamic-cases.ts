import type { OperatorCase } from './operator-case.ts';

const docs = 'https://learn.microsoft.com/kusto/query/';

/** Functions on arrays and bags, on time, and across rows. */
export const dynamicCases: readonly OperatorCase[] = [
  {
    name: 'range steps by 1, and by an hour through time',
    source: `${docs}range-function (default of step)`,
    query:
      'print range(1, 3), range(1h, 3h), array_length(range(datetime(2026-01-01), datetime(2026-01-02))), range(3, 1)',
    expected: ['print_0|print_1|print_2|print_3', '[1,2,3]|["01:00:00","02:00:00","03:00:00"]|25|[]'],
  },
  {
    name: 'bag_set_key sets a key, also one deep within, and makes the bags on the way',
    source: `${docs}bag-set-key-function`,
    query: `print bag_set_key(dynamic({"a": 1}), "b", 2), bag_set_key(dynamic({"a": {"x": 1, "y": 2}}), "$.a.x", 3), bag_set_key(dynamic({"a": 1}), "$.b.c", 3)`,
    expected: ['print_0|print_1|print_2', '{"a":1,"b":2}|{"a":{"x":3,"y":2}}|{"a":1,"b":{"c":3}}'],
  },
  {
    name: 'bag_set_key with an index is refused',
    source: `${docs}bag-set-key-function (array indexing is not supported)`,
    query: 'print bag_set_key(dynamic({"a": [1]}), "$.a[0]", 3)',
    expected: { refused: 'bag_set_key() with the path "$.a[0]"' },
  },
  {
    name: 'bag_zip fills missing values with null and skips keys that are no texts',
    source: `${docs}bag-zip`,
    query:
      'print bag_zip(dynamic(["a", 8, "b"]), dynamic([1, "2", 2.5])), bag_zip(dynamic(["a", "b"]), dynamic([1]))',
    expected: ['print_0|print_1', '{"a":1,"b":2.5}|{"a":1,"b":null}'],
  },
  {
    name: 'bag_merge keeps the first value of a key',
    source: `${docs}bag-merge-function`,
    query: 'print bag_merge(dynamic({"a": 1, "b": 2}), dynamic({"c": 3, "a": 9}))',
    expected: ['print_0', '{"a":1,"b":2,"c":3}'],
  },
  {
    name: 'treepath lists arrays by their first index',
    source: `${docs}treepath-function`,
    query: `print treepath(parse_json('{"l": [100, "b", {"x": "y"}], "p": 1}'))`,
    expected: ['print_0', `["['l']","['l'][0]","['l'][0]['x']","['p']"]`],
  },
  {
    name: 'the old names of functions on dynamics give what the new ones give',
    source: `${docs}array-length-function, parse-json-function, pack-function (deprecated aliases)`,
    query: `print arraylength(dynamic([1, 2])), parsejson('{"a": 1}').a, todynamic("[1]")[0], pack("k", 1), pack_dictionary("k", 2)`,
    expected: ['print_0|print_1|print_2|print_3|print_4', '2|1|1|{"k":1}|{"k":2}'],
  },
  {
    name: 'columnifexists gives a column that is there, or else the default',
    source: `${docs}column-ifexists-function (deprecated alias)`,
    query: 'datatable(a: long)[1] | project x = columnifexists("a", 0), y = column_ifexists("b", "none")',
    expected: ['x|y', '1|none'],
  },
  {
    name: 'pack_all can leave out what is empty',
    source: `${docs}pack-all-function`,
    query: 'datatable(a: string, b: long)["", 1] | project pack_all(), pack_all(true)',
    expected: ['Column1|Column2', '{"a":"","b":1}|{"b":1}'],
  },
  {
    name: 'now and ago stand still at the time of the run',
    source: `${docs}now-function, ago-function (the clock of these cases is 2026-01-02T00:00:00Z)`,
    query:
      'range i from 1 to 3 step 1 | extend t = now(-1d), a = ago(1h) | summarize dcount(t), min(t), max(a) | project-away dcount_t',
    expected: ['min_t|max_a', '2026-01-01T00:00:00.0000000Z|2026-01-01T23:00:00.0000000Z'],
  },
  {
    name: 'datetime_part tells each part of a moment',
    source: `${docs}datetime-part-function`,
    query:
      'let t = datetime(2017-10-30 01:02:03.7654321); print datetime_part("quarter", t), datetime_part("week_of_year", t), datetime_part("dayOfYear", t), datetime_part("millisecond", t), datetime_part("microsecond", t), datepart("nanosecond", t)',
    expected: ['print_0|print_1|print_2|print_3|print_4|print_5', '4|44|303|765|765432|765432100'],
  },
  {
    name: 'a materialized table is read once, so that its random values stay',
    source: `${docs}materialize-function`,
    query:
      'let T = materialize(range i from 1 to 20 step 1 | extend r = rand()); T | join kind=inner (T) on i | where r != r1 | count',
    expected: ['Count', '0'],
  },
  {
    name: 'toscalar takes the first column of the first row, and null of none',
    source: `${docs}toscalar-function`,
    query:
      'let n = toscalar(range x from 3 to 5 step 1 | project y = x * 2, x); print n, isnull(toscalar(range x from 1 to 0 step 1))',
    expected: ['print_0|print_1', '6|True'],
  },
  {
    name: 'row_cumsum starts again where it is told',
    source: `${docs}row-cumsum-function`,
    query:
      'datatable(n: string, v: long)["a", 1, "a", 2, "b", 5, "b", 5] | sort by n asc, v asc | extend s = row_cumsum(v, n != prev(n)) | project n, s',
    expected: ['n|s', 'a|1', 'a|3', 'b|5', 'b|10'],
  },
  {
    name: 'row_window_session starts a session after a gap, after its longest time and on restart',
    source: `${docs}row-window-session-function`,
    query:
      'datatable(u: string, m: int)["a", 0, "a", 4, "a", 9, "a", 13, "b", 14] | extend t = datetime(2026-01-01) + m * 1m | sort by u asc, t asc | extend s = row_window_session(t, 10m, 5m, u != prev(u)) | project u, m, start = datetime_part("minute", s)',
    expected: ['u|m|start', 'a|0|0', 'a|4|0', 'a|9|9', 'a|13|9', 'b|14|14'],
  },
  {
    name: 'series_fill functions keep what they have no neighbour for',
    source: `${docs}series-fill-backward-function, series-fill-forward-function, series-fill-linear-function`,
    query:
      'print s = dynamic([null, 2, null, null, 8, null]) | project series_fill_backward(s), series_fill_forward(s), series_fill_linear(s), series_fill_const(s, 0)',
    expected: ['s|s1|s2|s3', '[2,2,8,8,8,null]|[null,2,2,2,8,8]|[2,2,4,6,8,8]|[0,2,0,0,8,0]'],
  },
  {
    name: 'series_cosine_similarity cuts the longer series, and is null of an empty one',
    source: `${docs}series-cosine-similarity-function`,
    query:
      'print round(series_cosine_similarity(dynamic([0.1, 0.2, 0.1, 0.2]), dynamic([1, 2, 3, 4])), 12), series_cosine_similarity(dynamic([3, 4]), dynamic([3, 4, 5])), series_cosine_similarity(dynamic([]), dynamic([1]))',
    expected: ['print_0|print_1|print_2', '0.923760430703|1.0|null'],
  },
  {
    name: 'dynamic literals may lie within one another, and hold values of other types',
    source: `${docs}dynamic-to-json-function (its example nests them), scalar-data-types/dynamic`,
    query: `print d = dynamic({"b": dynamic({"x": [dynamic(1), ")"]}), "a": timespan(1h)}) | project dynamic_to_json(d.b), d.a + 1h`,
    expected: ['Column1|Column2', '{"x":[1,")"]}|02:00:00'],
  },
  {
    name: 'series_dot_product takes a number for all items of a series, and is null of an empty one',
    source: `${docs}series-dot-product-function (7 of [1, 2, 4] and 1)`,
    query:
      'print series_dot_product(dynamic([1, 2, 4]), dynamic([4, 2, 1])), series_dot_product(dynamic([1, 2, 4]), 1), series_dot_product(2, dynamic([1, 2])), series_dot_product(dynamic([]), dynamic([1]))',
    expected: ['print_0|print_1|print_2|print_3', '12.0|7.0|6.0|null'],
  },
  {
    name: 'row_rank_dense counts the distinct values up to a row, again from 1 on restart',
    source: `${docs}row-rank-dense-function`,
    query:
      'datatable(g: string, n: long)["a", 2, "a", 3, "a", 3, "a", 100, "b", 1, "b", 1] | sort by g asc, n asc | extend r = row_rank_dense(n, prev(g) != g) | project r',
    expected: ['r', '1', '2', '2', '3', '1', '1'],
  },
];
