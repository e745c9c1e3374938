import { compareDiagnostics, type Diagnostic, type RelatedSpan, type Severity } from '../core/diagnostic.ts';
import { renderCodeFrame } from './code-frame.ts';
import { diagnosticTotals } from './diagnostic-totals.ts';
import { escapeControls } from './escape-controls.ts';
import type { Palette } from './palette.ts';

/** What the text report of diagnostics needs besides them. */
export interface DiagnosticsTextOptions {
  readonly palette: Palette;
  /** The decoded text of a file as diagnostics name it, for code frames; undefined where it cannot be had. */
  readonly sourceOf: (file: string) => string | undefined;
}

/**
 * Diagnostics for people: `file:line:column` (terminals make it a link), the message, the source line with carets, the
 * remedy, and a last line with the totals. Empty if there are none.
 */
export function renderDiagnosticsText(
  diagnostics: readonly Diagnostic[],
  { palette, sourceOf }: DiagnosticsTextOptions,
): string {
  if (diagnostics.length === 0) return '';
  const blocks = [...diagnostics].sort(compareDiagnostics).map((diagnostic) => {
    const source = diagnostic.span === undefined ? undefined : sourceOf(diagnostic.file);
    return renderDiagnostic(diagnostic, source, palette).join('\n');
  });
  return `${[...blocks, diagnosticTotals(diagnostics)].join('\n\n')}\n`;
}

function renderDiagnostic(diagnostic: Diagnostic, source: string | undefined, palette: Palette): string[] {
  const { severity, code, message, span, hint, related = [] } = diagnostic;
  const mark = markOf(severity, palette);
  const heading = `${palette.bold(placeOf(diagnostic))}: ${mark(severity)} ${code}: ${escapeControls(message)}`;
  const frame = source === undefined || span === undefined ? [] : renderCodeFrame(source, span, palette);
  return [
    heading,
    ...indent(frame),
    ...(hint === undefined ? [] : indent([`${palette.bold('hint')}: ${escapeControls(hint)}`])),
    ...indent(related.map((other) => `${palette.dim(placeOf(other))}: ${escapeControls(other.message)}`)),
  ];
}

function placeOf({ file, span }: Diagnostic | RelatedSpan): string {
  const name = escapeControls(file);
  return span === undefined ? name : `${name}:${span.start.line}:${span.start.column}`;
}

function markOf(severity: Severity, palette: Palette): (text: string) => string {
  switch (severity) {
    case 'error':
      return palette.red;
    case 'warning':
      return palette.yellow;
    case 'info':
      return palette.dim;
  }
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
