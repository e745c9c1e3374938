import type { Check } from './check.ts';
import { findUnusedLets } from './find-unused-lets.ts';
import { rangeOf } from './range-of.ts';

/** What a query declares is used. */
export const letUnused: Check = {
  id: 'let-unused',
  severity: 'warning',
  summary: 'Every `let` of the query is used.',
  rationale: 'A name that nothing uses is a leftover, or the condition that it was made for is missing.',
  examples: {
    good: ['query: let country = "XX"; SigninLogs | where Location == country'],
    bad: ['query: let country = "XX"; SigninLogs | where Location == "YY"'],
  },
  check({ query }, report) {
    if (query?.tree === undefined) return;
    for (const { name, declaration, isHidden } of findUnusedLets(query.tree)) {
      // Of a hidden one the check let-shadowed tells.
      if (isHidden) continue;
      report('/query', `the let "${name}" is never used`, {
        range: rangeOf(declaration),
        hint: 'use it, or delete the statement',
      });
    }
  },
};
