import { argumentsOf, type QueryNode } from '../../kql/query-node.ts';
import type { TextEdit } from './text-edits.ts';

/**
 * Replaces a call of the clock by a time: neither function can be hidden behind a `let`. What stands in the brackets stays
 * where it is, for it may hold another such call. undefined for another node.
 *
 * @param now a datetime literal
 */
export function freezeClock(call: QueryNode, now: string): readonly TextEdit[] | undefined {
  if (call.kind !== 'FunctionCallExpression' || call.symbol?.kind !== 'function') return undefined;
  if (call.name !== 'now' && call.name !== 'ago') return undefined;
  const [argument] = argumentsOf(call);
  if (argument === undefined) return [{ start: call.start, length: call.length, text: now }];
  const sign = call.name === 'now' ? '+' : '-';
  const end = argument.start + argument.length;
  return [
    { start: call.start, length: argument.start - call.start, text: `(${now} ${sign} (` },
    { start: end, length: call.start + call.length - end, text: '))' },
  ];
}
