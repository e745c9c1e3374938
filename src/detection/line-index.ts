import type { SourcePosition, SourceSpan } from '../core/diagnostic.ts';

/** Finds lines and columns in one text. Lines end with `\n`, `\r\n` or `\r`, as in YAML. */
export interface LineIndex {
  positionAt(offset: number): SourcePosition;
  spanOf(start: number, end: number): SourceSpan;
}

/** Indexes a text; the work is done at the first question. Offsets beyond the text mean its end. */
export function indexLines(text: string): LineIndex {
  let starts: readonly number[] | undefined;
  const positionAt = (offset: number): SourcePosition => {
    starts ??= findLineStarts(text);
    const within = Math.min(Math.max(offset, 0), text.length);
    const line = lastAtOrBefore(starts, within);
    return { line: line + 1, column: within - (starts[line] ?? 0) + 1, offset: within };
  };
  return {
    positionAt,
    spanOf: (start, end) => ({ start: positionAt(start), end: positionAt(end) }),
  };
}

function findLineStarts(text: string): readonly number[] {
  return [0, ...Array.from(text.matchAll(/\r\n?|\n/g), (match) => match.index + match[0].length)];
}

/** Index of the last start that is not after the offset; the first start is 0. */
function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
