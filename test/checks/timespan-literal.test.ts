import { readTimespanLiteral } from '../../src/checks/timespan-literal.ts';

test.each([
  ['1d', 86_400],
  ['1.5h', 5_400],
  ['30m', 1_800],
  ['90s', 90],
  ['2 hours', 7_200],
  ['1day', 86_400],
  ['5min', 300],
  ['10sec', 10],
  ['100ms', 0.1],
  ['5microseconds', 5e-6],
  ['3ticks', 3e-7],
  ['time(1d)', 86_400],
  ['timespan( 2h )', 7_200],
  ['time(2)', 172_800],
  ['timespan(-1)', -86_400],
  ['time(1.02:03:04)', 93_784],
  ['time(02:03:04.5)', 7_384.5],
  ['time(00:05)', 300],
  ['time("0.12:30:23")', 45_023],
  ['time(-00:05:00)', -300],
  ['time(-5m)', -300],
])('%s is %d seconds', (literal, seconds) => {
  expect(readTimespanLiteral(literal)).toBeCloseTo(seconds, 9);
});

test.each(['', '1', '1x', 'd', '1d2h', 'time()', 'time(null)', 'timespan(x)', 'time(1:2:3:4)', '00:05:00'])(
  '%j is no length of time',
  (literal) => {
    expect(readTimespanLiteral(literal)).toBeUndefined();
  },
);
