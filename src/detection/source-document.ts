import type { Diagnostic, SourceSpan } from '../core/diagnostic.ts';

/** A YAML file that parsed: its text, its data, and the place of every value. */
export interface SourceDocument {
  /** As the user named it, with forward slashes. */
  readonly file: string;
  /** The decoded text, without BOM, with its own line ends. */
  readonly text: string;
  readonly data: unknown;
  /**
   * The span of the value at a JSON pointer, or of its key. A pointer that leads nowhere gives the span of its nearest
   * enclosing value, so that a missing key is reported at the mapping that lacks it.
   */
  spanOf(pointer: string, part?: 'value' | 'key'): SourceSpan;
  /**
   * The span of a stretch of the string value at a pointer. `start` and `end` are offsets in the *parsed* string, so a
   * position in a query maps to its line and column in the file, also inside block scalars with CRLF and indentation.
   */
  spanWithin(pointer: string, start: number, end: number): SourceSpan;
}

/** `document` is absent exactly when `diagnostics` holds an error. */
export interface ParsedDocument {
  readonly document?: SourceDocument;
  readonly diagnostics: readonly Diagnostic[];
}
