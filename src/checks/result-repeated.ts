import type { Check } from './check.ts';
import { rangeOf } from './range-of.ts';

/** A query has one statement that returns rows. */
export const resultRepeated: Check = {
  id: 'result-repeated',
  severity: 'error',
  huntingSeverity: 'warning',
  summary: 'One statement of the query returns rows.',
  rationale:
    'Of several results the service looks at one at most, so that the others never alert. Often a semicolon stands where the ' +
    'query was meant to go on.',
  examples: {
    good: ['query: union SigninLogs, AADNonInteractiveUserSignInLogs'],
    bad: ['query: SigninLogs; AADNonInteractiveUserSignInLogs'],
  },
  check({ query }, report) {
    if (query?.tree === undefined || query.bound.resultStatements < 2) return;
    for (const statement of query.tree.nodesOf('ExpressionStatement').slice(1)) {
      report('/query', 'the query returns a result before this one', {
        range: rangeOf(statement),
        hint: 'join the results with union, or take the semicolon out',
      });
    }
  },
};
