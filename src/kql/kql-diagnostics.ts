import { compareText } from '../core/diagnostic.ts';
import type { Severity } from '../core/diagnostic.ts';
import { nearestName } from '../core/nearest-name.ts';
import type { AnalysedQuery } from './analysed-query.ts';
import type { KqlDiagnostic, KqlDiagnosticCode } from './bound-query.ts';
import { judgeParserFault } from './parser-faults.ts';
import type { ParserDiagnostic, ParserNode } from './parser-types.ts';
import { callOf, enclosingPipe, tableOf, walk } from './syntax-walk.ts';

/** The parser's codes that a reader should tell apart; every other one is `kql/semantics`. */
const codes: Readonly<Record<string, KqlDiagnosticCode>> = {
  ...sameCode('kql/syntax', [1, 2, 3, 4, 5, 6, 174, 175, 176, 198, 228]),
  ...sameCode('kql/unknown-table', [204]),
  ...sameCode('kql/unknown-column', [142]),
  ...sameCode('kql/unknown-function', [122, 123, 124, 128, 143, 211, 236, 237]),
  ...sameCode('kql/unknown-optional-table', [205, 207]),
  ...sameCode('kql/argument-count', [117, 118, 119, 120, 121, 197]),
  ...sameCode('kql/type-mismatch', [106, 107, 108, 116, 127, 140, 141, 178, 206, 227, 241, 242]),
  ...sameCode('kql/duplicate-name', [171, 201]),
  ...sameCode('kql/function-body', [200]),
  ...sameCode('kql/not-analysed', [244, 245, 246]),
};

function sameCode(code: KqlDiagnosticCode, numbers: readonly number[]): Record<string, KqlDiagnosticCode> {
  return Object.fromEntries(numbers.map((number) => [`KS${String(number).padStart(3, '0')}`, code]));
}

/**
 * What the parser reports, in our words, ordered by place. Left out is what it reports wrongly, and what follows from a
 * syntax error: past that the parser guesses where statements begin.
 */
export function translateDiagnostics(query: AnalysedQuery): readonly KqlDiagnostic[] {
  const reported = query.service.toArray(query.code.GetDiagnostics());
  if (reported.length === 0) return [];
  const nodes = nodesByPlace(query);
  const byPlace = new Map<string, KqlDiagnostic>();
  for (const diagnostic of reported) {
    const translated = translate(query, nodes, diagnostic);
    if (translated) byPlace.set(`${translated.start} ${translated.length} ${translated.code}`, translated);
  }
  const ordered = [...byPlace.values()].sort((a, b) => a.start - b.start || compareText(a.code, b.code));
  const brokenFrom = ordered.find(({ code }) => code === 'kql/syntax')?.start ?? Infinity;
  return ordered.filter(({ code, start }) => code === 'kql/syntax' || start < brokenFrom);
}

function translate(
  query: AnalysedQuery,
  nodes: ReadonlyMap<string, ParserNode>,
  reported: ParserDiagnostic,
): KqlDiagnostic | undefined {
  const { Code: parserCode, Start: start, Length: length } = reported;
  const node = nodes.get(placeOf(start, length));
  const base = {
    code: codes[parserCode] ?? ('kql/semantics' as const),
    parserCode,
    severity: severityOf(reported.Severity),
    message: toHouseStyle(reported.Message),
    start,
    length,
  };
  const fault = node && judgeParserFault(query, node, parserCode);
  if (fault === 'ignore') return undefined;
  if (fault) return { ...base, severity: 'warning', ...fault };

  const misplaced = base.code === 'kql/type-mismatch' ? misplacedTable(query, nodes, start) : undefined;
  if (misplaced) {
    const place = { start: misplaced.TextStart, length: misplaced.Width };
    return unknownColumn(query, { ...base, ...place, code: 'kql/unknown-column' }, misplaced);
  }
  switch (base.code) {
    case 'kql/syntax':
      return syntaxError(query, base);
    case 'kql/unknown-column':
      return node && isWholeStatement(query, node)
        ? unknownTable(query, { ...base, code: 'kql/unknown-table' })
        : unknownColumn(query, base, node);
    case 'kql/unknown-table':
      return unknownTable(query, base);
    case 'kql/unknown-function':
      return unknownFunction(query, base);
    case 'kql/unknown-optional-table':
      return { ...base, name: nameAt(query.text, base) };
    case 'kql/not-analysed':
      return notAnalysed(query, base);
    default:
      return base;
  }
}

function severityOf(severity: string): Severity {
  return severity === 'Error' ? 'error' : severity === 'Warning' ? 'warning' : 'info';
}

/** `The name 'X' is wrong.` to `the name "X" is wrong`; a leading acronym or code keeps its case. */
function toHouseStyle(message: string): string {
  const quoted = message.replace(/'([^']*)'/g, '"$1"').replace(/\.$/, '');
  return /^[A-Z][a-z]|^A /.test(quoted) ? quoted.charAt(0).toLowerCase() + quoted.slice(1) : quoted;
}

/** The parser's words for the two commonest slips say little: it expects `;`, or finds a fragment. */
function syntaxError(query: AnalysedQuery, base: KqlDiagnostic): KqlDiagnostic {
  const found = nameAt(query.text, base);
  if (base.message === 'expected: ;') {
    return { ...base, message: `an operator, "|" or ";" is missing before ${JSON.stringify(found)}` };
  }
  if (base.parserCode === 'KS198')
    return { ...base, message: `${JSON.stringify(found)} is not expected here` };
  return base;
}

