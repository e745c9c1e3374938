import type { QueryNode } from '../kql/query-node.ts';

/** The stretch of the query that a node takes, for a finding. */
export function rangeOf({ start, length }: QueryNode): { readonly start: number; readonly end: number } {
  return { start, end: start + length };
}
