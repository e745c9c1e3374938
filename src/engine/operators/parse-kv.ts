import type { NodeType, QueryNode } from '../../kql/query-node.ts';
import { compileScalar, partOf } from '../compile-scalar.ts';
import { convertTo, emptyOf } from '../convert.ts';
import { mapRows, refuse } from '../scope.ts';
import { valueToText } from '../value-text.ts';
import { columnsOf } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';

interface KvFormat {
  readonly pair: string;
  readonly kv: string;
  readonly quotes: readonly string[];
  readonly escape: string;
}

/** `parse-kv`: the keys that are asked for, of their first appearance. */
export const compileParseKv: OperatorCompiler = (node, input, scope) => {
  const properties = node.part('WithClause')?.list('Properties') ?? [];
  const text = (name: string): string | undefined => {
    const property = properties.find((item) => item.name === name)?.part('Expression');
    return (
      property &&
      (typeof property.constant === 'string' ? property.constant : refuse(scope, property, property.text))
    );
  };
  const quote = text('quote') ?? '';
  const [pair, kv] = [text('pair_delimiter'), text('kv_delimiter')];
  const isGreedy = properties.some(({ name }) => name === 'greedy' || name === 'regex');
  if (pair === undefined || kv === undefined || isGreedy)
    return refuse(scope, node, 'parse-kv without both delimiters');
  const format = { pair, kv, quotes: quotePair(quote), escape: text('escape') ?? '' };
  const asked = (node.part('Keys')?.list('Columns') ?? []).map((column) => readColumn(column, node));
  const source = compileScalar(partOf(node, 'Expression', scope), { ...scope, columns: input.columns });
  return {
    columns: columnsOf(node, [...input.columns, ...asked]),
    rows: (run) =>
      mapRows(run, input.rows(run), (row, frame) => {
        const pairs = readPairs(valueToText(source(row, frame)), format);
        return [
          ...row,
          ...asked.map(({ name, type }) => {
            const value = pairs.get(name);
            return value === undefined ? emptyOf(type) : convertTo(type, value);
          }),
        ];
      }),
  };
};

function quotePair(quote: string): readonly string[] {
  return quote === '' ? [] : [quote.charAt(0), quote.charAt(quote.length - 1)];
}

function readColumn(column: QueryNode, node: QueryNode): { readonly name: string; readonly type: NodeType } {
  const name = column.name ?? '';
  return { name, type: node.rows?.columns.find((item) => item.name === name)?.type ?? 'string' };
}

function readPairs(text: string, format: KvFormat): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const part of splitOutsideQuotes(text, format.pair, format)) {
    const [key = '', ...rest] = splitOutsideQuotes(part, format.kv, format);
    const name = unquote(key.trim(), format);
    if (rest.length > 0 && !pairs.has(name)) pairs.set(name, unquote(rest.join(format.kv).trim(), format));
  }
  return pairs;
}

function splitOutsideQuotes(
  text: string,
  delimiter: string,
  { quotes, escape }: KvFormat,
): readonly string[] {
  const [open, close] = quotes;
  const parts: string[] = [];
  let [start, isQuoted] = [0, false];
  for (let at = 0; at < text.length; at++) {
    if (escape !== '' && text[at] === escape) at++;
    else if (isQuoted) isQuoted = text[at] !== close;
    else if (open !== undefined && text[at] === open) isQuoted = true;
    else if (text.startsWith(delimiter, at)) {
      parts.push(text.slice(start, at));
      start = at + delimiter.length;
      at = start - 1;
    }
  }
  return [...parts, text.slice(start)];
}

function unquote(text: string, { quotes, escape }: KvFormat): string {
  const [open, close] = quotes;
  const isQuoted =
    open !== undefined &&
    close !== undefined &&
    text.length > 1 &&
    text.startsWith(open) &&
    text.endsWith(close);
  const inner = isQuoted ? text.slice(1, -1) : text;
  return escape === '' ? inner : inner.replaceAll(new RegExp(`\\${escape}(.)`, 'gs'), '$1');
}