/** Of a query that nests too deep, and of one that is too long, the parser binds nothing. */
function notAnalysed(query: AnalysedQuery, base: KqlDiagnostic): KqlDiagnostic {
  return {
    ...base,
    message: `the query is too long or nests too deep for the parser, so its meaning was not checked`,
    start: 0,
    length: query.text.length,
    hint: 'write a long chain of "or" as in (…) or has_any (…)',
  };
}

function unknownColumn(
  query: AnalysedQuery,
  base: KqlDiagnostic,
  node: ParserNode | undefined,
): KqlDiagnostic {
  const name = nameAt(query.text, base);
  const input = node && enclosingPipe(node)?.Expression;
  const columns = query.service.toArray(tableOf(query.service, input)?.Columns).map((column) => column.Name);
  const near = nearestName(name, [...columns, ...declaredNames(query)]);
  const judge = input && judgeOf(query, input);
  const hint = [near && `did you mean "${near}"?`, judge && `the columns are those of ${judge}`]
    .filter((part) => part !== undefined)
    .join(' ');
  const message = `no column, variable or function "${name}" is known here`;
  return { ...base, name, message, ...(hint === '' ? {} : { hint }) };
}

function unknownTable(query: AnalysedQuery, base: KqlDiagnostic): KqlDiagnostic {
  const name = nameAt(query.text, base);
  const { tables, functions } = query.schema;
  const near = nearestName(name, [...tables.keys(), ...functions.keys(), ...declaredNames(query)]);
  const remedy = 'if the workspace has it, add its columns to schemas/tables/custom or its body to functions';
  const hint = near === undefined ? remedy : `did you mean "${near}"? ${remedy}`;
  return { ...base, name, message: `no table or function "${name}" is known`, hint };
}

function unknownFunction(query: AnalysedQuery, base: KqlDiagnostic): KqlDiagnostic {
  const name = nameAt(query.text, base);
  const { Functions, Aggregates } = query.code.Globals;
  const builtIn = [...query.service.toArray(Functions), ...query.service.toArray(Aggregates)];
  const candidates = [...builtIn.map((symbol) => symbol.Name), ...query.schema.functions.keys()];
  const near = nearestName(name, [...candidates, ...declaredNames(query)]);
  return { ...base, name, ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }) };
}

function nameAt(text: string, { start, length }: KqlDiagnostic): string {
  return text.slice(start, start + length);
}

/** The names that `let` statements and function parameters of the query declare. */
function declaredNames({ service, nodes }: AnalysedQuery): readonly string[] {
  return (nodes.get('NameDeclaration') ?? []).flatMap((node) => {
    const kind = node.Parent && service.kindOf(node.Parent);
    const isDeclared = kind === 'LetStatement' || kind === 'NameAndTypeDeclaration';
    return isDeclared && node.SimpleName ? [node.SimpleName] : [];
  });
}

/** True for a name that makes a statement alone, as in `Name` or `let T = Name`; there it can be no column. */
function isWholeStatement({ service }: AnalysedQuery, node: ParserNode): boolean {
  const parent = node.Parent && service.kindOf(node.Parent);
  return parent === 'ExpressionStatement' || parent === 'LetStatement';
}

/** The table that a pipeline starts with, and the schema that lists its columns. */
function judgeOf({ service, schema }: AnalysedQuery, input: ParserNode): string | undefined {
  let source = input;
  while (service.kindOf(source) === 'PipeExpression' && source.Expression) source = source.Expression;
  const name = source.SimpleName ?? source.Name?.SimpleName ?? '';
  const known = schema.tables.get(name) ?? schema.functions.get(name);
  return known && `${known.name} (${known.source})`;
}

/**
 * A column that a table does not have, but that is named like another table, is taken for that table: the parser reports
 * the type of the expression around it. The name itself is at fault.
 */
function misplacedTable(
  { service, code }: AnalysedQuery,
  nodes: ReadonlyMap<string, ParserNode>,
  start: number,
): ParserNode | undefined {
  return [...nodes.values()].find((node) => {
    const symbol = node.ReferencedSymbol;
    if (service.kindOf(node) !== 'NameReference' || !symbol) return false;
    if (!service.isA(symbol, service.library.Symbols.TableSymbol)) return false;
    const around = callOf(service, node) ?? node.Parent;
    const isScalar = around?.ResultType !== undefined && !tableOf(service, around);
    return (
      isScalar && code.Globals.IsDatabaseTable(symbol) && around.TextStart <= start && start < around.End
    );
  });
}

/** The expressions of a query by their place; of two at one place, the outer one. */
function nodesByPlace({ code }: AnalysedQuery): ReadonlyMap<string, ParserNode> {
  const nodes = new Map<string, ParserNode>();
  walk(code.Syntax, (node) => {
    if (node.ResultType === undefined) return;
    const place = placeOf(node.TextStart, node.Width);
    if (!nodes.has(place)) nodes.set(place, node);
  });
  return nodes;
}

function placeOf(start: number, length: number): string {
  return `${start} ${length}`;
}
