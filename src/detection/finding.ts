import type { Diagnostic, Severity } from '../core/diagnostic.ts';
import type { SourceDocument } from './source-document.ts';

/** Something found at a pointer of a document, before it has a file and a span. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string | undefined;
  /** As authored. */
  readonly pointer: string;
  readonly part: 'key' | 'value';
}

/** Gives a finding its place. */
export function toDiagnostic(document: SourceDocument, finding: Finding): Diagnostic {
  const { code, severity, message, hint, pointer, part } = finding;
  const span = document.spanOf(pointer, part);
  const diagnostic: Diagnostic = { code, severity, message, file: document.file, span };
  return hint === undefined ? diagnostic : { ...diagnostic, hint };
}
