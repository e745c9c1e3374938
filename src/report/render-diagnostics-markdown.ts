import { compareDiagnostics, type Diagnostic } from '../core/diagnostic.ts';
import { countOf } from './count-of.ts';
import { diagnosticTotals } from './diagnostic-totals.ts';
import { escapeMarkdown, markdownTable } from './markdown-escapes.ts';

/** What the Markdown report of diagnostics needs besides them. */
export interface DiagnosticsMarkdownOptions {
  /** Every file that was validated. */
  readonly files: readonly string[];
  /** The address of a line in the hosted repository, or undefined where it is not known. */
  readonly linkTo?: (file: string, line: number | undefined) => string;
}

/** GitHub shows at most 1 MiB of all that a step writes into its summary; the step may write more than this report. */
const mostBytes = 900_000;

const header = ['Severity', 'Place', 'Code', 'Finding'];

/** Diagnostics as GitHub-flavoured Markdown for a step summary, cut before it grows too long to be shown. */
export function renderDiagnosticsMarkdown(
  diagnostics: readonly Diagnostic[],
  { files, linkTo }: DiagnosticsMarkdownOptions,
): string {
  if (diagnostics.length === 0) return `### Validation: nothing found in ${countOf(files.length, 'file')}\n`;
  const rows: string[][] = [];
  let bytes = 0;
  for (const diagnostic of [...diagnostics].sort(compareDiagnostics)) {
    const row = toRow(diagnostic, linkTo);
    bytes += new TextEncoder().encode(row.join(' | ')).length + 6;
    if (bytes > mostBytes) break;
    rows.push(row);
  }
  const left = diagnostics.length - rows.length;
  const blocks = [
    `### Validation: ${diagnosticTotals(diagnostics)}`,
    markdownTable(header, rows),
    ...(left === 0 ? [] : [`… and ${left} more: run \`kustodian validate\``]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function toRow(
  { severity, file, span, code, message, hint }: Diagnostic,
  linkTo: DiagnosticsMarkdownOptions['linkTo'],
): string[] {
  const line = span?.start.line;
  const place = escapeMarkdown(line === undefined ? file : `${file}:${line}`);
  const finding = escapeMarkdown(message) + (hint === undefined ? '' : `<br>${escapeMarkdown(hint)}`);
  return [
    severity,
    linkTo === undefined ? place : `[${place}](${linkTo(file, line)})`,
    escapeMarkdown(code),
    finding,
  ];
}
