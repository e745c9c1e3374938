/** @jest-environment ./test/support/kusto-environment.js */
import { completeExample } from '../../src/checks/minimal-detection.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';
import { surveyEngine } from '../../src/validate/survey-engine.ts';
import { createMemoryFileSystem } from '../support/memory-file-system.ts';

test('queries that bind are planned or refused with their place; a missing fixture refuses none', async () => {
  const queries = [
    'SigninLogs | where ResultType == "0"',
    '_GetWatchlist("vips") | project SearchKey',
    'SigninLogs | reduce by UserPrincipalName',
    'NoSuchTable | count',
  ];
  const files = queries.map((query, index) => [`${index}.yaml`, completeExample(`query: ${query}`)] as const);
  const fs = createMemoryFileSystem(Object.fromEntries(files));
  const survey = await surveyEngine(fs, [...fs.files.keys()], await loadBuiltinSchema());
  expect(survey).toMatchObject({
    bound: 3,
    planned: 2,
    refused: [
      { construct: 'the operator "reduce"', diagnostics: [{ code: 'kql/unsupported', file: '2.yaml' }] },
    ],
    crashes: [],
  });
  const [{ diagnostics: [found] } = { diagnostics: [] }] = survey.refused;
  expect(found?.span?.start.column).toBe('query: SigninLogs | '.length + 1);
});
