import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { renderSurveyText } from '../../src/report/render-survey-text.ts';

const at = (file: string, severity: Diagnostic['severity']): Diagnostic => ({
  code: 'c',
  severity,
  message: 'm',
  file,
});

const survey = {
  files: 8,
  stubs: ['moved.yaml'],
  compiled: new Map([
    ['Hunting', 2],
    ['Scheduled', 3],
  ]),
  refused: ['a.yaml'],
  duplicates: ['b.yaml'],
  findings: [
    { code: 'c', severity: 'error', diagnostics: [at('a.yaml', 'error'), at('a.yaml', 'error')] },
    { code: 'c', severity: 'warning', diagnostics: [at('b.yaml', 'warning')] },
  ],
} as const;

test('a survey lists errors one by one, counts warnings, and gives the rate of each cause', () => {
  expect(renderSurveyText(survey)).toBe(`\
error c: 2 in 12.5 % of the files
  a.yaml: m
  a.yaml: m
warning c: 1 in 12.5 % of the files
moved away: moved.yaml
duplicate:  b.yaml
files:      8
compiled:   5 (2 Hunting, 3 Scheduled)
moved away: 1
refused:    1 (12.5 %)
duplicates: 1 files have an id that another file has
`);
});

test('warnings are listed on request', () => {
  expect(renderSurveyText(survey, { showWarnings: true })).toContain('  b.yaml: m\n');
});
