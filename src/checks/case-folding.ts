import { argumentsOf, type QueryNode } from '../kql/query-node.ts';
import type { Check } from './check.ts';
import { quote } from './quote.ts';
import { rangeOf } from './range-of.ts';

/** Case is ignored only where it matters, and then by the operator. */
export const caseFolding: Check = {
  id: 'case-folding',
  severity: 'info',
  summary: 'Text without letters is compared by ==, and text in any case by =~ or in~ instead of tolower().',
  rationale:
    '`==` uses the index, `=~` can do so only partly, and `tolower()` not at all. A text with a capital never equals what ' +
    '`tolower()` gives.',
  examples: {
    good: ['query: SigninLogs | where ResultType == "50126" and UserType =~ "guest"'],
    bad: [
      'query: SigninLogs | where ResultType =~ "50126"',
      'query: SigninLogs | where tolower(UserType) == "guest"',
      'query: SigninLogs | where tolower(UserType) in ("Guest", "Member")',
    ],
  },
  check({ query }, report) {
    if (query?.tree === undefined) return;
    for (const node of query.tree.nodesOf('EqualTildeExpression', 'BangTildeExpression')) {
      const right = node.part('Right');
      if (typeof right?.constant !== 'string' || /\p{L}/u.test(right.constant)) continue;
      report('/query', `no letter in ${quote(right.constant)} could differ in case`, {
        range: rangeOf(right),
        hint: node.kind === 'EqualTildeExpression' ? 'use "=="' : 'use "!="',
      });
    }
    for (const node of query.tree.nodesOf(
      'EqualExpression',
      'NotEqualExpression',
      'InExpression',
      'NotInExpression',
    )) {
      const folded = node.part('Left');
      const fold = folded?.kind === 'FunctionCallExpression' ? changesCase[folded.name ?? ''] : undefined;
      if (folded === undefined || fold === undefined) continue;
      const values = valuesOf(node);
      if (values.length === 0) continue;
      const impossible = values.find((value) => fold(value) !== value);
      const argument = argumentsOf(folded)[0]?.text ?? 'the text';
      report(
        '/query',
        impossible === undefined
          ? `${folded.name ?? ''}() is worked out for every record`
          : `${folded.name ?? ''}() never gives ${quote(impossible)}`,
        { range: rangeOf(folded), hint: `write "${argument} ${operators[node.kind] ?? '=~'} …"` },
      );
    }
  },
};

const changesCase: Partial<Record<string, (text: string) => string>> = {
  tolower: (text) => text.toLowerCase(),
  toupper: (text) => text.toUpperCase(),
};

const operators: Partial<Record<string, string>> = {
  EqualExpression: '=~',
  NotEqualExpression: '!~',
  InExpression: 'in~',
  NotInExpression: '!in~',
};

/** The texts that a node compares with; none if one of them is not known. */
function valuesOf(node: QueryNode): readonly string[] {
  const right = node.part('Right');
  const values = right?.kind === 'ExpressionList' ? right.list('Expressions') : right ? [right] : [];
  const texts = values.flatMap(({ constant, type }) =>
    typeof constant === 'string' && type === 'string' ? [constant] : [],
  );
  return texts.length === values.length ? texts : [];
}
