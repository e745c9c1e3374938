const longest = 60;

/** A text in quotes for a message: on one line, blanks and control characters visible, cut if it is long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
}
