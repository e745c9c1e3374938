import { checkParameters } from '../../src/compile/check-parameters.ts';
import { isReservedWord } from '../../src/compile/kql-reserved-words.ts';
import type { Parameter } from '../../src/detection/detection.ts';
import { buildIncidentCreation, buildLoaded, buildScheduled } from '../support/build-detection.ts';

function check(...parameters: readonly Parameter[]): ReturnType<typeof checkParameters> {
  return checkParameters(buildLoaded(buildScheduled({ parameters })));
}

test('parameters with fitting defaults and free names are fine', () => {
  expect(
    check(
      { name: 'limit', type: 'long', default: 5 },
      { name: '_allowed', type: 'dynamic', default: [] },
      { name: 'Where', type: 'bool', default: true },
    ),
  ).toEqual([]);
});

test('a detection without a query has none to check', () => {
  expect(checkParameters(buildLoaded(buildIncidentCreation()))).toEqual([]);
});

test('a word of KQL cannot name a parameter', () => {
  expect(check({ name: 'where', type: 'long', default: 5 })).toEqual([
    expect.objectContaining({
      code: 'parameter-name-reserved',
      severity: 'error',
      message: '"where" is a word of KQL and cannot name a parameter',
      hint: 'choose another name, such as "whereValue"',
    }),
  ]);
});

test('a default that is not of the type is refused, shortened if it is long', () => {
  const [short, long] = check(
    { name: 'since', type: 'datetime', default: '31.01.2025' },
    { name: 'limit', type: 'long', default: Array.from({ length: 100 }, () => 'abc') },
  );
  expect(short).toMatchObject({
    code: 'parameter-type',
    severity: 'error',
    message: '"31.01.2025" is no datetime, the type of parameter "since"',
  });
  expect(long?.message.length).toBeLessThan(140);
});

test.each(['where', 'project', 'in', 'union', 'string', 'datetime', 'time'])('"%s" is reserved', (word) => {
  expect(isReservedWord(word)).toBe(true);
});

test.each(['threshold', 'limit', 'Where', 'take', 'count', 'toString', ''])('"%s" is free', (word) => {
  expect(isReservedWord(word)).toBe(false);
});
