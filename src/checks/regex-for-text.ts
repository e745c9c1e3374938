import type { Check } from './check.ts';
import { quote } from './quote.ts';
import { rangeOf } from './range-of.ts';

/** A regular expression does what no string operator can. */
export const regexForText: Check = {
  id: 'regex-for-text',
  severity: 'info',
  summary: 'A fixed text is looked for by a string operator, not by a regular expression.',
  rationale:
    'A regular expression is run over every record; a string operator is faster and says what is meant.',
  examples: {
    good: ['query: SigninLogs | where UserPrincipalName endswith "@contoso.com"'],
    bad: ['query: SigninLogs | where UserPrincipalName matches regex @"(?i)@contoso\\.com$"'],
  },
  check({ query }, report) {
    for (const node of query?.tree?.nodesOf('MatchesRegexExpression') ?? []) {
      const right = node.part('Right');
      const replacement = typeof right?.constant === 'string' ? simplify(right.constant) : undefined;
      if (right === undefined || replacement === undefined) continue;
      report('/query', `no regular expression is needed for ${quote(String(right.constant))}`, {
        range: rangeOf(right),
        hint: `use ${replacement}`,
      });
    }
  },
};

/** The operator and text that find the same, if the expression is a fixed text that may be bound to an end. */
function simplify(pattern: string): string | undefined {
  const match = /^(\(\?i\))?(\^?)((?:[^\\.^$*+?()[\]{}|]|\\[^A-Za-z\d])+)(\$?)$/u.exec(pattern);
  if (match === null) return undefined;
  const [, fold, start, text = '', end] = match;
  const isFolded = fold !== undefined;
  const operator = start
    ? end
      ? isFolded
        ? '=~'
        : '=='
      : `startswith${isFolded ? '' : '_cs'}`
    : `${end ? 'endswith' : 'contains'}${isFolded ? '' : '_cs'}`;
  return `${operator} ${quote(text.replace(/\\(.)/g, '$1'))}`;
}
