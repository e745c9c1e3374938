import type { Check } from './check.ts';

/** A query returns rows. */
export const resultMissing: Check = {
  id: 'result-missing',
  severity: 'error',
  summary: 'The last statement of the query returns rows.',
  rationale:
    'A query of nothing but `let` statements returns nothing, and a scalar is no row: the service refuses such a query, or it ' +
    'never alerts.',
  examples: {
    good: ['query: let rare = SigninLogs | where Location == "XX"; rare'],
    bad: [
      'query: let rare = SigninLogs | where Location == "XX";\nentityMappings: []',
      'query: toscalar(SigninLogs | count)\nentityMappings: []',
    ],
  },
  check({ query }, report) {
    if (query?.tree === undefined || query.bound.result !== undefined) return;
    if (query.bound.resultStatements === 0) {
      report('/query', 'the query returns nothing: it only declares names', {
        part: 'key',
        hint: 'end it with a statement that is no "let"',
      });
    } else {
      report('/query', 'the query returns a single value, not rows', {
        part: 'key',
        hint: 'return rows, such as "print Value = …"',
      });
    }
  },
};
