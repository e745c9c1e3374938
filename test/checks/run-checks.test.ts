/** @jest-environment ./test/support/kusto-environment.js */
import type { Check } from '../../src/checks/check.ts';
import { checks, corpusChecks } from '../../src/checks/registry.ts';
import { runChecks } from '../../src/checks/run-checks.ts';
import type { Detection } from '../../src/detection/detection.ts';
import {
  buildHunting,
  buildIncidentCreation,
  buildLoaded,
  buildNrt,
  buildScheduled,
  builtSpan,
} from '../support/build-detection.ts';
import { subjectOf } from '../support/check-query.ts';

const pointed: Check = {
  id: 'pointed',
  severity: 'error',
  huntingSeverity: 'info',
  summary: '',
  rationale: '',
  examples: { good: [], bad: [] },
  check(_subject, report) {
    report('/query', 'the word is wrong', { range: { start: 3, end: 7 }, hint: 'mend it' });
    report('/name', 'the key is wrong', { part: 'key' });
  },
};

test('a finding gets the code, the severity, the file and the span of its pointer', () => {
  const spans: string[] = [];
  const loaded = buildLoaded(buildScheduled(), { file: 'a.yaml' });
  const spanOf = (pointer: string, part = 'value') => {
    spans.push(`${pointer} ${part}`);
    return builtSpan;
  };
  expect(runChecks({ loaded: { ...loaded, spanOf } }, [pointed])).toEqual([
    { code: 'pointed', severity: 'error', message: 'the key is wrong', file: 'a.yaml', span: builtSpan },
    {
      code: 'pointed',
      severity: 'error',
      message: 'the word is wrong',
      file: 'a.yaml',
      span: { start: { line: 1, column: 4, offset: 3 }, end: { line: 1, column: 8, offset: 7 } },
      hint: 'mend it',
    },
  ]);
  expect(spans).toEqual(['/name key']);
});

test('a check may be milder in a hunting query', () => {
  const found = runChecks({ loaded: buildLoaded(buildHunting()) }, [pointed]);
  expect(found.map((diagnostic) => diagnostic.severity)).toEqual(['info', 'info']);
});

test.each<[string, Detection]>([
  ['Scheduled', buildScheduled()],
  ['NRT', buildNrt()],
  ['Hunting', buildHunting()],
  ['MicrosoftSecurityIncidentCreation', buildIncidentCreation()],
])('nothing is found in the built %s detection', (_, detection) => {
  expect(runChecks(subjectOf(buildLoaded(detection)))).toEqual([]);
});

test('every mistake of a detection is found, not only the first', () => {
  const detection = buildScheduled({
    id: 'a/b',
    name: 'n'.repeat(257),
    queryFrequency: 'PT1M',
    queryPeriod: 'P30D',
    triggerThreshold: -1,
    techniques: ['T1999'],
  });
  expect(runChecks({ loaded: buildLoaded(detection) }).map((diagnostic) => diagnostic.code)).toEqual([
    'display-name-length',
    'id-not-resource-name',
    'long-period-frequency',
    'query-schedule-range',
    'query-schedule-range',
    'technique-unknown',
    'trigger-threshold-range',
  ]);
});

describe('the registry', () => {
  const all = [...checks, ...corpusChecks];

  test('is frozen and has no id twice', () => {
    expect(Object.isFrozen(checks) && Object.isFrozen(corpusChecks)).toBe(true);
    expect(new Set(all.map((check) => check.id)).size).toBe(all.length);
  });

  test.each(all)('$id is the name of its file and, in camel case, of its export', async (check) => {
    const { id } = check;
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    const file = (await import(`../../src/checks/${id}.ts`)) as Record<string, unknown>;
    const name = id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    expect(file[name]).toBe(check);
  });

  test.each(all)('$id says what holds and why, in sentences', ({ summary, rationale }) => {
    expect(summary).toMatch(/^[^\n]+\.$/);
    expect(rationale).toMatch(/^[^\n]+\.$/);
  });
});
