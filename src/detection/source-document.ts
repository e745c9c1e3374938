import type { Diagnostic, SourceSpan } from '../core/diagnostic.ts';

/** A YAML file that parsed: its text, its data, and the place of every value. */
export interface SourceDocument {
  /** As the user named it, with forward slashes. */
  readonly file: string;
  /** The decoded text, without BOM, with its own line ends. */
  readonly text: string;
  readonly data: unknown;
  /**
   * The span of the value at a JSON pointer, or of its key. A value without text has the span of its key. A pointer that
   * leads nowhere gives the first line of its nearest enclosing value, so that a missing key is reported where the mapping
   * begins that lacks it.
   */
  spanOf(pointer: string, part?: 'value' | 'key'): SourceSpan;
  /**
   * The span of a stretch of the string value at a pointer. `start` and `end` are offsets in the *parsed* string, so a
   * position in a query maps to its line and column in the file, also inside block scalars with CRLF and indentation.
   */
  spanWithin(pointer: string, start: number, end: number): SourceSpan;
  /**
   * The text of the scalar at a pointer as it was written, with escapes undone: `1.10` where `data` has the number 1.1.
   * undefined if there is no scalar.
   */
  scalarText(pointer: string): string | undefined;
}

/** `document` is absent exactly when `diagnostics` holds an error. */
export interface ParsedDocument {
  readonly document?: SourceDocument;
  readonly diagnostics: readonly Diagnostic[];
}
