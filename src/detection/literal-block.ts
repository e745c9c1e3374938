import { EVENT_ID, parseEvents, SCALAR_STYLE } from 'js-yaml';
import type { SourceDocument } from './source-document.ts';

/**
 * Gives the text of a file in which the literal block (`|`) at a pointer holds another value. Its header, its indentation,
 * the empty lines at its end and everything around it stay as they are. Gives undefined where the value is written in
 * another way; a folded or quoted text cannot take lines without changing how it reads.
 *
 * @param value the lines of the block, without blank lines around them
 */
export function replaceLiteralBlock(
  document: SourceDocument,
  pointer: string,
  value: string,
): string | undefined {
  const { text } = document;
  const { offset } = document.spanOf(pointer).start;
  const block = parseEvents(text, {})
    .filter((event) => event.type === EVENT_ID.SCALAR)
    .find(({ valueStart, valueEnd }) => valueStart <= offset && offset < valueEnd);
  if (block?.style !== SCALAR_STYLE.LITERAL_BLOCK) return undefined;
  const indentation = ' '.repeat(block.indent);
  const lineEnd = /\r\n?$|\n$/.exec(text.slice(0, block.valueStart))?.[0] ?? '\n';
  const lines = value.split('\n').map((line) => (line === '' ? '' : indentation + line));
  const end = block.valueStart + text.slice(block.valueStart, block.valueEnd).trimEnd().length;
  const rest = text.slice(end).replace(/^[ \t]+/, '');
  return text.slice(0, block.valueStart) + lines.join(lineEnd) + rest;
}
