/** A comment of a query. Offsets count UTF-16 units of the query. */
export interface QueryComment {
  /** What follows the `//`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What the comment is about: its own line and, if nothing else stands there, all down to the end of the next line of code. */
  readonly subject: { readonly start: number; readonly end: number };
}

/** String literals of every form, in which `//` starts no comment, and comments. */
const literalOrComment =
  /@"(?:[^"\n]|"")*"?|@'(?:[^'\n]|'')*'?|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|```[^]*?(?:```|$)|~~~[^]*?(?:~~~|$)|\/\/([^\n]*)/g;

/** The comments of a query, in order. It needs no parser, so that it is cheap and works on queries with errors. */
export function findQueryComments(query: string): readonly QueryComment[] {
  const comments = Array.from(query.matchAll(literalOrComment)).filter((match) => match[1] !== undefined);
  const starts = comments.map(({ index }) => index);
  return comments.map(({ index: start, 0: whole, 1: text = '' }) => {
    const lineStart = query.lastIndexOf('\n', start - 1) + 1;
    return {
      text,
      start,
      end: start + whole.length,
      subject: { start: lineStart, end: endOfSubject(query, lineStart, starts) },
    };
  });
}

/** The end of the first line, from an offset on, that has something besides a comment. */
function endOfSubject(query: string, from: number, commentStarts: readonly number[]): number {
  let end = from;
  for (let start = from; start <= query.length; start = end + 1) {
    const lineFeed = query.indexOf('\n', start);
    end = lineFeed === -1 ? query.length : lineFeed;
    const codeEnd = commentStarts.find((offset) => offset >= start && offset < end) ?? end;
    if (query.slice(start, codeEnd).trim() !== '') return end;
  }
  return end;
}
