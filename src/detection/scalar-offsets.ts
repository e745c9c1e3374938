import { CHOMPING_MODE, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

/** The text of a scalar and, for each of its characters, the stretch of the file that it was read from. */
export interface ScalarOffsets {
  /** Equal to what readScalarText gives. */
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Reads a scalar again, character by character, to know where each of them stands. `source` is the whole file. */
export function mapScalarOffsets(source: string, event: ScalarEvent): ScalarOffsets {
  const { valueStart, valueEnd, style } = event;
  if (valueStart === -1) return { text: '', starts: [], ends: [] };
  if (style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK) {
    return mapBlock(source, event);
  }
  const builder = new OffsetsBuilder();
  let offset = valueStart;
  /** How much of what was read stays when a line ends: blanks before a line end are dropped, escaped ones are not. */
  let kept = 0;
  while (offset < valueEnd) {
    const character = source.charAt(offset);
    if (character === '\n' || character === '\r') {
      builder.truncate(kept);
      offset = foldLines(source, offset, valueEnd, builder);
      kept = builder.length;
    } else if (style === SCALAR_STYLE.DOUBLE_QUOTED && character === '\\') {
      offset = readEscape(source, offset, valueEnd, builder);
      kept = builder.length;
    } else {
      const width = style === SCALAR_STYLE.SINGLE_QUOTED && character === "'" ? 2 : 1;
      builder.add(character, offset, offset + width);
      offset += width;
      if (character !== ' ' && character !== '\t') kept = builder.length;
    }
  }
  return builder;
}

class OffsetsBuilder implements ScalarOffsets {
  text = '';
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  get length(): number {
    return this.starts.length;
  }

  /** Adds text whose characters all come from one stretch. A `\r\n` written as escapes becomes one `\n`. */
  add(text: string, start: number, end: number): void {
    if (text === '\n' && this.#endedWithReturn) {
      this.ends[this.length - 1] = end;
      this.#endedWithReturn = false;
      return;
    }
    this.#endedWithReturn = text === '\r';
    this.text += text === '\r' ? '\n' : text;
    for (let index = 0; index < text.length; index++) {
      this.starts.push(start);
      this.ends.push(end);
    }
  }

  truncate(length: number): void {
    this.text = this.text.slice(0, length);
    this.starts.length = length;
    this.ends.length = length;
  }

  #endedWithReturn = false;
}

/** Folds line ends and the blanks around them: one becomes a space, more become one line end fewer. */
function foldLines(source: string, start: number, end: number, builder: OffsetsBuilder): number {
  const next = skipBlank(source, start, end);
  const breaks = source.slice(start, next).match(/\r\n?|\n/g)?.length ?? 0;
  if (breaks === 1) builder.add(' ', start, next);
  for (let count = 1; count < breaks; count++) builder.add('\n', start, next);
  return next;
}

function skipBlank(source: string, start: number, end: number): number {
  let offset = start;
  while (offset < end && /[ \t\r\n]/.test(source.charAt(offset))) offset++;
  return offset;
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};
const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads the escape at an offset of a text in double quotes and gives the offset behind it. */
function readEscape(source: string, start: number, end: number, builder: OffsetsBuilder): number {
  const character = source.charAt(start + 1);
  if (character === '\n' || character === '\r') return skipBlank(source, start + 1, end);
  const digits = hexDigits[character] ?? 0;
  const next = start + 2 + digits;
  const decoded =
    digits === 0
      ? (escapes[character] ?? character)
      : String.fromCodePoint(Number.parseInt(source.slice(start + 2, next), 16));
  builder.add(decoded, start, next);
  return next;
}

interface BlockLine {
  /** The line without the indentation of the block. */
  readonly content: string;
  readonly start: number;
  /** Where the content ends, and where the next line starts. */
  readonly end: number;
  readonly next: number;
}

function mapBlock(source: string, event: ScalarEvent): ScalarOffsets {
  const builder = new OffsetsBuilder();
  const folded = event.style === SCALAR_STYLE.FOLDED_BLOCK;
  let afterMoreIndented = false;
  /** The lines since the last one with content (itself the first), whose ends are not written yet. */
  let pending: BlockLine[] = [];
  let hasContent = false;
  for (const line of readBlockLines(source, event)) {
    if (line.content === '') {
      pending.push(line);
      continue;
    }
    const moreIndented = folded && /^[ \t]/.test(line.content);
    if (!folded || moreIndented || afterMoreIndented) addLineEnds(builder, pending);
    else foldLineEnds(builder, pending, hasContent);
    for (let at = 0; at < line.content.length; at++) {
      builder.add(line.content.charAt(at), line.start + at, line.start + at + 1);
    }
    afterMoreIndented = moreIndented;
    hasContent = true;
    pending = [line];
  }
  if (event.chomping === CHOMPING_MODE.KEEP) addLineEnds(builder, pending);
  else if (event.chomping === CHOMPING_MODE.CLIP && hasContent) addLineEnds(builder, pending.slice(0, 1));
  return builder;
}

function addLineEnds(builder: OffsetsBuilder, lines: readonly BlockLine[]): void {
  for (const line of lines) builder.add('\n', line.end, line.next);
}

/** In `>`, a line end between two lines of text becomes a space; before empty lines it is dropped, and theirs count. */
function foldLineEnds(builder: OffsetsBuilder, lines: readonly BlockLine[], hasContent: boolean): void {
  const [first, ...empty] = lines;
  if (!hasContent) addLineEnds(builder, lines);
  else if (empty.length > 0) addLineEnds(builder, empty);
  else if (first !== undefined) builder.add(' ', first.end, first.next);
}

function readBlockLines(source: string, { valueStart, valueEnd, indent }: ScalarEvent): readonly BlockLine[] {
  const lines: BlockLine[] = [];
  for (const match of source.slice(valueStart, valueEnd).matchAll(/([^\r\n]*)(\r\n?|\n|$)/g)) {
    const [whole, text = '', lineEnd = ''] = match;
    if (whole === '') break;
    const indentation = Math.min(/^ */.exec(text)?.[0].length ?? 0, Math.max(indent, 0));
    const content = indent < 0 ? '' : text.slice(indentation);
    const next = valueStart + match.index + whole.length;
    const end = next - lineEnd.length;
    lines.push({ content, start: end - content.length, end, next });
  }
  return lines;
}
