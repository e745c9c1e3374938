import type { AnalysedQuery } from './analysed-query.ts';
import type { KqlDiagnostic } from './bound-query.ts';
import type { ParserNode } from './parser-types.ts';
import { callOf, enclosingPipe, tableOf, walk } from './syntax-walk.ts';

/** `ignore`: the engine accepts it. Else what to say instead, as a warning. */
type Verdict = 'ignore' | Pick<KqlDiagnostic, 'code' | 'message'>;

type Judge = (query: AnalysedQuery, node: ParserNode) => Verdict | undefined;

/**
 * Errors that the parser reports and the service does not, by the parser's code. Each was met in published detections
 * that run.
 */
const judges: Readonly<Record<string, readonly Judge[]>> = {
  KS107: [judgeDynamicToDynamic, judgeCountArgument],
  KS109: [judgeUnmatchedWildcard],
  KS142: [judgeFileProfileColumn, judgeColumnIfExists, judgeOpenPlugin, judgeUnmatchedWildcard],
};

/** Decides whether an error of the parser is the parser's own; undefined: it is the query's. */
export function judgeParserFault(
  query: AnalysedQuery,
  node: ParserNode,
  parserCode: string,
): Verdict | undefined {
  for (const judge of judges[parserCode] ?? []) {
    const verdict = judge(query, node);
    if (verdict) return verdict;
  }
  return undefined;
}

/** `todynamic(make_set(x))`: a value that is dynamic already passes through. */
function judgeDynamicToDynamic({ service }: AnalysedQuery, node: ParserNode): Verdict | undefined {
  const called = callOf(service, node)?.Name?.SimpleName ?? '';
  const isParser = ['parse_json', 'parsejson', 'todynamic', 'toobject'].includes(called);
  return isParser && node.ResultType?.Name === 'dynamic' ? 'ignore' : undefined;
}

/** `count(Column)`: an old habit from SQL; the argument is a predicate by the reference, and is not checked. */
function judgeCountArgument({ service }: AnalysedQuery, node: ParserNode): Verdict | undefined {
  if (callOf(service, node)?.Name?.SimpleName !== 'count') return undefined;
  return {
    code: 'kql/count-argument',
    message: 'count() counts rows whatever its argument; write count(), or countif() with a condition',
  };
}

/** `project-away *2`, to drop what a join renamed, when nothing was renamed. */
function judgeUnmatchedWildcard({ text }: AnalysedQuery, node: ParserNode): Verdict | undefined {
  const pattern = text.slice(node.TextStart, node.End);
  if (!pattern.includes('*')) return undefined;
  return { code: 'kql/wildcard-without-match', message: `no column matches "${pattern}"` };
}

/** `invoke FileProfile(SHA1)`: the argument names a column of the input, which the parser does not have in scope. */
function judgeFileProfileColumn({ service }: AnalysedQuery, node: ParserNode): Verdict | undefined {
  if (callOf(service, node)?.Name?.SimpleName !== 'FileProfile') return undefined;
  const input = tableOf(service, enclosingPipe(node)?.Expression);
  const isColumn = service.toArray(input?.Columns).some((column) => column.Name === node.SimpleName);
  return isColumn || input?.IsOpen ? 'ignore' : undefined;
}

/** `column_ifexists("Details", "").city`: the parser gives the column the type of the default, whatever it has. */
function judgeColumnIfExists(query: AnalysedQuery, node: ParserNode): Verdict | undefined {
  const path = node.Parent;
  if (!path || query.service.kindOf(path) !== 'PathExpression' || path.Expression === node) return undefined;
  const source = path.Expression?.SimpleName;
  return source && namesFromColumnIfExists(query).has(source) ? 'ignore' : undefined;
}

/** Columns assigned from `column_ifexists`, or from such a column. */
function namesFromColumnIfExists({ nodes }: AnalysedQuery): ReadonlySet<string> {
  const uncertain = new Set(['column_ifexists', 'columnifexists']);
  for (const { Expression: expression, Name: name } of nodes.get('SimpleNamedExpression') ?? []) {
    if (!expression || !name?.SimpleName) continue;
    const used = new Set<string>();
    walk(expression, ({ SimpleName }) => {
      if (SimpleName) used.add(SimpleName);
    });
    if ([...used].some((one) => uncertain.has(one))) uncertain.add(name.SimpleName);
  }
  return uncertain;
}

/** `Unknown | evaluate ipv4_lookup(…) | project X`: the parser forgets that the plugin's input is open. */
function judgeOpenPlugin({ service }: AnalysedQuery, node: ParserNode): Verdict | undefined {
  let input = enclosingPipe(node)?.Expression;
  while (input && service.kindOf(input) === 'PipeExpression') {
    const isPlugin = input.Operator && service.kindOf(input.Operator) === 'EvaluateOperator';
    if (isPlugin && tableOf(service, input.Expression)?.IsOpen) return 'ignore';
    input = input.Expression;
  }
  return undefined;
}
