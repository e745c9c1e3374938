import { escapeControls } from './escape-controls.ts';

/** Shows a text as it is within a paragraph or table cell: no markup, no HTML, no table border, nobody mentioned. */
export function escapeMarkdown(text: string): string {
  return escapeHtml(text)
    .replace(/[\\`*_[\]|~$]/g, (mark) => `\\${mark}`)
    .replaceAll('@', '@\u200B');
}

/** Shows a text as it is within an HTML element of a Markdown file. */
export function escapeHtml(text: string): string {
  return escapeControls(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A fenced code block, with a fence longer than any run of backticks in the lines. */
export function fencedBlock(language: string, lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

/** A table of cells that are Markdown already. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const toRow = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [toRow(header), toRow(header.map(() => '---')), ...rows.map(toRow)].join('\n');
}
