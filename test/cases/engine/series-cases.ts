import type { OperatorCase } from './operator-case.ts';

const docs = 'https://learn.microsoft.com/kusto/query/';

/** Functions on series: filters, fits and decompositions. */
export const seriesCases: readonly OperatorCase[] = [
  {
    name: 'series_fit_line gives a column each for the quality, the line and its values',
    source: `${docs}series-fit-line-function (its example: 0.982, 2.73, 98.628, 1.686, -1.666, first value 1.064)`,
    query:
      'print y = dynamic([2, 5, 6, 8, 11, 15, 17, 18, 25, 26, 30, 30]) | extend (r, s, v, rv, i, l) = series_fit_line(y) | project round(r, 3), round(s, 3), round(v, 3), round(rv, 3), round(i, 3), round(todouble(l[0]), 3)',
    expected: ['r|s|v|rv|i|l_0', '0.983|2.731|98.629|1.686|-1.667|1.064'],
  },
  {
    name: 'series_fit_line without names of its own names its columns after itself and the argument',
    source: `${docs}series-fit-line-function`,
    query: 'print y = dynamic([1, 2, 3]) | project series_fit_line(y) | project-away *line_fit',
    expected: [
      'series_fit_line_y_rsquare|series_fit_line_y_slope|series_fit_line_y_variance|series_fit_line_y_rvariance|series_fit_line_y_interception',
      '1.0|1.0|1.0|0.0|0.0',
    ],
  },
  {
    name: 'where one value is asked of a function of several columns, it is the first',
    source: `${docs}series-fit-line-function`,
    query: 'print x = series_fit_line(dynamic([1, 2, 3]))',
    expected: ['x', '1.0'],
  },
  {
    name: 'series_stats tells extremes and where they are, and the variance of a sample',
    source: `${docs}series-stats-function (its example)`,
    query:
      'print (min, mini, max, maxi, avg, sd, v) = series_stats(dynamic([23, 46, 23, 87, 4, 8, 3, 75, 2, 56, 13, 75, 32, 16, 29])) | project min, mini, max, maxi, avg, round(sd, 3), round(v, 3)',
    expected: ['min|mini|max|maxi|avg|sd|v', '2.0|8|87.0|3|32.8|28.504|812.457'],
  },
  {
    name: 'series_fir weighs the values before, normalised unless told',
    source: `${docs}series-fir-function (moving average and difference)`,
    query:
      'print x = dynamic([2, 4, 6, 8]) | project m = series_fir(x, dynamic([1, 1])), d = series_fir(x, dynamic([1, -1]), false), c = series_fir(x, dynamic([1, 1, 1]), true, true)',
    expected: ['m|d|c', '[1.0,3.0,5.0,7.0]|[2.0,2.0,2.0,2.0]|[2.0,4.0,6.0,4.666666666666667]'],
  },
  {
    name: 'series_iir feeds back its own output',
    source: `${docs}series-iir-function (cumulative sum)`,
    query: 'print series_iir(dynamic([1, 2, 3, 4]), dynamic([1]), dynamic([1, -1]))',
    expected: ['print_0', '[1.0,3.0,6.0,10.0]'],
  },
  {
    name: 'series_decompose takes the median of a phase for the season, and what is left for the residual',
    source: `${docs}series-decompose-function (by its five steps: medians 1 and 3, average of the rest 1)`,
    query: 'print x = dynamic([1, 3, 1, 3, 7, 3]) | project (b, s, t, r) = series_decompose(x, 2, "avg")',
    expected: [
      'b|s|t|r',
      '[2.0,4.0,2.0,4.0,2.0,4.0]|[1.0,3.0,1.0,3.0,1.0,3.0]|[1.0,1.0,1.0,1.0,1.0,1.0]|[-1.0,-1.0,-1.0,-1.0,5.0,-1.0]',
    ],
  },
  {
    name: 'series_decompose_anomalies flags what lies outside of the usual range, up and down',
    source: `${docs}series-decompose-anomalies-function (by its steps, without season and trend)`,
    query:
      'print x = dynamic([1, 2, 1, 2, 90, 2, 1, 2, 1, 2, 1, 2, 1, -70, 1, 2, 1, 2, 1, 2, 1, 2]) | extend (flag, score, baseline) = series_decompose_anomalies(x, 1.5, 0, "none") | project flag, baseline[0]',
    expected: ['flag|baseline_0', '[0,0,0,0,1,0,0,0,0,0,0,0,0,-1,0,0,0,0,0,0,0,0]|0.0'],
  },
  {
    name: 'a method of series_decompose_anomalies that does not exist is refused',
    source: `${docs}series-decompose-anomalies-function`,
    query: 'print series_decompose_anomalies(dynamic([1, 2]), 1.5, 0, "none", 0, "sigma")',
    expected: { refused: 'the method "sigma"' },
  },
  {
    name: 'series_seasonal finds a season that comes round often enough',
    source: `${docs}series-seasonal-function (a period of 6 in 25 points is found, one of 6 in 12 is not)`,
    query:
      'print series_seasonal(dynamic([2, 5, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1]))[3], series_seasonal(dynamic([1, 3, 5, 2, 4, 6, 1, 3, 5, 2, 4, 6]))[3], series_seasonal(dynamic([1, 3, 5, 1, 3, 5, 2, 4, 6]), 3)',
    expected: ['print_0|print_1|print_2', '4.0|0.0|[1.0,3.0,5.0,1.0,3.0,5.0,1.0,3.0,5.0]'],
  },
  {
    name: 'series_outliers scores what lies outside of the middle, in widths of it, and nulls 0',
    source: `${docs}series-outliers-function (Tukey: quartiles of 1 to 9 are 3 and 7; 15 lies 8 above, two widths)`,
    query:
      'print series_outliers(dynamic([1, 2, 3, 4, 5, 6, 7, 8, null, 15]), "tukey")[8], series_outliers(dynamic([1, 2, 3, 4, 5, 6, 7, 8, 15]), "tukey")[8]',
    expected: ['print_0|print_1', '0.0|2.0'],
  },
  {
    name: 'series_decompose_forecast goes on with what it learnt from the points before',
    source: `${docs}series-decompose-forecast-function (a straight line goes on)`,
    query: 'print x = series_decompose_forecast(dynamic([1, 2, 3, 4, 5, 6, 0, 0]), 2, 0, "linefit")',
    expected: ['x', '[1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0]'],
  },
];
