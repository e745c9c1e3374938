import type { SourceSpan } from '../core/diagnostic.ts';
import { displayWidth } from './display-width.ts';
import { escapeControls } from './escape-controls.ts';
import { lastLineOf } from './last-line.ts';
import type { Palette } from './palette.ts';

/** Of a longer line, only the surroundings of the span are shown. In UTF-16 units. */
const longestLine = 110;
const contextBefore = 40;

/**
 * The source line in which a span starts, with carets under the span. A span over several lines is marked to the end of its
 * first. Gives no line if the span lies outside the text, as when the file changed since it was read.
 */
export function renderCodeFrame(text: string, span: SourceSpan, palette: Palette): readonly string[] {
  const { start, end } = span;
  const lineStart = start.offset - (start.column - 1);
  if (lineStart < 0 || start.offset > text.length) return [];
  const lineEnd = endOfLine(text, start.offset);
  const from =
    start.offset - lineStart > 2 * contextBefore ? splitPoint(text, start.offset - contextBefore) : lineStart;
  const to = lineEnd - from > longestLine ? splitPoint(text, from + longestLine) : lineEnd;
  const markedEnd = Math.min(Math.max(end.offset, start.offset), to);
  const before = (from > lineStart ? '…' : '') + toPrintable(text.slice(from, start.offset));
  const marked = toPrintable(text.slice(start.offset, markedEnd));
  const after = toPrintable(text.slice(markedEnd, to)) + (to < lineEnd ? '…' : '');
  const number = String(start.line);
  const carets = '^'.repeat(Math.max(1, displayWidth(marked)));
  const lastLine = lastLineOf(span);
  const more = lastLine > start.line ? ` to line ${lastLine}` : '';
  return [
    `${palette.dim(`${number} |`)} ${before}${marked}${after}`.trimEnd(),
    `${palette.dim(`${' '.repeat(number.length)} |`)} ${' '.repeat(displayWidth(before))}${palette.red(carets)}${more}`,
  ];
}

function endOfLine(text: string, offset: number): number {
  const length = text.slice(offset).search(/[\r\n]/);
  return length === -1 ? text.length : offset + length;
}

/** The given offset, or the next one if a surrogate pair would be split there. */
function splitPoint(text: string, offset: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(offset)) ? offset + 1 : offset;
}

function toPrintable(text: string): string {
  return escapeControls(text.replaceAll('\t', '    '));
}
