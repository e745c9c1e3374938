/** Why bytes cannot be read as text at all. `line` counts from 1; `offset` is where it starts, bad bytes counted as one unit. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly line?: number;
  readonly offset?: number;
}

const maxBytes = 1_048_576;

/** Reads bytes as UTF-8, without the byte order mark if there is one. What people write is never larger than a megabyte. */
export function decodeText(bytes: Uint8Array): { readonly text: string } | Refusal {
  if (bytes.length > maxBytes) {
    const message = `the file has ${bytes.length} bytes, more than ${maxBytes}`;
    return { code: 'file-too-large', message, hint: 'split it, or remove what does not belong in it' };
  }
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { code: 'not-utf8', message: 'the file is UTF-16, not UTF-8', hint: 'save it as UTF-8' };
  }
  const text = decodeUtf8(bytes);
  if (text !== undefined) return { text };
  const { line, start } = firstBadLine(bytes);
  return {
    code: 'not-utf8',
    message: `the file is not UTF-8: line ${line} holds a byte that no character has there`,
    hint: 'save it as UTF-8; it may be in an older code page such as Windows-1252',
    line,
    offset: new TextDecoder().decode(bytes.subarray(0, start)).length,
  };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-8 never has the byte of a line feed inside a character, so each line can be judged on its own. */
function firstBadLine(bytes: Uint8Array): { readonly line: number; readonly start: number } {
  let line = 1;
  let start = 0;
  for (;;) {
    const lineFeed = bytes.indexOf(0x0a, start);
    const end = lineFeed === -1 ? bytes.length : lineFeed;
    if (lineFeed === -1 || decodeUtf8(bytes.subarray(start, end)) === undefined) return { line, start };
    start = lineFeed + 1;
    line++;
  }
}
