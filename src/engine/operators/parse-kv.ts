import type { NodeType, QueryNode } from '../../kql/query-node.ts';
import { compileScalar, partOf } from '../compile-scalar.ts';
import { convertTo, emptyOf } from '../convert.ts';
import { compileRegex } from '../regex.ts';
import { mapRows, refuse } from '../scope.ts';
import { valueToText } from '../value-text.ts';
import type { Scope } from '../scope.ts';
import { createPairReader, createPatternReader, createWordReader } from './key-value-text.ts';
import type { PairReader } from './key-value-text.ts';
import { columnsOf } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';

/** `parse-kv`: the keys that are asked for, of their first appearance. */
export const compileParseKv: OperatorCompiler = (node, input, scope) => {
  const read = compileReader(node, scope);
  const asked = (node.part('Keys')?.list('Columns') ?? []).map((column) => readColumn(column, node));
  const source = compileScalar(partOf(node, 'Expression', scope), { ...scope, columns: input.columns });
  return {
    columns: columnsOf(node, [...input.columns, ...asked]),
    rows: (run) =>
      mapRows(run, input.rows(run), (row, frame) => {
        const pairs = read(valueToText(source(row, frame)));
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

function compileReader(node: QueryNode, scope: Scope): PairReader {
  const properties = node.part('WithClause')?.list('Properties') ?? [];
  const valueOf = (name: string): QueryNode | undefined =>
    properties.find((item) => item.name === name)?.part('Expression');
  const text = (name: string): string | undefined => {
    const value = valueOf(name);
    if (!value) return undefined;
    return typeof value.constant === 'string' ? value.constant : refuse(scope, value, value.text);
  };
  const [pair, kv, pattern] = [text('pair_delimiter'), text('kv_delimiter'), text('regex')];
  const quote = text('quote') ?? '';
  const quotes = { open: quote.charAt(0), close: quote.slice(-1), escape: text('escape') ?? '' };
  if (pattern !== undefined) {
    const regex = compileRegex(pattern, 'g');
    return regex ? createPatternReader(regex) : refuse(scope, node, `the pattern of "${node.text}"`);
  }
  if (pair === undefined && kv === undefined) return createWordReader(quotes);
  if (pair === undefined || kv === undefined || pair === '' || kv === '')
    return refuse(scope, node, 'parse-kv with one delimiter only');
  return createPairReader({ ...quotes, pair, kv, isGreedy: valueOf('greedy')?.constant === true });
}

function readColumn(column: QueryNode, node: QueryNode): { readonly name: string; readonly type: NodeType } {
  const name = column.name ?? '';
  return { name, type: node.rows?.columns.find((item) => item.name === name)?.type ?? 'string' };
}
