import type { Check } from './check.ts';
import { quote } from './quote.ts';

/** The operator that finds whole words through the index, for each that reads every text. */
const indexed: Readonly<Record<string, string>> = {
  contains: 'has',
  '!contains': '!has',
  contains_cs: 'has_cs',
  '!contains_cs': '!has_cs',
  containscs: 'has_cs',
  notcontains: '!has',
  notcontainscs: '!has_cs',
};

/** A search for a word uses the index of words. */
export const containsWord: Check = {
  id: 'contains-word',
  severity: 'info',
  summary: '`has`, not `contains`, looks for what is a word in the text.',
  rationale:
    '`has` finds a word of four letters or more through an index; `contains` reads every text, and takes "admin" for a part of ' +
    '"administrator". Where the part of a word is meant, `contains` is right.',
  examples: {
    good: [
      'query: SigninLogs | where AppDisplayName has "Azure"',
      'query: SigninLogs | where UserPrincipalName contains "@"',
    ],
    bad: ['query: SigninLogs | where AppDisplayName contains "Azure"'],
  },
  check({ query }, report) {
    if (query?.tree === undefined) return;
    const searches = query.tree.nodesOf(
      'ContainsExpression',
      'NotContainsExpression',
      'ContainsCsExpression',
      'NotContainsCsExpression',
    );
    for (const search of searches) {
      const [left, right] = [search.part('Left'), search.part('Right')];
      if (left === undefined || typeof right?.constant !== 'string' || !isWord(right.constant)) continue;
      const gap = query.bound.text.slice(left.start + left.length, right.start);
      const operator = gap.trim();
      const start = right.start - gap.trimStart().length;
      report('/query', `the operator ${operator} reads every text for ${quote(right.constant)}`, {
        range: { start, end: right.start + right.length },
        hint: `use "${indexed[operator] ?? 'has'}", unless a part of a longer word is meant`,
      });
    }
  },
};

/** True for words that the index has: letters and digits, four at least. */
function isWord(text: string): boolean {
  return /^[\p{L}\p{N}]{4,}$/u.test(text);
}
