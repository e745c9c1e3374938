import { EVENT_ID, parseEvents, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

/** A comment of a YAML file. Offsets count UTF-16 units. */
export interface YamlComment {
  /** What follows the `#`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /**
   * What the comment is about: its own line or, if nothing else stands there, all down to the end of the next line that
   * holds something. Where that line opens a block (`query: |`), this goes on to the block's first character, for a finding
   * about the whole value stands there. Something that stands right at `end` is meant, too.
   */
  readonly subject: { readonly start: number; readonly end: number };
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly commentStart: number | undefined;
  readonly isBare: boolean;
}

/** The comments of a YAML text that parses, in order. A `#` inside a value, such as a query, starts none. */
export function findYamlComments(text: string): readonly YamlComment[] {
  const scalars = parseEvents(text, {}).filter((event) => event.type === EVENT_ID.SCALAR);
  const lines = readLines(text, scalars);
  return lines.flatMap(({ start, end, commentStart }, index): readonly YamlComment[] => {
    if (commentStart === undefined) return [];
    const target = lines.slice(index).find((line) => !line.isBare);
    const subject = { start, end: target === undefined ? end : endWithBlock(text, target.end, scalars) };
    return [{ text: text.slice(commentStart + 1, end), start: commentStart, end, subject }];
  });
}

function readLines(text: string, scalars: readonly ScalarEvent[]): readonly Line[] {
  return Array.from(text.matchAll(/([^\r\n]*)(?:\r\n?|\n|$)/g), ({ index: start, 1: content = '' }) => {
    const end = start + content.length;
    const commentStart = Array.from(content.matchAll(/(?<![^ \t])#/g), (mark) => start + mark.index).find(
      (offset) => !scalars.some(({ valueStart, valueEnd }) => valueStart <= offset && offset < valueEnd),
    );
    return { start, end, commentStart, isBare: text.slice(start, commentStart ?? end).trim() === '' };
  });
}

/** The end of a line or, if it opens a block scalar, the place of the first character that is in the block. */
function endWithBlock(text: string, lineEnd: number, scalars: readonly ScalarEvent[]): number {
  const block = scalars.find(
    ({ style, valueStart }) =>
      (style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK) &&
      /^(?:\r\n?|\n)$/.test(text.slice(lineEnd, Math.min(valueStart, lineEnd + 3))),
  );
  if (block === undefined) return lineEnd;
  const { valueStart, valueEnd } = block;
  return valueStart + Math.max(0, text.slice(valueStart, valueEnd).search(/\S/));
}
