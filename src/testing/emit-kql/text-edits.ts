/** A stretch of a text, in UTF-16 units, and what is to stand there instead. */
export interface TextEdit {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

/** The text with its edits made. One that lies within another is lost with what it would have changed. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.toSorted((a, b) => a.start - b.start || b.length - a.length);
  let result = '';
  let at = 0;
  for (const { start, length, text: replacement } of ordered) {
    if (start < at) continue;
    result += text.slice(at, start) + replacement;
    at = start + length;
  }
  return result + text.slice(at);
}
