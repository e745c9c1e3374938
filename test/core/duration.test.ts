import { formatDuration, parseDuration } from '../../src/core/duration.ts';

describe('parseDuration', () => {
  test.each([
    ['5m', 300],
    ['1h', 3_600],
    ['14d', 1_209_600],
    ['30s', 30],
    ['1D', 86_400],
    ['5H', 18_000],
    ['PT5M', 300],
    ['PT1H30M', 5_400],
    ['pt1h', 3_600],
    ['P1D', 86_400],
    ['P1DT2H', 93_600],
    ['P2W', 1_209_600],
    ['PT24H', 86_400],
    ['PT0S', 0],
    ['00:05:00', 300],
    ['1:00', 3_600],
    ['1.02:03:04', 93_784],
    ['14.00:00:00', 1_209_600],
  ])('reads %s', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  test.each([
    '',
    '5',
    'm',
    'banana',
    '1.5h',
    '-5m',
    '5 m',
    ' 5m',
    '5min',
    'P',
    'PT',
    'P1Y',
    'P1M',
    'PT1H30',
    'P1DT',
    'T1H',
    '24:00:00',
    '00:60:00',
    '00:00:00.5',
    '1h30m',
    '12345678901m',
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('formatDuration', () => {
  test.each([
    [0, 'PT0S'],
    [45, 'PT45S'],
    [300, 'PT5M'],
    [5_400, 'PT1H30M'],
    [86_400, 'P1D'],
    [93_600, 'P1DT2H'],
    [1_209_600, 'P14D'],
    [93_784, 'P1DT2H3M4S'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  test('writes what parseDuration reads back as the same', () => {
    for (let seconds = 0; seconds < 400_000; seconds += 997) {
      expect(parseDuration(formatDuration(seconds))).toBe(seconds);
    }
  });
});
