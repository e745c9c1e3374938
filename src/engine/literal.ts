import type { QueryNode } from '../kql/query-node.ts';
import { convertTo } from './convert.ts';
import type { Value } from './value.ts';

/**
 * The value of a literal, read from its text: the parser misreads some literals of time and `real(nan)`. undefined where
 * the node is no literal.
 */
export function readLiteral(node: QueryNode): Value | undefined {
  const { kind, text, type } = node;
  if (!kind.endsWith('LiteralExpression') || type === undefined) return undefined;
  if (kind === 'StringLiteralExpression' || kind === 'CompoundStringLiteralExpression')
    return readString(node);
  const inner = /^\s*\w+\s*\(([\s\S]*)\)\s*$/.exec(text)?.[1]?.trim() ?? text.trim();
  const unquoted = /^(["'])(.*)\1$/s.exec(inner)?.[2] ?? inner;
  if (unquoted.toLowerCase() === 'null' || unquoted === '') return null;
  if (type === 'datetime')
    return convertTo(type, unquoted.replace(/^(\d+)\s*,\s*(\d+)\s*,\s*(\d+)$/, '$1-$2-$3'));
  if (kind === 'BooleanLiteralExpression') return unquoted.toLowerCase() === 'true' || unquoted === '1';
  return convertTo(type, unquoted);
}

function readString(node: QueryNode): string | undefined {
  return typeof node.constant === 'string' ? node.constant : undefined;
}
