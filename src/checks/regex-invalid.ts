import type { QueryNode, QueryTree } from '../kql/query-node.ts';
import { argumentsOf } from '../kql/query-node.ts';
import type { Check } from './check.ts';
import { quote } from './quote.ts';
import { rangeOf } from './range-of.ts';
import { findRegexFault } from './regex-fault.ts';

/** A regular expression is one that Kusto can run. */
export const regexInvalid: Check = {
  id: 'regex-invalid',
  severity: 'error',
  judgedOffline: true,
  summary: 'A regular expression is well-formed and uses what RE2 has.',
  rationale:
    'The parser does not look into regular expressions. Kusto runs them with RE2, which has no lookaround and no ' +
    'back-references, and refuses a query with an expression that it cannot run.',
  examples: {
    good: ['query: SigninLogs | where IPAddress matches regex @"^10\\.(?:\\d{1,3}\\.){2}\\d{1,3}$"'],
    bad: [
      'query: SigninLogs | where IPAddress matches regex @"^10\\.(\\d+"',
      'query: SigninLogs | extend Domain = extract(@"(?<=@)(.+)", 1, UserPrincipalName)',
    ],
  },
  check({ query }, report) {
    if (query?.tree === undefined) return;
    for (const pattern of regularExpressions(query.tree)) {
      const fault = typeof pattern.constant === 'string' ? findRegexFault(pattern.constant) : undefined;
      if (fault === undefined || pattern.start < 0) continue;
      report(
        '/query',
        `the regular expression ${quote(String(pattern.constant))} cannot run: ${fault.problem}`,
        {
          range: rangeOf(pattern),
          hint: fault.remedy,
        },
      );
    }
  },
};

/** The argument that holds a regular expression, by function. */
const regexArgument: Readonly<Record<string, number>> = {
  extract: 0,
  extract_all: 0,
  extractall: 0,
  indexof_regex: 1,
  replace_regex: 1,
  replace: 0,
  trim: 0,
  trim_start: 0,
  trim_end: 0,
};

function regularExpressions(tree: QueryTree): readonly QueryNode[] {
  const operands = tree.nodesOf('MatchesRegexExpression').flatMap((node) => node.part('Right') ?? []);
  const calls = tree.nodesOf('FunctionCallExpression').flatMap((call) => {
    const index = Object.hasOwn(regexArgument, call.name ?? '') ? regexArgument[call.name ?? ''] : undefined;
    return index === undefined ? [] : (argumentsOf(call)[index] ?? []);
  });
  return [...operands, ...calls];
}
