import type { Check } from './check.ts';
import { rangeOf } from './range-of.ts';

/** A join says which rows it keeps. */
export const joinKindMissing: Check = {
  id: 'join-kind-missing',
  severity: 'warning',
  summary: 'A join names its kind.',
  rationale:
    'The default is `innerunique`, not `inner`: of all rows on the left with the same key it keeps one, any one. Records are ' +
    'lost that way without a trace.',
  examples: {
    good: ['query: SigninLogs | join kind=inner (AADRiskyUsers) on $left.UserId == $right.Id'],
    bad: ['query: SigninLogs | join (AADRiskyUsers) on $left.UserId == $right.Id'],
  },
  check({ query }, report) {
    for (const join of query?.tree?.nodesOf('JoinOperator') ?? []) {
      if (join.list('Parameters').some(({ name }) => name === 'kind')) continue;
      const keyword = { start: join.start, end: join.start + 'join'.length };
      report('/query', 'this join keeps one row of those on the left that have the same key', {
        range: join.text.startsWith('join') ? keyword : rangeOf(join),
        hint: 'write kind=inner, or kind=innerunique if that is meant',
      });
    }
  },
};
