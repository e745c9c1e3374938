import type { NodeType, QueryNode } from '../../kql/query-node.ts';
import { compileScalar, partOf } from '../compile-scalar.ts';
import { convertTo, emptyOf } from '../convert.ts';
import { compileRegex } from '../regex.ts';
import { mapRows, refuse } from '../scope.ts';
import type { EngineColumn, Scope, Table } from '../scope.ts';
import { valueToText } from '../value-text.ts';
import type { Row, Value } from '../value.ts';
import { columnsOf, parameterText } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';

/** `parse`: a text that does not match leaves the columns empty. */
export const compileParse: OperatorCompiler = (node, input, scope) =>
  compilePattern(node, input, scope, false);

/** `parse-where`: a text that does not match drops the row. */
export const compileParseWhere: OperatorCompiler = (node, input, scope) =>
  compilePattern(node, input, scope, true);

function compilePattern(node: QueryNode, input: Table, scope: Scope, drops: boolean): Table {
  const kind = parameterText(node, 'kind') ?? 'simple';
  const flags = parameterText(node, 'flags') ?? '';
  if (!['simple', 'regex', 'relaxed'].includes(kind)) refuse(scope, node, `parse kind=${kind}`);
  if (!/^[Uims]*$/.test(flags)) refuse(scope, node, `parse flags=${flags}`);
  const patterns = node.list('Patterns');
  refuseUnbounded(patterns, scope);
  const parsed = patterns.flatMap((pattern) => declaredColumn(pattern) ?? []);
  const regex =
    compileRegex(
      patternSource(patterns, { kind, isGreedy: kind === 'regex' && !flags.includes('U') }),
      flags.replace('U', ''),
    ) ?? refuse(scope, node, `the pattern of "${node.text}"`);
  const source = compileScalar(partOf(node, 'Expression', scope), { ...scope, columns: input.columns });
  const columns = [...input.columns];
  const places = parsed.map((column) => {
    const at = columns.findIndex(({ name }) => name === column.name);
    if (at < 0) return columns.push(column) - 1;
    columns[at] = column;
    return at;
  });
  return {
    columns: columnsOf(node, columns),
    rows: (run) =>
      mapRows(run, input.rows(run), (row, frame): readonly Row[] => {
        const values = readValues(regex.exec(valueToText(source(row, frame))), parsed, kind === 'relaxed');
        if (values === undefined && drops) return [];
        const copy = [...row];
        parsed.forEach(({ type }, index) => {
          copy[places[index] ?? copy.length] = values?.[index] ?? emptyOf(type);
        });
        return [copy];
      }).flat(),
  };
}

/** A column in front of a `*`, or of another column, ends where its type says; which is known of numbers only. */
function refuseUnbounded(patterns: readonly QueryNode[], scope: Scope): void {
  patterns.forEach((pattern, index) => {
    const [column, next] = [declaredColumn(pattern), patterns[index + 1]];
    if (!column || !next || typeof next.constant === 'string') return;
    const isKnown = numberPatterns[column.type] !== undefined || column.type === 'string';
    if (!isKnown) refuse(scope, pattern, `"${pattern.text}" in parse without a text behind it`);
  });
}

function declaredColumn(pattern: QueryNode): EngineColumn | undefined {
  if (pattern.kind === 'NameDeclaration') return { name: pattern.name ?? '', type: 'string' };
  if (pattern.kind !== 'NameAndTypeDeclaration') return undefined;
  const type = /:\s*(\w+)\s*$/.exec(pattern.text)?.[1] ?? 'string';
  const names: Readonly<Record<string, NodeType>> = { double: 'real', time: 'timespan', date: 'datetime' };
  return { name: pattern.name ?? '', type: names[type] ?? (type as NodeType) };
}

/** Texts stand for themselves, but in the kind `regex`; the last column takes the rest. */
function patternSource(patterns: readonly QueryNode[], { kind, isGreedy }: PatternKind): string {
  const any = kind === 'regex' ? '.' : '[\\s\\S]';
  const lazy = isGreedy ? '' : '?';
  const parts = patterns.map((pattern, index) => {
    if (pattern.kind === 'StarExpression') return `${any}*${lazy}`;
    const column = declaredColumn(pattern);
    if (column) {
      const next = patterns[index + 1];
      if (!next) return `(${any}*)$`;
      const number = numberPatterns[column.type];
      const isBounded = next.kind !== 'StarExpression' && kind !== 'regex';
      if (!number || isBounded) return `(${any}*${lazy})`;
      return kind === 'relaxed' ? `(${number}|${any}*${lazy})` : `(${number})`;
    }
    const text = typeof pattern.constant === 'string' ? pattern.constant : '';
    return kind === 'regex' ? `(?:${withoutGroups(text)})` : text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  return `^${parts.join('')}`;
}

interface PatternKind {
  readonly kind: string;
  readonly isGreedy: boolean;
}

/** What a column of numbers takes where no text says how far it goes. */
const numberPatterns: Partial<Record<NodeType, string>> = {
  int: '\\s*[-+]?\\d+',
  long: '\\s*[-+]?\\d+',
  real: '\\s*[-+]?\\d*\\.?\\d+(?:[eE][-+]?\\d+)?',
};

/** The groups of a pattern are not columns: they do not capture. */
function withoutGroups(pattern: string): string {
  return pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]|\((?!\?)|\(\?P?<\w+>/gs, (part) =>
    part.startsWith('(') ? '(?:' : part,
  );
}

/** Undefined where the text does not match, or a value is not of its column's type. */
function readValues(
  match: RegExpExecArray | null,
  parsed: readonly EngineColumn[],
  isRelaxed: boolean,
): readonly Value[] | undefined {
  if (match === null) return undefined;
  const values = parsed.map(({ type }, index) =>
    convertTo(
      type,
      (match[index + 1] ?? '').trim() === '' && type !== 'string'
        ? null
        : readPart(type, match[index + 1] ?? ''),
    ),
  );
  return isRelaxed || !values.includes(null) ? values : undefined;
}

function readPart(type: NodeType, text: string): Value {
  return type === 'string' ? text : text.trim();
}
