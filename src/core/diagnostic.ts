/** How much a finding matters. An `error` means: the service would refuse it, or meaning would be lost. */
export type Severity = 'error' | 'warning' | 'info';

/** A place in a text. `line` and `column` count from 1 (columns in UTF-16 units), `offset` from 0. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A stretch of a text; `end` is exclusive. */
export interface SourceSpan {
  readonly start: SourcePosition;
  readonly end: SourcePosition;
}

/** A second place that explains a finding, such as the first use of a duplicated id. */
export interface RelatedSpan {
  readonly file: string;
  readonly span?: SourceSpan;
  readonly message: string;
}

/**
 * What validation reports about content. `code` is kebab-case and stable; `message` starts lower-case, quotes the
 * wrong value and has no full stop at its end; `hint` is the remedy; `file` is as the user named it, relative to the
 * repository root, with forward slashes.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly span?: SourceSpan;
  readonly hint?: string;
  readonly related?: readonly RelatedSpan[];
}

/** Orders diagnostics by file, place, code and message, so that every output is deterministic. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file, b.file) ||
    (a.span?.start.offset ?? -1) - (b.span?.start.offset ?? -1) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

/** True if at least one diagnostic is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** Code-unit order: independent of the machine's locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
