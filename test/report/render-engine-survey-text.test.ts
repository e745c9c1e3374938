import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { renderEngineSurveyText } from '../../src/report/render-engine-survey-text.ts';

const at = (file: string): Diagnostic => ({ code: 'kql/unsupported', severity: 'error', message: 'm', file });

test('a survey of the engine lists what is refused by construct, each on one line, and the share that is planned', () => {
  const survey = {
    bound: 8,
    planned: 5,
    refused: [{ construct: 'the statement "a\n  b"', diagnostics: [at('a.yaml'), at('b.yaml')] }],
    crashes: [at('c.yaml')],
  };
  expect(renderEngineSurveyText(survey)).toBe(`\
refused the statement "a b": 2
  a.yaml
  b.yaml
crashed c.yaml: m
planned:    5 of 8 queries that bind without error (62.5 %)
crashes:    1
`);
});
