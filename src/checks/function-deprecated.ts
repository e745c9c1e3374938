import type { Check } from './check.ts';
import { rangeOf } from './range-of.ts';

/** A query uses the functions of today. */
export const functionDeprecated: Check = {
  id: 'function-deprecated',
  severity: 'info',
  summary: 'No function is one that Kusto keeps for old queries only.',
  rationale: 'The documentation no longer describes such functions. Their successors do the same, and more.',
  examples: {
    good: ['query: SigninLogs | summarize make_set(IPAddress, 100) by UserPrincipalName'],
    bad: ['query: SigninLogs | summarize makeset(IPAddress, 100) by UserPrincipalName'],
  },
  check({ query }, report) {
    for (const call of query?.tree?.nodesOf('FunctionCallExpression') ?? []) {
      const place = call.part('Name');
      const successor = call.symbol?.successor;
      if (successor === undefined || place === undefined) continue;
      report('/query', `${place.text}() is deprecated`, { range: rangeOf(place), hint: `use ${successor}` });
    }
  },
};
