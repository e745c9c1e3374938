import { escapeControls } from './escape-controls.ts';

/** Shows a text as it is within a paragraph or table cell: no markup, no HTML, no table border, nobody mentioned. */
export function escapeMarkdown(text: string): string {
  return withoutReferences(escapeHtml(text).replace(/[\\`*_[\]|~$]/g, (mark) => `\\${mark}`));
}

/** The same within an element such as `<summary>`, where there is no Markdown, but where GitHub still finds mentions. */
export function escapeSummary(text: string): string {
  return withoutReferences(escapeHtml(text));
}

/** A mention would send mail, and a number leave a trace in another issue. */
function withoutReferences(text: string): string {
  return text.replaceAll('@', '@\u200B').replaceAll(/#(?=\d)/g, '#\u200B');
}

function escapeHtml(text: string): string {
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
  return [...markdownHeader(header), ...rows.map(markdownRow)].join('\n');
}

/** The first two lines of a table. */
export function markdownHeader(header: readonly string[]): readonly string[] {
  return [markdownRow(header), markdownRow(header.map(() => '---'))];
}

/** A line of a table. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
