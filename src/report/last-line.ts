import type { SourceSpan } from '../core/diagnostic.ts';

/** The last line of which a span holds anything: one that ends where a line begins does not hold that line. */
export function lastLineOf({ start, end }: SourceSpan): number {
  return end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
}
