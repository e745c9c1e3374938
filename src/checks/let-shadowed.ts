import type { Check } from './check.ts';
import { findUnusedLets } from './find-unused-lets.ts';
import { rangeOf } from './range-of.ts';

/** No column hides a `let`. */
export const letShadowed: Check = {
  id: 'let-shadowed',
  severity: 'error',
  judgedOffline: true,
  summary: 'No column has the name of a `let` where the `let` is meant.',
  rationale:
    'Of a `let` and a column with the same name KQL takes the column, silently: `where Account == Account` compares the column ' +
    'with itself and is always true.',
  examples: {
    good: ['query: let country = "XX"; SigninLogs | where Location == country'],
    bad: ['query: let Location = "XX"; SigninLogs | where Location == Location'],
  },
  check({ query }, report) {
    if (query?.tree === undefined) return;
    for (const { name, declaration, isHidden } of findUnusedLets(query.tree)) {
      if (!isHidden) continue;
      report('/query', `a column hides the let "${name}" where it is meant`, {
        range: rangeOf(declaration),
        hint: 'give the let a name that no column has',
      });
    }
  },
};
