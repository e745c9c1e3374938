import type { OperatorCase } from './operator-case.ts';

const docs = 'https://learn.microsoft.com/kusto/query/';

/** Functions of mathematics and statistics, and aggregates. */
export const statisticsCases: readonly OperatorCase[] = [
  {
    name: 'erf and erfc add up to 1',
    source: `${docs}erf-function (its table: 0.842700792949715 at 1, -0.999977909503001 at -3)`,
    query:
      'print round(erf(1), 12), round(erf(-3), 12), round(erf(0.7) + erfc(0.7), 12), round(erfc(4) * 1e8, 6)',
    expected: ['print_0|print_1|print_2|print_3', '0.84270079295|-0.999977909503|1.0|1.541726'],
  },
  {
    name: 'gamma of a whole number is a factorial, loggamma its logarithm',
    source: `${docs}gamma-function, ${docs}loggamma-function (24 and 3.17805 of 5)`,
    query: 'print gamma(5), round(loggamma(5), 10), round(gamma(0.5), 10), isnan(gamma(-1))',
    expected: ['print_0|print_1|print_2|print_3', '24.0|3.1780538303|1.7724538509|True'],
  },
  {
    name: 'beta_cdf, beta_pdf and beta_inv are NaN outside of what they are defined on',
    source: `${docs}beta-cdf-function, beta-pdf-function, beta-inv-function (0.999999999999959; 0.746176019310951; 0.226415022388749)`,
    query:
      'print round(beta_cdf(0.9, 10.0, 20.0), 12), round(beta_pdf(0.5, 10.0, 20.0), 9), round(beta_inv(0.1, 10.0, 20.0), 12), beta_cdf(1.5, 10.0, 20.0), beta_pdf(0.1, real(-1), 20.0)',
    expected: ['print_0|print_1|print_2|print_3|print_4', '1.0|0.746176019|0.226415022389|NaN|NaN'],
  },
  {
    name: 'welch_test gives the chance of both tails',
    source: `${docs}welch-test-function (its example says 0.021; the samples are those of Wikipedia's second example)`,
    query:
      'print a = dynamic([27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4]), b = dynamic([27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4]) | mv-expand a to typeof(real), b to typeof(real) | summarize m = avg(a), v = variance(a), n = count(), m2 = avg(b), v2 = variance(b), n2 = count() | project p = round(welch_test(m, v, n, m2, v2, n2), 3)',
    expected: ['p', '0.021'],
  },
  {
    name: 'buildschema merges the shapes of values, and knows the items of arrays by a key of its own',
    source: `${docs}buildschema-aggregation-function (its schema model)`,
    query:
      'datatable(d: dynamic)[dynamic({"a": 1, "b": [true]}), dynamic({"a": "x", "c": {"e": 1.5}}), dynamic({"b": ["y"]})] | summarize buildschema(d)',
    expected: ['schema_d', '{"a":["long","string"],"b":{"`indexer`":["bool","string"]},"c":{"e":"double"}}'],
  },
  {
    name: 'buildschema of nothing is null',
    source: `${docs}summarize-operator#aggregates-default-values (schema_x is empty)`,
    query: 'datatable(d: dynamic)[] | summarize isnull(buildschema(d))',
    expected: ['Column1', 'True'],
  },
  {
    name: 'bin_auto reads the size of the bins, and where one starts, from options',
    source: `${docs}bin-auto-function (60 and 56 rows)`,
    query:
      'set query_bin_auto_size=30m; set query_bin_auto_at=datetime(2026-01-01 00:05); range t from datetime(2026-01-01 00:05) to datetime(2026-01-01 01:00) step 1m | summarize n = count() by bin_auto(t)',
    expected: ['t|n', '2026-01-01T00:05:00.0000000Z|30', '2026-01-01T00:35:00.0000000Z|26'],
  },
  {
    name: 'bin_auto without a size is refused',
    source: `${docs}bin-auto-function (the size is required)`,
    query: 'print bin_auto(7)',
    expected: { refused: 'bin_auto() without "set query_bin_auto_size"' },
  },
  {
    name: 'column_names_of lists the columns of a table',
    source: `${docs}column-names-of-function`,
    query: 'let T = datatable(A: string, B: int)[]; print column_names_of(T)',
    expected: ['print_0', '["A","B"]'],
  },
  {
    name: 'the old names of aggregates give what the new ones give',
    source: `${docs}make-list-aggregation-function, make-set-aggregation-function (deprecated aliases)`,
    query:
      'range x from 1 to 4 step 1 | extend y = x % 2 | summarize makelist(x), makeset(y), any(x), make_dictionary(bag_pack(tostring(y), y))',
    expected: ['list_x|set_y|any_x|dictionary_', '[1,2,3,4]|[1,0]|1|{"1":1,"0":0}'],
  },
  {
    name: 'percentiles are of the nearest rank, and of weights',
    source: `${docs}percentiles-aggregation-function#nearest-rank-percentile, percentilesw-aggregation-function`,
    query:
      'range x from 1 to 100 step 1 | summarize percentile(x, 7), percentiles(x, 50, 95), percentiles_array(x, 25, 75), percentilesw(x, 101 - x, 50)',
    expected: [
      'percentile_x_7|percentile_x_50|percentile_x_95|percentiles_x|percentile_x_501',
      '7|50|95|[25,75]|30',
    ],
  },
  {
    name: 'stdev is of a sample, stdevp of a population',
    source: `${docs}stdev-aggregation-function (1.58113883008419 of 1 to 5)`,
    query:
      'range x from 1 to 5 step 1 | summarize round(stdev(x), 12), round(stdevp(x), 12), variance(x), variancep(x)',
    expected: ['stdev_x|stdevp_x|variance_x|variancep_x', '1.581138830084|1.414213562373|2.5|2.0'],
  },
  {
    name: 'over no rows counts are 0, averages NaN, extremes null and lists empty',
    source: `${docs}summarize-operator#aggregates-default-values`,
    query:
      'datatable(x: long)[] | summarize count(), dcount(x), sum(x), avg(x), max(x), stdev(x), make_list(x), make_set(x), countif(x > 0)',
    expected: [
      'count_|dcount_x|sum_x|avg_x|max_x|stdev_x|list_x|set_x|countif_',
      '0|0|0|NaN|null|0.0|[]|[]|0',
    ],
  },
  {
    name: 'arg_max takes the row of the greatest value, and * all its columns',
    source: `${docs}arg-max-aggregation-function`,
    query:
      'datatable(g: string, t: long, v: string)["a", 1, "x", "a", 3, "y", "b", 2, "z"] | summarize arg_max(t, *) by g | sort by g asc',
    expected: ['g|t|v', 'a|3|y', 'b|2|z'],
  },
  {
    name: 'binary_all aggregates combine the bits of all values',
    source: `${docs}binary-all-and-aggregation-function, binary-all-xor-aggregation-function`,
    query:
      'datatable(n: long)[12, 10, 14] | summarize a = binary_all_and(n), o = binary_all_or(n), x = binary_all_xor(n)',
    expected: ['a|o|x', '8|14|8'],
  },
];
