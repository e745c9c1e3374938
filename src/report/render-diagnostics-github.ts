import { compareDiagnostics, type Diagnostic, type Severity, type SourceSpan } from '../core/diagnostic.ts';
import { githubCommand } from './github-command.ts';
import { lastLineOf } from './last-line.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>;

/** Diagnostics as GitHub workflow commands, which the runner turns into annotations of the pull request's lines. */
export function renderDiagnosticsGithub(diagnostics: readonly Diagnostic[]): string {
  return [...diagnostics].sort(compareDiagnostics).map(toCommand).join('');
}

function toCommand({ severity, code, message, file, span, hint, related = [] }: Diagnostic): string {
  const lines = [
    message,
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
    ...related.map(
      (other) => `${other.file}${other.span ? `:${other.span.start.line}` : ''}: ${other.message}`,
    ),
  ];
  return githubCommand(commands[severity], { file, ...placeOf(span), title: code }, lines.join('\n'));
}

/** GitHub takes columns only for an annotation of one line. */
function placeOf(span: SourceSpan | undefined): Readonly<Record<string, number>> {
  if (span === undefined) return {};
  const { start, end } = span;
  const lines = { line: start.line, endLine: lastLineOf(span) };
  return start.line === end.line ? { ...lines, col: start.column, endColumn: end.column } : lines;
}
