/** A finding in one text, before the file's name and lines are known. Always an error. Offsets count UTF-16 units. */
export interface TextProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly start: number;
  readonly end: number;
  /** A second place that explains it. */
  readonly related?: { readonly message: string; readonly start: number; readonly end: number };
}
